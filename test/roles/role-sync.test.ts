import { PermissionFlagsBits as May } from "discord-api-types/v10";
import { NotFoundError, TimeoutError } from "@zonewire/stalcraft";
import type { Role, User } from "@zonewire/sandbox/discord";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { RoleSync, type Servers } from "../../src/roles/index.js";
import { serversOf } from "../../src/zonewire/roles.js";
import type { RoleStore, Store } from "../../src/store/index.js";
import { openSpeaking, type Speaking } from "../kernel/messages/speaking.js";
import { borrowStore } from "../store/shared.js";
import { ShiftedClock } from "../bot/bot.js";
import { CLAN } from "./scene.js";

const DAY_MS = 24 * 60 * 60_000;
const HOUR_MS = 60 * 60_000;
const FACTS = { method: "GET", path: "/EU/clan/c1/members" } as const;

describe("roles of a server", () => {
  let speaking: Speaking;
  let role: Role;
  let people: User[];
  const clock = new ShiftedClock();
  beforeAll(async () => {
    speaking = await openSpeaking();
    const { discord, guild } = speaking;
    discord.limits.limits.memberEdits = undefined;
    role = discord.world.addRole(guild, "Clan");
    const own = discord.world.addRole(guild, "Bot", May.ManageRoles);
    discord.world.changeMember(guild, discord.botUser, { roles: [own] });
    people = Array.from({ length: 4 }, (_, n) => discord.world.addUser(`Player${n}`));
  });
  afterAll(() => speaking.close());
  let store: Store;
  let kept: RoleStore;
  /** Who is in the clan, as the game tells; an error: it does not. */
  let told: readonly string[] | Error | undefined;
  /** The characters of each linked account; undefined: it does not tell now. */
  let own: Map<string, ReadonlySet<string> | undefined>;
  beforeEach(async () => {
    const borrowed = await borrowStore(clock);
    onTestFinished(borrowed.giveBack);
    ({ store } = borrowed);
    kept = store.roles("production");
    own = new Map();
    told = ["M0", "M1", "M2", "M3"];
    for (const user of people) speaking.discord.world.addMember(speaking.guild, user);
    await kept.map(speaking.guild.id, { ...CLAN, rank: "*", roleId: role.id }, 10);
  });

  const made = (changes: Partial<Servers> = {}) =>
    new RoleSync({
      store: kept,
      servers: { ...serversOf(speaking.members), ...changes },
      rosters: {
        read: () => {
          if (told instanceof Error) return Promise.reject(told);
          const list = told?.map((name) => ({
            name,
            rank: "RECRUIT",
            joinTime: new Date(Number(name.slice(1)) * HOUR_MS),
          }));
          const members = list && Object.assign(list, { receivedAt: new Date(clock.now()) });
          return Promise.resolve({ members, standings: new Map() });
        },
      },
      ownNames: (linkId) => Promise.resolve(own.get(linkId)),
      wording: () => Promise.resolve({ rank: (rank) => rank, tag: () => "", reason: ({ kind }) => kind }),
      clock,
    });
  const { signal } = new AbortController();
  const asked = { owners: [], signal, withinMs: 60_000 };
  const guildId = () => speaking.guild.id;
  const sync = async (roles = made()) => {
    const result = await roles.sync(guildId(), asked);
    if (result.kind !== "synced") throw new Error(result.kind);
    return result;
  };
  const match = (n: number, name = `M${n}`) => kept.match(guildId(), CLAN, name, people[n]!.id, new Date(0));
  const holders = () =>
    people.flatMap(({ id }, n) => (speaking.guild.members.get(id)?.roles.includes(role) === true ? [n] : []));
  const matches = async () =>
    (await kept.matches(guildId())).map(
      ({ name, discordId, origin }) => `${name} ${people.findIndex(({ id }) => id === discordId)} ${origin}`,
    );
  const linked = async (n: number, ...names: string[]): Promise<string> => {
    const discordId = people[n]!.id;
    const tokens = { access: "a", refresh: null, accessExpiresAt: new Date(0) };
    await store.links.insertOrRenew({ discordId, account: { exboId: `exbo-${n}`, login: "x" }, tokens });
    const [link] = await store.links.of(discordId);
    await store.clanLinks.is(link!.id, "EU", CLAN.clanId);
    own.set(link!.id, new Set(names));
    return link!.id;
  };

  test("are changed by one process at a time", async () => {
    for (const n of [0, 1, 2]) await match(n);
    const results = await Promise.all([made(), made(), made()].map((roles) => roles.sync(guildId(), asked)));
    expect(results.map(({ kind }) => kind).sort()).toEqual(["busy", "busy", "synced"]);
    expect(holders()).toEqual([0, 1, 2]);
    expect((await sync()).pass.done).toEqual([]);
  });

  test("are right after the next run when the one before was killed half-way", async () => {
    for (const n of [0, 1, 2, 3]) await match(n);
    const stopping = new AbortController();
    const killed = made().sync(guildId(), {
      ...{ ...asked, signal: stopping.signal },
      onStep: (done) => {
        if (done === 2) stopping.abort(new Error("killed"));
      },
    });
    await expect(killed).rejects.toThrow("killed");
    expect(holders()).toHaveLength(2);
    const { pass } = await sync();
    expect([pass.done.length, holders()]).toEqual([2, [0, 1, 2, 3]]);
  });

  test("wait for a day from the moment when they were not due first, whoever looks in between", async () => {
    await match(0);
    await match(1);
    await sync();
    told = ["M1", "M2", "M3"];
    await sync();
    clock.shift += DAY_MS - HOUR_MS;
    await sync(made());
    expect(holders()).toEqual([0, 1]);
    clock.shift += 2 * HOUR_MS;
    expect((await made().check(guildId(), asked)).kind).toBe("checked");
    expect(holders()).toEqual([0, 1]);
    await sync(made());
    expect(holders()).toEqual([1]);
    // Nothing of them is left that anything could follow from.
    await sync();
    expect(await matches()).toEqual(["M1 1 hand"]);
    expect(await kept.graces(guildId())).toEqual([]);
  });

  test.each([
    ["cannot be read", new TimeoutError(1_000, FACTS)],
    ["is refused, or empty", undefined],
    ["is of a clan that is gone", new NotFoundError("missing", FACTS)],
    ["has lost half of its members", ["M0", "M1"]],
  ])("stay when the list %s, however long", async (_, lie) => {
    for (const n of [0, 1, 2, 3]) await match(n);
    await sync();
    told = lie;
    for (let day = 0; day < 3; day += 1) {
      clock.shift += 2 * DAY_MS;
      const { plan, pass } = await sync();
      expect(plan.readings[0]?.doubt).toBeDefined();
      expect(pass.done).toEqual([]);
    }
    expect(holders()).toEqual([0, 1, 2, 3]);
    expect(await kept.graces(guildId())).toEqual([]);
    expect(await matches()).toHaveLength(4);
  });

  test("come back with somebody who left the server: the match is kept", async () => {
    await match(0);
    await sync();
    speaking.guild.members.delete(people[0]!.id);
    const { plan } = await sync();
    expect(plan.absent).toMatchObject([{ name: "M0", userId: people[0]!.id }]);
    expect(await matches()).toEqual(["M0 0 hand"]);
    speaking.discord.world.addMember(speaking.guild, people[0]!);
    await sync();
    expect(holders()).toEqual([0]);
  });

  test("follow from what linked accounts prove, which counts more than what somebody said", async () => {
    const link = await linked(0, "M0", "M1");
    await match(1, "M1");
    await match(2, "M2");
    await sync();
    expect(await matches()).toEqual(["M0 0 link", "M1 0 link", "M2 2 hand"]);
    expect(holders()).toEqual([0, 2]);
    // While the account tells nothing, what it has proved holds.
    own.set(link, undefined);
    await sync();
    expect(await matches()).toEqual(["M0 0 link", "M1 0 link", "M2 2 hand"]);
    // A character that is theirs no more.
    own.set(link, new Set(["M0"]));
    const { plan } = await sync();
    expect(await matches()).toEqual(["M0 0 link", "M2 2 hand"]);
    expect(plan.unmatched.map(({ name }) => name)).toEqual(["M1", "M3"]);
  });

  test("an account that its owner does not lend proves nothing, and one of somebody elsewhere is not asked", async () => {
    await store.people.save(people[0]!.id, { lendsAccount: false });
    await linked(0, "M0");
    speaking.guild.members.delete(people[1]!.id);
    const elsewhere = await linked(1, "M1");
    const asks: string[] = [];
    const roles = made();
    own.get = (linkId) => {
      asks.push(linkId);
      return new Set();
    };
    const { plan } = await sync(roles);
    expect(asks).not.toContain(elsewhere);
    expect([holders(), plan.absent, asks]).toEqual([[], [], []]);
  });

  test("follow a character to its new name", async () => {
    await match(3);
    await sync();
    told = ["M0", "M1", "M2", "N3"];
    await sync();
    expect(await matches()).toEqual(["N3 3 hand"]);
    expect(holders()).toEqual([3]);
  });

  test("of somebody whom Discord does not tell now are left alone", async () => {
    await match(0);
    await match(1);
    await sync();
    told = ["M2", "M3", "M4"];
    const silent: Servers["member"] = (guild, userId) =>
      userId === people[0]!.id
        ? Promise.resolve({ kind: "away", cause: new Error("503") })
        : speaking.members.get(guild, userId);
    await sync(made({ member: silent }));
    clock.shift += DAY_MS + HOUR_MS;
    const { plan } = await sync(made({ member: silent }));
    expect(plan.unread).toEqual([people[0]!.id]);
    expect(holders()).toEqual([0]);
  });
});
