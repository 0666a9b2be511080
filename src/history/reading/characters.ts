import { NotFoundError } from "@zonewire/stalcraft";
import { isOutage } from "../../last-known.js";
import { StoreUnavailableError, type CharacterReading, type ClaimedCharacter } from "../../store/index.js";
import { changesOf, figuresOf } from "../figures.js";
import type { Outcome, ReadingOptions } from "./ports.js";
import { afterFailure, nextDay } from "./turns.js";

/** How long one profile may wait for points and for its answer, in milliseconds. */
const TIMEOUT_MS = 30_000;

export interface CharacterResult {
  readonly outcome: Outcome;
  /** Undefined: there is nothing to keep. */
  readonly reading: CharacterReading | undefined;
}

/**
 * Reads a profile, and says what of it is new.
 * @throws what `isOutage` knows, when the API gives no answer; StoreUnavailableError; the signal's reason
 */
export async function readCharacter(
  character: ClaimedCharacter,
  { store, api, log }: Pick<ReadingOptions, "store" | "api" | "log">,
  signal: AbortSignal,
): Promise<CharacterResult> {
  const { number, lease, region, name } = character;
  const turn = { number, lease, next: nextDay(`${region}/${character.characterId ?? name}`) };
  try {
    const call = { priority: "background", asker: null, timeout: TIMEOUT_MS, signal } as const;
    const profile = await api.characters(region).getProfile(name, call);
    const found = await store.characters.identify(character, { id: profile.uuid, name: profile.username });
    if (typeof found === "string") return { outcome: found, reading: undefined };
    const figures = figuresOf(profile.stats);
    const changed = found.figures && changesOf(found.figures, figures);
    const outcome = found.figures === undefined ? "first" : changed ? "changed" : "same";
    const seen = { name: profile.username, lastLoginAt: profile.lastLogin ?? null, figures, changed };
    return { outcome, reading: { ...turn, number: found.number, seen } };
  } catch (error) {
    if (error instanceof NotFoundError) {
      return { outcome: error.reason, reading: { ...turn, seen: { absence: error.reason } } };
    }
    if (isOutage(error) || error instanceof StoreUnavailableError || signal.aborted) throw error;
    log.debug({ err: error, region }, "a profile could not be read for the history; it is tried again");
    return { outcome: "failed", reading: { ...turn, next: afterFailure(character.failures), seen: undefined } };
  }
}
