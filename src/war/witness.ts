import { NotFoundError, type API } from "@zonewire/stalcraft";
import pLimit from "p-limit";
import type { LoginReading, OwnedCharacter, WarStore } from "../store/index.js";
import { MINUTE_MS } from "../time.js";
import type { VoicePlace, VoiceProbe } from "./ports.js";
import { readRoll, type Evidence, type War } from "./war.js";

interface WitnessOptions {
  readonly store: Pick<WarStore, "wars" | "presence" | "people">;
  readonly api: Pick<API, "characters">;
  readonly voice: VoiceProbe;
}

/** Voice channels that somebody follows are not asked for: signs of that are younger. */
const FOLLOWED_MS = 90_000;
/** Two looks that are further apart say nothing of what was between them. */
const LONGEST_MS = 4 * MINUTE_MS;
/** So long after the start the logins are read for the first time: who comes late is there by then. */
const LATE_MS = 10 * MINUTE_MS;
const AT_ONCE = 6;
/** Characters whose profiles are read in one look. */
const PROFILES = 12;

/** Sees who is at a war: in voice, one by one, and by the last login of their characters. */
export class Witness {
  readonly #options: WitnessOptions;

  constructor(options: WitnessOptions) {
    this.#options = options;
  }

  /**
   * Asks where everybody is who may be there, unless all voice channels of the server are followed.
   * @param lastAt when that was asked before; undefined: not yet
   */
  async lookIntoVoice(war: War, lastAt: number | undefined, at: number, signal: AbortSignal): Promise<void> {
    const { store, voice } = this.#options;
    const followedAgoMs = await store.presence.followedAgoMs(war.id);
    if (followedAgoMs !== undefined && followedAgoMs < FOLLOWED_MS) return;
    const evidence = await this.#evidence(war);
    if (!evidence) return;
    const limit = pLimit(AT_ONCE);
    const places = await Promise.all(
      (await this.#people(evidence)).map((personId) =>
        limit(async () => ({ personId, place: await this.#placeOf(war, personId, voice, signal) })),
      ),
    );
    const people = places.flatMap(({ personId, place }) =>
      place === "unknown" ? [] : [{ personId, present: place !== "out" && counts(place.channelId, war) }],
    );
    const sinceMs = lastAt === undefined || at - lastAt > LONGEST_MS ? 0 : at - lastAt;
    await store.presence.sawVoice({ warId: war.id, sinceMs, people, whole: false });
  }

  /** Reads some of the logins that are due: once while the war runs, and once after it. True: there is nothing left to read. */
  async readLogins(war: War, at: number, signal: AbortSignal): Promise<boolean> {
    const { region } = war.terms;
    if (region === null) return true;
    if (at < war.startsAt.getTime() + LATE_MS) return false;
    const evidence = await this.#evidence(war);
    if (!evidence) return true;
    const { store } = this.#options;
    const since = at >= war.endsAt.getTime() ? war.endsAt : war.startsAt;
    const isRead = ({ personId, character }: OwnedCharacter) =>
      evidence.logins.some(
        (one) => one.personId === personId && one.character === character && one.readAt.getTime() >= since.getTime(),
      );
    const characters = await store.people.charactersOf(await this.#people(evidence), region, war.guildId);
    const due = characters.filter((one) => !isRead(one));
    const limit = pLimit(AT_ONCE);
    const read = await Promise.all(due.slice(0, PROFILES).map((one) => limit(() => this.#loginOf(one, signal))));
    await store.presence.readLogins(
      war.id,
      read.flatMap((one) => one ?? []),
    );
    return due.length === 0;
  }

  async #evidence(war: War): Promise<Evidence | undefined> {
    const found = await this.#options.store.wars.evidence(war.id);
    return found && readRoll(found);
  }

  /** Whoever may be there: those who answered, are in a squad, or in the clan. */
  async #people({ war, signUps, squads }: Evidence): Promise<readonly string[]> {
    const { region, clanId } = war.terms;
    const { people } = this.#options.store;
    const ofClan = region === null || clanId === null ? [] : await people.inClan(region, clanId, war.guildId);
    return [
      ...new Set([
        ...signUps.map(({ personId }) => personId),
        ...squads.flatMap(({ members }) => members),
        ...ofClan.map(({ personId }) => personId),
      ]),
    ];
  }

  /** Who is not asked in time is not known to be anywhere. */
  async #placeOf(war: War, personId: string, voice: VoiceProbe, signal: AbortSignal): Promise<VoicePlace> {
    return signal.aborted ? "unknown" : voice(war.guildId, personId, signal);
  }

  /** Undefined: the game does not answer. */
  async #loginOf(owned: OwnedCharacter, signal: AbortSignal): Promise<LoginReading | undefined> {
    const { personId, character, region } = owned;
    const about = { personId, character, region };
    try {
      const call = { priority: "background", asker: null, signal } as const;
      const { lastLogin } = await this.#options.api.characters(region).getProfile(character, call);
      return { ...about, outcome: "seen", lastLogin: lastLogin ?? null };
    } catch (error) {
      if (!(error instanceof NotFoundError)) return undefined;
      return { ...about, outcome: error.reason === "hidden" ? "hidden" : "gone", lastLogin: null };
    }
  }
}

/** Whether being in this channel is being at the war. */
function counts(channelId: string, { terms }: Pick<War, "terms">): boolean {
  return terms.voiceChannelId === null || terms.voiceChannelId === channelId;
}
