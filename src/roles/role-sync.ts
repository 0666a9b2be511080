import { randomUUID } from "node:crypto";
import { ClanMemberRank, NotFoundError, StalcraftError } from "@zonewire/stalcraft";
import { AccountAwayError } from "../accounts/index.js";
import type { ClanKey, KeptMember, KeptRoster, RoleMapping, RoleMatch, RoleStore } from "../store/index.js";
import { MINUTE_MS, type Clock } from "../time.js";
import { clanKeyOf, clansOf, MOST_MAPPINGS } from "./mapping.js";
import { Pace } from "./pace.js";
import { identify, type Identified } from "./people.js";
import { carryOut, type PassResult } from "./pass.js";
import { planOf, type Plan } from "./plan.js";
import type { OwnNames, Rosters, Servers, Wording } from "./ports.js";
import { readingOf, type ClanReading, type Doubt } from "./reading.js";
import type { Officer, Asked, Source, Checked, CheckResult, SyncResult, MapResult, MatchResult } from "./results.js";

export interface RoleSyncOptions {
  readonly store: RoleStore;
  readonly servers: Servers;
  readonly rosters: Rosters;
  readonly ownNames: OwnNames;
  /** In the language of a server. */
  readonly wording: (guildId: string) => Promise<Wording>;
  readonly clock: Clock;
}

/** One who changes members says so often. */
const LEASE_MS = MINUTE_MS;

const KNOWN_RANKS: readonly string[] = Object.values(ClanMemberRank);
const height = (rank: string) => KNOWN_RANKS.indexOf(rank);

/** Roles of servers that follow from ranks in clans. */
export class RoleSync {
  readonly #options: RoleSyncOptions;
  readonly #pace: Pace;

  constructor(options: RoleSyncOptions) {
    this.#options = options;
    this.#pace = new Pace(options.clock);
  }

  mappings(guildId: string): Promise<readonly RoleMapping[]> {
    return this.#options.store.mappings(guildId);
  }

  matches(guildId: string): Promise<readonly RoleMatch[]> {
    return this.#options.store.matches(guildId);
  }

  /** As roles followed from them last. */
  rosters(guildId: string): Promise<readonly KeptRoster[]> {
    return this.#options.store.rosters(guildId);
  }

  /** The names of roles, by their ids, as far as Discord tells. */
  async roleNames(guildId: string, roleIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const look = await this.#options.servers.look(guildId);
    if (look.kind !== "read") return new Map();
    const { roleName } = look.value;
    return new Map(roleIds.flatMap((id) => [[id, roleName(id)] as const]).filter(isNamed));
  }

  /** What members are called, as a template; null: as they are. */
  nickname(guildId: string): Promise<string | null> {
    return this.#options.store.nickname(guildId);
  }

  setNickname(guildId: string, template: string | null): Promise<void> {
    return this.#options.store.setNickname(guildId, template);
  }

  /** The first mapping of a clan takes an account of the officer's in it: the game shows its members to nobody else. */
  async map(
    guildId: string,
    mapping: RoleMapping,
    isRank: (rank: string) => boolean,
    officer: Officer,
    signal: AbortSignal,
  ): Promise<MapResult> {
    const { store, servers } = this.#options;
    const look = await servers.look(guildId);
    if (look.kind !== "read") return { kind: "discord", failure: look };
    const why = look.value.roleObstacle(mapping.roleId);
    if (why) return { kind: "obstacle", why };
    if (!look.value.standsAbove(officer, mapping.roleId)) return { kind: "too-high", roleId: mapping.roleId };
    const kept = (await store.rosters(guildId)).find((one) => clanKeyOf(one) === clanKeyOf(mapping));
    const read = kept ? undefined : await this.#readOwn(mapping, officer, signal);
    if (read && "kind" in read) return read;
    const members = kept?.members ?? read?.members ?? [];
    const ranks = [...new Set(members.map(({ rank }) => rank))];
    if (!isRank(mapping.rank) && !ranks.includes(mapping.rank)) return { kind: "rank", ranks };
    const mapped = await store.map(guildId, mapping, MOST_MAPPINGS);
    if (mapped === "limit") return { kind: "limit", limit: MOST_MAPPINGS };
    if (read) await store.keepRoster(guildId, mapping, read.members, read.readAt);
    return { kind: "mapped", known: mapped === "known" };
  }

  /** False: there is none. Nobody loses a role by that. */
  unmap(guildId: string, mapping: RoleMapping): Promise<boolean> {
    return this.#options.store.unmap(guildId, mapping);
  }

  /** Somebody who manages roles says who plays a member of a clan; they must stand above all roles that may follow. */
  async match(
    guildId: string,
    name: string,
    userId: string,
    officer: Officer,
    signal: AbortSignal,
  ): Promise<MatchResult> {
    const { store, servers, clock } = this.#options;
    const [rosters, mappings, matches, look] = await Promise.all([
      store.rosters(guildId),
      store.mappings(guildId),
      store.matches(guildId),
      servers.look(guildId),
    ]);
    if (look.kind !== "read") return { kind: "discord", failure: look };
    const isThere = ({ members }: Pick<KeptRoster, "members">) => members.some((member) => member.name === name);
    const clan = rosters.find(isThere) ?? (await this.#newIn(guildId, isThere, officer, signal));
    if (!clan) return { kind: "unknown" };
    const tooHigh = mappings.find(({ roleId }) => !look.value.standsAbove(officer, roleId));
    if (tooHigh) return { kind: "too-high", roleId: tooHigh.roleId };
    const proved = matches.find((match) => match.origin === "link" && match.name === name && isOf(match, clan));
    if (proved && proved.discordId !== userId) return { kind: "proved", userId: proved.discordId };
    await store.match(guildId, clan, name, userId, new Date(clock.now()));
    return { kind: "matched", clan: { region: clan.region, clanId: clan.clanId } };
  }

  /** Of what somebody has said; what a linked account proves stays. Undefined: there is no such match. */
  async unmatch(guildId: string, name: string): Promise<RoleMatch | undefined> {
    const { store } = this.#options;
    const match = (await store.matches(guildId)).find((one) => one.name === name);
    if (match?.origin === "hand") await store.unmatch(guildId, [match]);
    return match;
  }

  /** Reads the lists of all clans that the server follows. @throws StoreUnavailableError */
  async read(guildId: string, { owners, accepted, signal }: Asked): Promise<Source> {
    const { store } = this.#options;
    const [mappings, kept] = await Promise.all([store.mappings(guildId), store.rosters(guildId)]);
    const readings = await Promise.all(
      clansOf(mappings).map((clan) => this.#readClan(clan, kept, { owners, accepted, signal })),
    );
    return { mappings, kept, readings };
  }

  /** Whether somebody's time to keep a role is over. */
  async isDue(guildId: string, graceMs: number): Promise<boolean> {
    const now = this.#options.clock.now();
    return (await this.#options.store.graces(guildId)).some(({ since }) => since.getTime() + graceMs <= now);
  }

  /** Who would get or lose what. It changes nothing. */
  async check(guildId: string, asked: Asked): Promise<CheckResult> {
    const checked = await this.#check(guildId, await this.read(guildId, asked), asked);
    return checked.kind === "checked" ? { kind: "checked", ...checked.checked } : checked;
  }

  /**
   * Gives and takes what is due. To do it again does no harm, at any time.
   * @param source where the lists have just been read
   */
  async sync(
    guildId: string,
    asked: Asked & {
      readonly source?: Source | undefined;
      readonly withinMs: number;
      readonly onStep?: (done: number, total: number) => void;
    },
  ): Promise<SyncResult> {
    const { store } = this.#options;
    const lease = randomUUID();
    if (!(await store.hold(guildId, lease, LEASE_MS))) return { kind: "busy" };
    try {
      const source = asked.source ?? (await this.read(guildId, asked));
      const checked = await this.#check(guildId, source, asked);
      if (checked.kind !== "checked") return checked;
      await this.#remember(guildId, source, checked.identified, checked.checked.plan);
      const pass = await this.#carryOut(guildId, checked.checked.plan, lease, asked);
      await this.#forget(guildId, source, checked.checked.plan, pass);
      return { kind: "synced", pass, ...checked.checked };
    } finally {
      // The lease ends by itself where the database is away.
      await store.release(guildId, lease).catch(() => undefined);
    }
  }

  /** A clan of which somebody has become a member since roles followed from its list. */
  async #newIn(
    guildId: string,
    isThere: (roster: Pick<KeptRoster, "members">) => boolean,
    { userId }: Officer,
    signal: AbortSignal,
  ): Promise<ClanKey | undefined> {
    const { readings } = await this.read(guildId, { owners: [userId], signal });
    return readings.find((reading) => !reading.doubt && isThere(reading));
  }

  async #carryOut(
    guildId: string,
    plan: Plan,
    lease: string,
    { withinMs, onStep, signal }: Parameters<RoleSync["sync"]>[1],
  ): Promise<PassResult> {
    const { store, servers, wording, clock } = this.#options;
    let heldAt = clock.now();
    return carryOut(plan, {
      ...{ guildId, servers, clock, withinMs, signal },
      pace: this.#pace,
      wording: await wording(guildId),
      onStep: async (done, total) => {
        onStep?.(done, total);
        if (clock.now() - heldAt < LEASE_MS / 3) return;
        heldAt = clock.now();
        if (!(await store.hold(guildId, lease, LEASE_MS))) throw new Error("another process changes these members");
      },
    });
  }

  async #check(
    guildId: string,
    { mappings, kept, readings }: Source,
    { signal }: Pick<Asked, "signal">,
  ): Promise<
    | { readonly kind: "checked"; readonly checked: Checked; readonly identified: Identified }
    | Exclude<CheckResult, { readonly kind: "checked" }>
  > {
    const { store, servers, ownNames, wording, clock } = this.#options;
    if (mappings.length === 0) return { kind: "unmapped" };
    const [look, counts, matches, graces, template, words] = await Promise.all([
      servers.look(guildId),
      servers.counts(guildId),
      store.matches(guildId),
      store.graces(guildId),
      store.nickname(guildId),
      wording(guildId),
    ]);
    if (look.kind !== "read") return { kind: "discord", failure: look };
    const candidates = store.candidates.bind(store);
    const identified = await identify({
      ...{ guildId, readings, kept, matches, candidates },
      ...{ servers, ownNames, signal },
    });
    const { people } = identified;
    const plan = planOf({
      ...{ mappings, readings, people, graces, template },
      server: look.value,
      words: { rank: words.rank, tag: words.tag, height },
      now: clock.now(),
    });
    const strangers = counts.kind === "read" ? strangersOf(mappings, people, counts.value) : undefined;
    return { kind: "checked", checked: { plan, strangers }, identified };
  }

  /** What was learned before anything is changed. */
  async #remember(guildId: string, { readings }: Source, { renamed, refuted, proved }: Identified, { graces }: Plan) {
    const { store, clock } = this.#options;
    for (const { was, name, ...clan } of renamed) await store.rename(guildId, clan, was, name);
    await store.unmatch(guildId, refuted);
    await store.prove(guildId, proved, new Date(clock.now()));
    for (const reading of readings)
      if (!reading.doubt) await store.keepRoster(guildId, reading, reading.members, reading.readAt);
    await store.keepGraces(guildId, graces.begun, graces.ended);
  }

  /** What is over: the time to keep roles that are taken now, and matches of those who left and have nothing of it any more. */
  async #forget(guildId: string, { readings }: Source, plan: Plan, { done }: PassResult): Promise<void> {
    const { store } = this.#options;
    const taken = done.flatMap((change) =>
      change.what === "take" ? [{ discordId: change.userId, roleId: change.roleId }] : [],
    );
    await store.keepGraces(guildId, [], taken);
    const members = new Map(
      readings.flatMap((reading) =>
        reading.doubt ? [] : [[clanKeyOf(reading), new Set(reading.members.map(({ name }) => name))]],
      ),
    );
    const busy = new Set([...plan.people.map(({ member }) => member.userId), ...plan.unread]);
    const left = (await store.matches(guildId)).filter(
      (match) => members.get(clanKeyOf(match))?.has(match.name) === false && !busy.has(match.discordId),
    );
    await store.unmatch(guildId, left);
  }

  async #readClan(
    clan: ClanKey,
    kept: readonly KeptRoster[],
    { owners, accepted, signal }: Asked,
  ): Promise<ClanReading> {
    const told = await this.#ask(clan, owners, signal);
    if ("why" in told) return { ...clan, doubt: told.why };
    const before = kept.find((one) => isOf(one, clan));
    return readingOf(clan, told, before, accepted?.get(clanKeyOf(clan)));
  }

  async #readOwn(clan: ClanKey, { userId }: Officer, signal: AbortSignal): Promise<Told | MapResult> {
    const told = await this.#ask(clan, [userId], signal);
    if ("why" in told && told.why !== "refused") return { kind: "unread", why: told.why };
    const own = told.standings?.get(userId) ?? "unknown";
    if (own !== "reads") return { kind: "stranger", why: own };
    return "why" in told ? { kind: "unread", why: told.why } : told;
  }

  async #ask({ region, clanId }: ClanKey, owners: readonly string[], signal: AbortSignal): Promise<Told | Untold> {
    try {
      const { members, standings } = await this.#options.rosters.read({ region, clanId }, owners, signal);
      if (!members) return { why: "refused", standings };
      const list = [...members].map(({ name, rank, joinTime }) => ({ name, rank, joinedAt: joinTime.getTime() }));
      return { members: list, readAt: members.receivedAt, standings };
    } catch (error) {
      if (error instanceof NotFoundError) return { why: "gone", standings: undefined };
      const isSilent = error instanceof StalcraftError || error instanceof AccountAwayError;
      if (isSilent && !signal.aborted) return { why: "silent", standings: undefined };
      throw error;
    }
  }
}

type Standings = Awaited<ReturnType<Rosters["read"]>>["standings"];
interface Told {
  readonly members: readonly KeptMember[];
  readonly readAt: Date;
  readonly standings: Standings;
}
interface Untold {
  readonly why: Exclude<Doubt, "shrunk">;
  readonly standings: Standings | undefined;
}

const isNamed = (entry: readonly [string, string | undefined]): entry is readonly [string, string] =>
  entry[1] !== undefined;

const isOf = (one: ClanKey, clan: ClanKey) => clanKeyOf(one) === clanKeyOf(clan);

function strangersOf(
  mappings: readonly RoleMapping[],
  people: Identified["people"],
  counts: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const roleIds = [...new Set(mappings.map(({ roleId }) => roleId))];
  return new Map(
    roleIds.map((roleId) => {
      const known = people.filter(({ member }) => typeof member === "object" && member.roleIds.includes(roleId)).length;
      return [roleId, Math.max(0, (counts.get(roleId) ?? 0) - known)];
    }),
  );
}
