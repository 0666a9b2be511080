import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ANY_RANK } from "../../src/roles/mapping.js";
import { GRACE_MS, planOf, type Plan, type PlanInput } from "../../src/roles/plan.js";
import type { ClanReading } from "../../src/roles/reading.js";
import { ACADEMY, CLAN, input, mapping, member, NOON, person, reading } from "./scene.js";

const OFFICER = mapping("OFFICER", "officer");
const EVERYBODY = mapping(ANY_RANK, "clan");
const given = ({ people }: Plan) =>
  people.map(({ member: { userId }, give }) => [userId, give.map(({ roleId }) => roleId)]);

describe("the roles that follow from ranks", () => {
  test("are those of the rank and those of every member, as far as they are missing", () => {
    const plan = planOf(
      input({
        mappings: [OFFICER, EVERYBODY, mapping("RECRUIT", "recruit")],
        readings: [reading({ Ada: "OFFICER", Bor: "RECRUIT", Cai: "WAR_LORD" })],
        people: [
          person(member("1", ["clan"]), "Ada"),
          person(member("2", ["clan", "recruit"]), "Bor"),
          // A rank that nobody has mapped gives what every member has.
          person(member("3"), "Cai"),
        ],
      }),
    );
    expect(given(plan)).toEqual([
      ["1", ["officer"]],
      ["3", ["clan"]],
    ]);
    expect(plan.right).toBe(1);
  });

  test("add up over the characters of one person, and over clans", () => {
    const { people } = planOf(
      input({
        mappings: [OFFICER, mapping("LEADER", "academy", ACADEMY)],
        readings: [reading({ Ada: "OFFICER" }), reading({ Alt: "LEADER" }, ACADEMY)],
        people: [
          {
            ...person(member("1")),
            characters: [
              { ...CLAN, name: "Ada" },
              { ...ACADEMY, name: "Alt" },
            ],
          },
        ],
      }),
    );
    expect(people[0]?.give.map(({ roleId }) => roleId).sort()).toEqual(["academy", "officer"]);
    expect(people[0]?.standings.map(({ name }) => name)).toEqual(["Alt", "Ada"]);
  });

  test("are taken a day after they are not due any more, and stay when they are due again", () => {
    const demoted = { mappings: [OFFICER], readings: [reading({ Ada: "RECRUIT" })] };
    const people = [person(member("1", ["officer", "friend"]), "Ada")];
    const first = planOf(input({ ...demoted, people }));
    expect(first.people[0]).toMatchObject({ take: [], waiting: [{ roleId: "officer", until: NOON + GRACE_MS }] });
    expect(first.graces.begun).toEqual([{ discordId: "1", roleId: "officer", since: new Date(NOON) }]);
    const graces = first.graces.begun;
    const early = planOf(input({ ...demoted, people, graces, now: NOON + GRACE_MS - 1 }));
    expect(early.people[0]).toMatchObject({ take: [], waiting: [{ roleId: "officer", until: NOON + GRACE_MS }] });
    expect(early.graces).toEqual({ begun: [], ended: [] });
    const late = planOf(input({ ...demoted, people, graces, now: NOON + GRACE_MS }));
    expect(late.people[0]).toMatchObject({ take: ["officer"], waiting: [] });
    const back = planOf(input({ ...demoted, people, graces, readings: [reading({ Ada: "OFFICER" })] }));
    expect(back).toMatchObject({ people: [], graces: { ended: [{ discordId: "1", roleId: "officer" }] } });
  });

  test("of people who left the clan are taken too, and these people are named; strangers are left alone", () => {
    const plan = planOf(
      input({
        mappings: [OFFICER],
        readings: [reading({ Bor: "OFFICER" })],
        people: [person(member("1", ["officer"]), "Ada")],
      }),
    );
    expect(plan.people[0]).toMatchObject({ isOutside: true, waiting: [{ roleId: "officer" }] });
    expect(plan.unmatched.map(({ name }) => name)).toEqual(["Bor"]);
  });

  test("stay where the list of a clan that gives them cannot be read or believed", () => {
    const people = [person(member("1", ["officer", "clan"]), "Ada")];
    const graces = ["officer", "clan"].map((roleId) => ({ discordId: "1", roleId, since: new Date(0) }));
    const mappings = [OFFICER, EVERYBODY, mapping("LEADER", "officer", ACADEMY)];
    const doubts: readonly ClanReading[] = [
      { ...ACADEMY, doubt: "refused" },
      { ...ACADEMY, doubt: "silent" },
      { ...ACADEMY, doubt: "gone" },
      { ...ACADEMY, doubt: "shrunk", now: 1, before: 30 },
    ];
    for (const doubted of doubts) {
      const plan = planOf(input({ mappings, people, graces, readings: [reading({}), doubted] }));
      expect(plan.people[0]).toMatchObject({ take: ["clan"], waiting: [] });
    }
  });

  test("that the bot cannot give or take are named, with what is in the way; the rest is done", () => {
    const plan = planOf(
      input({
        mappings: [OFFICER, EVERYBODY, mapping("LEADER", "leader")],
        readings: [reading({ Ada: "OFFICER" })],
        people: [person(member("1", ["leader"]), "Ada")],
        graces: [{ discordId: "1", roleId: "leader", since: new Date(0) }],
        server: {
          roleObstacle: (roleId) => (roleId === "clan" ? undefined : "above"),
          nicknameObstacle: () => "owner",
        },
        template: "{name} [{rank}]",
      }),
    );
    expect(given(plan)).toEqual([["1", ["clan"]]]);
    expect(plan.people[0]?.unable).toEqual([
      { what: "give", roleId: "officer", why: "above" },
      { what: "take", roleId: "leader", why: "above" },
      { what: "nickname", nick: "Ada [officer]", why: "owner" },
    ]);
  });

  test("nothing is known of those who are not in the server, or whom Discord does not tell", () => {
    const graces = [{ discordId: "2", roleId: "officer", since: new Date(0) }];
    const plan = planOf(
      input({
        mappings: [OFFICER],
        readings: [reading({ Ada: "OFFICER", Bor: "RECRUIT" })],
        people: [
          { ...person(member("1"), "Ada"), member: "absent" },
          { ...person(member("2"), "Bor"), member: "unread" },
        ],
        graces,
      }),
    );
    expect(plan.people).toEqual([]);
    expect(plan.absent).toMatchObject([{ userId: "1", name: "Ada", rank: "OFFICER" }]);
    expect(plan.unread).toEqual(["2"]);
    expect(plan.graces).toEqual({ begun: [], ended: [] });
    expect(plan.unmatched).toEqual([]);
  });

  test("nicknames follow the highest rank, and are left alone where they are right or nobody asked", () => {
    const base = { mappings: [OFFICER], readings: [reading({ Ada: "RECRUIT", Alt: "LEADER" })] };
    const nicks = (template: string | null, nick?: string) =>
      planOf(input({ ...base, template, people: [person(member("1", [], nick), "Ada", "Alt")] })).people.map(
        (one) => one.nick,
      );
    expect(nicks("{name} [{rank}]")).toEqual(["Alt [leader]"]);
    expect(nicks("{name} [{rank}]", "Alt [leader]")).toEqual([]);
    expect(nicks(null)).toEqual([]);
  });
});

const ROLES = ["r1", "r2", "r3", "r4", "other"];
const RANKS = ["RECRUIT", "OFFICER", "LEADER", "WAR_LORD"];
const NAMES = ["Ada", "Bor", "Cai", "Dov"];

/** Any server: mappings of two clans, lists that may say nothing, and people with any roles of which some wait. */
const anything: fc.Arbitrary<PlanInput> = fc
  .record({
    mappings: fc.uniqueArray(
      fc.record({
        ...{ region: fc.constant("EU"), clanId: fc.constantFrom("c1", "c2") },
        ...{ rank: fc.constantFrom(...RANKS, ANY_RANK), roleId: fc.constantFrom(...ROLES.slice(0, 4)) },
      }),
      { maxLength: 8, selector: (one) => JSON.stringify(one) },
    ),
    readings: fc.tuple(
      ...["c1", "c2"].map((clanId) =>
        fc.oneof(
          fc
            .dictionary(fc.constantFrom(...NAMES), fc.constantFrom(...RANKS))
            .map((ranks) => reading(ranks, { region: "EU", clanId })),
          fc.constant<ClanReading>({ region: "EU", clanId, doubt: "silent" }),
        ),
      ),
    ),
    people: fc.array(
      fc.record({
        roleIds: fc.uniqueArray(fc.constantFrom(...ROLES)),
        characters: fc.uniqueArray(
          fc.record({
            region: fc.constant("EU"),
            clanId: fc.constantFrom("c1", "c2"),
            name: fc.constantFrom(...NAMES),
          }),
          { maxLength: 3, selector: (one) => JSON.stringify(one) },
        ),
        waits: fc.uniqueArray(fc.constantFrom(...ROLES.slice(0, 4))),
        sinceMs: fc.integer({ min: 0, max: 2 * GRACE_MS }),
      }),
      { maxLength: 5 },
    ),
    blocked: fc.uniqueArray(fc.constantFrom(...ROLES.slice(0, 4)), { maxLength: 1 }),
  })
  .map(({ mappings, readings, people, blocked }) =>
    input({
      mappings,
      readings,
      people: people.map(({ roleIds, characters }, n) => ({
        userId: `${n}`,
        member: member(`${n}`, roleIds),
        characters,
      })),
      graces: people.flatMap(({ waits, sinceMs }, n) =>
        waits.map((roleId) => ({ discordId: `${n}`, roleId, since: new Date(NOON - sinceMs) })),
      ),
      server: {
        roleObstacle: (roleId) => (blocked.includes(roleId) ? "above" : undefined),
        nicknameObstacle: () => undefined,
      },
    }),
  );

/** The same server after the plan was carried out, at a time. */
function after(before: PlanInput, plan: Plan, now: number): PlanInput {
  const ended = plan.graces.ended.map(({ discordId, roleId }) => `${discordId}:${roleId}`);
  return {
    ...before,
    now,
    graces: [
      ...before.graces.filter(({ discordId, roleId }) => !ended.includes(`${discordId}:${roleId}`)),
      ...plan.graces.begun,
    ],
    people: before.people.map((one) => {
      const theirs = plan.people.find(({ member: { userId } }) => userId === one.userId);
      if (!theirs || typeof one.member === "string") return one;
      const roleIds = [
        ...one.member.roleIds.filter((roleId) => !theirs.take.includes(roleId)),
        ...theirs.give.map(({ roleId }) => roleId),
      ];
      return { ...one, member: { ...one.member, roleIds } };
    }),
  };
}

describe("whatever the server is like", () => {
  test("only roles of mappings are touched, only what is missing is given, only what is there is taken", () => {
    fc.assert(
      fc.property(anything, (scene) => {
        const mapped = new Set(scene.mappings.map(({ roleId }) => roleId));
        for (const { member: view, give, take, waiting } of planOf(scene).people) {
          const all = [...give.map(({ roleId }) => roleId), ...take, ...waiting.map(({ roleId }) => roleId)];
          expect(new Set(all).size).toBe(all.length);
          expect(all.filter((roleId) => !mapped.has(roleId))).toEqual([]);
          expect(give.filter(({ roleId }) => view.roleIds.includes(roleId))).toEqual([]);
          expect([...take, ...waiting.map(({ roleId }) => roleId)].filter((id) => !view.roleIds.includes(id))).toEqual(
            [],
          );
        }
      }),
    );
  });

  test("no role is taken that a clan gives whose list says nothing, nor before a day has passed", () => {
    fc.assert(
      fc.property(anything, (scene) => {
        const silent = scene.readings.filter(({ doubt }) => doubt).map(({ clanId }) => clanId);
        for (const { member: view, take, waiting } of planOf(scene).people) {
          for (const roleId of [...take, ...waiting.map((one) => one.roleId)])
            expect(scene.mappings.filter((one) => one.roleId === roleId && silent.includes(one.clanId))).toEqual([]);
          for (const roleId of take) {
            const grace = scene.graces.find((one) => one.discordId === view.userId && one.roleId === roleId);
            expect(grace && NOON - grace.since.getTime()).toBeGreaterThanOrEqual(GRACE_MS);
          }
        }
      }),
    );
  });

  test("a second plan right after has nothing left to do; a day later everybody has what is due, but for what is in the way", () => {
    fc.assert(
      fc.property(anything, (scene) => {
        const first = planOf(scene);
        const second = planOf(after(scene, first, NOON));
        expect(second.people.flatMap(({ give, take }) => [...give, ...take])).toEqual([]);
        expect(second.graces.begun).toEqual([]);
        const dayLater = after(scene, first, NOON + GRACE_MS);
        const last = planOf(after(dayLater, planOf(dayLater), NOON + GRACE_MS));
        expect(last.people.flatMap(({ give, take, waiting }) => [...give, ...take, ...waiting])).toEqual([]);
      }),
    );
  });

  test("who is killed half-way leaves a server whose new plan does the rest", () => {
    fc.assert(
      fc.property(anything, fc.nat(6), (scene, done) => {
        const plan = planOf(scene);
        const part = { ...plan, people: plan.people.slice(0, done) };
        const rest = planOf(after(scene, part, NOON));
        const whole = after(scene, plan, NOON).people;
        expect(after(after(scene, part, NOON), rest, NOON).people.map(rolesIn)).toEqual(whole.map(rolesIn));
      }),
    );
  });
});

const rolesIn = ({ member: view }: PlanInput["people"][number]) =>
  typeof view === "string" ? view : [...view.roleIds].sort();
