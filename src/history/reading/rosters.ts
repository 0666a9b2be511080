import { UnauthorizedError } from "@zonewire/stalcraft";
import { AccountAwayError, KeyAwayError, LinkAgainError, withToken } from "../../accounts/index.js";
import { isOutage, unlessGone } from "../../last-known.js";
import {
  StoreUnavailableError,
  type ClaimedRoster,
  type NamedCharacter,
  type RosterReading,
} from "../../store/index.js";
import { believedMembers } from "../../watch/index.js";
import type { ReadingOptions } from "./ports.js";
import { afterFailure, nextDay } from "./turns.js";

type Parts = Pick<ReadingOptions, "api" | "accounts" | "readMembers" | "log">;
type ClaimedClan = Extract<ClaimedRoster, { readonly kind: "clan" }>;

const IN_BACKGROUND = { priority: "background", asker: null } as const;

/**
 * Asks whose past is to be kept: the members of a clan, or the characters of a person.
 * @throws what `isOutage` knows, when the API gives no answer; StoreUnavailableError; the signal's reason
 */
export async function readRoster(roster: ClaimedRoster, parts: Parts, signal: AbortSignal): Promise<RosterReading> {
  const { id, lease } = roster;
  const turn = { id, lease, next: nextDay(id) };
  try {
    if (roster.kind === "clan") return { ...turn, ...(await readClan(roster, parts, signal)) };
    return { ...turn, members: await readOwn(roster.personId, parts, signal) };
  } catch (error) {
    if (isOutage(error) || error instanceof StoreUnavailableError || signal.aborted) throw error;
    parts.log.debug({ err: error, kind: roster.kind }, "whose history is kept could not be read; it is tried again");
    return { ...turn, next: afterFailure(roster.failures), members: undefined };
  }
}

async function readClan(
  roster: ClaimedClan,
  { api, readMembers }: Parts,
  signal: AbortSignal,
): Promise<Pick<RosterReading, "members" | "clan" | "keepers">> {
  const { region, clanId, keepers } = roster;
  const clan = await unlessGone(() => api.clans(region).getInfo(clanId, { ...IN_BACKGROUND, signal }));
  if (!clan) return { members: undefined };
  const { memberCount, level, levelPoints } = clan;
  const day = {
    members: count(memberCount),
    level: count(level),
    levelPoints: count(levelPoints, Number.MAX_SAFE_INTEGER),
  };
  const asMembers = (names: readonly string[], whole: boolean) => ({
    characters: names.map((name) => ({ region, name })),
    whole,
  });
  // The watcher has its own doubts of lists that lie.
  const believed = believedMembers(roster.believed);
  if (believed) return { members: asMembers(believed, true), clan: day };
  // Without the members, the clan's own figures of today are known all the same.
  const { names, refused } = await readMembers({ region, clanId }, keepers, signal).catch(unlessAway);
  return {
    members: names && asMembers(names, names.length >= memberCount),
    clan: day,
    keepers: keepers.map((personId) => ({ personId, refused: refused.includes(personId) })),
  };
}

function unlessAway(error: unknown): Awaited<ReturnType<Parts["readMembers"]>> {
  if (error instanceof AccountAwayError) return { names: undefined, refused: [] };
  throw error;
}

async function readOwn(
  personId: string,
  { api, accounts }: Parts,
  signal: AbortSignal,
): Promise<RosterReading["members"]> {
  const regions = await api.regions().getAll({ ...IN_BACKGROUND, signal });
  const characters: NamedCharacter[] = [];
  let whole = true;
  for (const { id: linkId } of await accounts.links(personId)) {
    try {
      for (const { id: region } of regions)
        characters.push(...(await withToken(accounts, linkId, (token) => ownOf(token, region, api, signal))));
    } catch (error) {
      const isThisOne = [LinkAgainError, KeyAwayError, UnauthorizedError].some((kind) => error instanceof kind);
      if (!isThisOne) throw error;
      whole = false;
    }
  }
  return { characters, whole };
}

async function ownOf(token: string, region: string, api: Parts["api"], signal: AbortSignal): Promise<NamedCharacter[]> {
  const own = await unlessGone(() => api.characters(region).getAll({ ...IN_BACKGROUND, token, signal }));
  return (own ?? []).map(({ information: { name } }) => ({ region, name }));
}

/** Whole, and what a column holds, whatever the API says. */
const count = (value: number, most = 2 ** 31 - 1) => Math.min(most, Math.max(0, Math.round(value)));
