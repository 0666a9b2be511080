import { StalcraftError, type API, type Clan, type ClanMember } from "@zonewire/stalcraft";
import { unlessGone } from "../../last-known.js";
import { MINUTE_MS } from "../../time.js";
import { defineWatcher, type AnyWatcher, type Glance, type Look, type Watch, type WatchEvent } from "../ports.js";
import { firstState, needsConfirming, observed, rosterState, type RosterState } from "./belief.js";
import type { RosterChange } from "./change.js";
import type { RosterEvent } from "./event.js";
import type { Member } from "./member.js";
import type { ClanPlace, Readers } from "./readers.js";
import { rosterMemory, rosterRule, type RosterMemory, type RosterRule } from "./rule.js";
import { toldOwners } from "./telling-owners.js";

/** Accounts have points of their own, so their number stretches nothing. */
const PACE = { everyMs: 5 * MINUTE_MS, points: 0, elastic: false } as const;
/** How soon it is tried again with accounts that are refused. */
const REFUSED_MS = 15 * MINUTE_MS;

export interface RosterWatcherOptions {
  readonly api: Pick<API, "clans">;
  readonly readers: Pick<Readers, "read">;
}

type RosterWatch = Watch<RosterRule, RosterMemory>;
type RosterGlance = Glance<RosterState | null, RosterRule, RosterMemory>;
type RosterLook = Look<RosterState | null, RosterMemory>;

/** Watches who is in a clan, and in which rank. */
export function rosterWatcher(options: RosterWatcherOptions): AnyWatcher {
  return defineWatcher<RosterState | null, RosterRule, RosterMemory>({
    kind: "roster",
    pace: PACE,
    state: rosterState.nullable(),
    rule: rosterRule,
    memory: rosterMemory,
    look: (glance) => look(glance, options),
  });
}

async function look(glance: RosterGlance, { api, readers }: RosterWatcherOptions): Promise<RosterLook> {
  const place = placeOf(glance.subject);
  const { watches, signal } = glance;
  const before = glance.state ?? null;
  const owners = [...new Set(watches.map(({ ownerId }) => ownerId))];
  const reading = (await unlessGone(() => readers.read(place, owners, signal))) ?? "gone";
  const { events: notices, ...about } = toldOwners(watches, glance.subject, reading);
  const members = reading === "gone" ? undefined : reading.members;
  if (!members) return { ...about, state: before, events: notices, nextInMs: REFUSED_MS };
  const { state, changes } = await believe(before, members.map(asMember), members.receivedAt, () =>
    askClan(place, api, signal),
  );
  return {
    ...about,
    state,
    events: [...(changes.length > 0 ? watches.map((watch) => eventOf(watch, place, state, changes)) : []), ...notices],
    log: changes.map((change) => ({ at: members.receivedAt, change })),
  };
}

/** @param clan asks for the public record, which is newer than the members then */
async function believe(
  before: RosterState | null,
  members: readonly Member[],
  readAt: Date,
  clan: () => Promise<Clan>,
): Promise<{ readonly state: RosterState; readonly changes: readonly RosterChange[] }> {
  if (!before) return { state: firstState(members, await clan()), changes: [] };
  const record = needsConfirming(before, members) ? await unlessSilent(clan) : undefined;
  return observed(before, members, record, readAt.getTime());
}

function askClan({ region, clanId }: ClanPlace, api: Pick<API, "clans">, signal: AbortSignal): Promise<Clan> {
  return api.clans(region).getInfo(clanId, { maxAge: 0, priority: "background", asker: null, signal });
}

/** Without an answer nothing is confirmed. */
async function unlessSilent(ask: () => Promise<Clan>): Promise<Clan | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof StalcraftError) return undefined;
    throw error;
  }
}

function asMember({ name, rank, joinTime }: ClanMember): Member {
  return { name, rank, joinedAt: joinTime.getTime() };
}

function eventOf(
  { id: watchId }: RosterWatch,
  { region, clanId }: ClanPlace,
  { name: clanName, tag: clanTag }: RosterState,
  changes: readonly RosterChange[],
): WatchEvent {
  const event: RosterEvent = { kind: "roster", region, clanId, clanName, clanTag, changes: [...changes] };
  return { watchId, event };
}

function placeOf(subject: string): ClanPlace {
  const [region = "", clanId = ""] = subject.split(":");
  return { region, clanId };
}
