import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { button, card, row } from "../../src/kernel/card.js";
import { defineCommand } from "../../src/kernel/command.js";
import { defineComponent, stateOf } from "../../src/kernel/component.js";
import { UserError } from "../../src/kernel/errors.js";
import type { Answered } from "../../src/kernel/answering.js";
import type { View } from "../../src/kernel/view.js";
import type { RestFault } from "../../packages/sandbox/src/discord/rest/faults.js";
import { Outcome } from "../../packages/sandbox/src/discord/outcome.js";
import type { Message } from "../../packages/sandbox/src/discord/messages.js";
import { HurriedClock } from "../hurried-clock.js";
import { ManualClock, settled } from "../manual-clock.js";
import { textOf } from "../message.js";
import { openWorkshop, type Workshop } from "./workshop.js";

/** The ways in which a request goes wrong. "after": Discord does what it asks for, and the bot does not hear of it. */
const FAULTS = {
  "5xx before": { status: 502 },
  "5xx after": { status: 502, afterwards: true },
  "cut before": { drop: true },
  "cut after": { drop: true, afterwards: true },
  "hang before": { hang: true },
  "hang after": { hang: true, afterwards: true },
  "429 short": { status: 429, retryAfter: 0.3 },
  "429 long": { status: 429, retryAfter: 600 },
  "10062": { status: 404, code: 10_062 },
  "40060": { status: 400, code: 40_060, afterwards: true },
} satisfies Record<string, RestFault>;
type Fault = keyof typeof FAULTS;

const CALLBACK = "POST /interactions/:interaction/:token/callback";
const ORIGINAL = "/webhooks/:application/:token/messages/:message";
const FOLLOW_UP = "POST /webhooks/:application/:token";

interface Way {
  readonly route: RegExp;
  /** What the person does: a command or a press; answered at once, late, or with a failure. */
  readonly act: "quick" | "late" | "failing" | "press" | "late press";
  readonly faults: readonly Fault[];
}
const exactly = (route: string) => new RegExp(`^${route}$`);
const ALL = Object.keys(FAULTS) as Fault[];
// Discord answers 40060 to first answers only.
const FURTHER = ALL.filter((fault) => fault !== "40060");

const WAYS: Record<string, Way> = {
  "the first answer": { route: exactly(CALLBACK), act: "quick", faults: ALL },
  "an update": { route: exactly(CALLBACK), act: "press", faults: ALL },
  "a deferral": { route: exactly(CALLBACK), act: "late", faults: ALL },
  "a deferred update": { route: exactly(CALLBACK), act: "late press", faults: ALL },
  "the edit after a deferral": { route: exactly(`PATCH ${ORIGINAL}`), act: "late", faults: FURTHER },
  "the edit after a deferred update": { route: exactly(`PATCH ${ORIGINAL}`), act: "late press", faults: FURTHER },
  "the removal of a placeholder": { route: exactly(`DELETE ${ORIGINAL}`), act: "failing", faults: FURTHER },
  "a follow-up": { route: exactly(FOLLOW_UP), act: "failing", faults: FURTHER },
};

interface Expected {
  readonly answers: number;
  readonly outcome: Answered["outcome"];
}

/** What is to come of it. */
function expected(way: Way, name: string, fault: Fault, nth: number): Expected {
  const told = way.act === "failing" ? "refused" : "ok";
  const first = way.route.test(CALLBACK);
  if (fault === "10062") return { answers: 0, outcome: "gone" };
  // Longer than a first answer can wait. One that may have arrived is looked for, and is not there.
  if (first && fault === "429 long") return { answers: 0, outcome: nth === 1 ? "lost" : "gone" };
  if (name === "a follow-up" && !fault.startsWith("429"))
    return { answers: fault.endsWith("after") ? 1 : 0, outcome: "unclear" };
  return { answers: 1, outcome: told };
}

const CASES = Object.entries(WAYS).flatMap(([name, way]) =>
  way.faults.flatMap((fault) =>
    [1, 2, 3].map((nth) => ({ name, fault, nth, way, expected: expected(way, name, fault, nth) })),
  ),
);

describe("an answer", () => {
  let workshop: Workshop;
  let clock: ManualClock;
  let answered: Answered[] = [];
  let release: () => void = () => undefined;
  let pressable: Message;

  const words = (text: string): View => ({ embeds: [card({ title: text })] });
  /** Waits until a test says so. */
  const wait = () =>
    new Promise<void>((resolve) => {
      release = resolve;
    });
  const press = (action: string, run: () => Promise<View> | View) =>
    defineComponent({ command: "quick", action, audience: "owner", state: stateOf({}), run });

  beforeAll(async () => {
    clock = new ManualClock(Date.now());
    const [now, late] = [
      press("now", () => words("right")),
      press("late", async () => {
        await wait();
        return words("right");
      }),
    ];
    const quick = defineCommand({
      name: "quick",
      visibility: "public",
      components: [now, late],
      run: (_input, context) => ({
        ...words("right"),
        components: [
          row(
            button({ label: "now", customId: now.customId({}, context) }),
            button({ label: "late", customId: late.customId({}, context) }),
          ),
        ],
      }),
    });
    const slow = defineCommand({
      name: "slow",
      visibility: "public",
      async run() {
        await wait();
        return words("right");
      },
    });
    const failing = defineCommand({
      name: "failing",
      visibility: "public",
      async run() {
        await wait();
        throw new UserError("error.restarting");
      },
    });
    workshop = await openWorkshop([quick, slow, failing], clock, {
      discordClock: clock,
      discord: { waitMs: 10 ** 9 },
      delivery: { clock: new HurriedClock(clock), network: clock },
      onAnswered: (one) => answered.push(one),
    });
  });
  afterAll(() => workshop.close());
  beforeEach(() => {
    workshop.discord.faults.clear();
    workshop.log.length = 0;
    answered = [];
  });

  /** Does something, and sees it through to the end. */
  async function act(what: Way["act"], hanging: () => number): Promise<Outcome> {
    const { discord, as } = workshop;
    let outcome: Outcome | undefined;
    let [seen, requests] = [0, 0];
    const giveUp = async (request: number) => {
      while (requests === request && answered.length === 0) {
        await settled();
        clock.advance(50);
      }
    };
    const unsubscribe = discord.subscribe((event) => {
      if (event.type === "interaction" && event.phase === "sent") outcome = new Outcome(event.interaction);
      // Whatever hangs is given up, by the clock of the network.
      if (event.type !== "request") return;
      requests += 1;
      if (hanging() <= seen) return;
      seen = hanging();
      void giveUp(requests);
    });
    release = () => undefined;
    const asked = discord.interact(() => {
      switch (what) {
        case "quick":
          return as().slash("quick");
        case "late":
          return as().slash("slow");
        case "failing":
          return as().slash("failing");
        case "press":
          return as().click(pressable, "now");
        case "late press":
          return as().click(pressable, "late");
      }
    });
    void asked;
    if (what !== "quick" && what !== "press") {
      const idle = release;
      await until(() => release !== idle);
      clock.advance(1_000);
      await settled();
      release();
    }
    await until(() => answered.length > 0);
    unsubscribe();
    if (!outcome) throw new Error("nothing was sent");
    return outcome;
  }

  async function until(check: () => boolean): Promise<void> {
    while (!check()) await settled();
  }

  test.each(CASES)("$name, $fault at try $nth: $expected.outcome", async ({ fault, nth, way, expected }) => {
    const { discord } = workshop;
    if (way.act.endsWith("press")) {
      const { message } = await act("quick", () => 0);
      if (!message) throw new Error("no card");
      pressable = message;
      answered = [];
    }
    const earlier: RestFault = way.route.test(FOLLOW_UP) ? { status: 429, retryAfter: 0.2 } : { drop: true };
    if (nth > 1) discord.faults.rest.add({ ...earlier, route: way.route, times: nth - 1 });
    const active = discord.faults.rest.add({ ...FAULTS[fault], route: way.route });
    const before = workshop.log.length;
    const outcome = await act(way.act, () => ("hang" in FAULTS[fault] ? active.hits : 0));
    expect(active.hits).toBe(1);
    expect(answered.map(({ outcome: ending }) => ending)).toEqual([expected.outcome]);
    expect(outcome.answers).toBe(expected.answers);
    if (expected.answers > 0) {
      expect(textOf(outcome.message)).toContain(way.act === "failing" ? "restarting" : "right");
      expect(outcome.ephemeral).toBe(way.act === "failing");
    }
    // A card that was pressed is never taken away.
    if (way.act.endsWith("press")) expect(pressable.deleted).toBe(false);
    // Nothing of it is an error of ours.
    expect(workshop.log.slice(before).filter(({ level }) => level >= 50)).toEqual([]);
  });

  test("goes over connections that are kept", () => {
    const { answering } = workshop.discord.connections;
    expect(answering.highest).toBeLessThanOrEqual(16);
    // One for each request that was cut or hung, and hardly more.
    expect(answering.total).toBeLessThan(workshop.discord.requests.length / 2);
  });

  test.each([10_003, 10_008, 10_015, 50_001, 50_013, 50_027])(
    "that meets %i is nobody's error: a debug line, and counted",
    async (code) => {
      workshop.discord.faults.rest.add({ route: CALLBACK, status: 404, code });
      await act("quick", () => 0);
      expect(answered.map(({ outcome }) => outcome)).toEqual(["gone"]);
      expect(workshop.log.filter(({ level }) => level > 20)).toEqual([]);
    },
  );

  test.each([200_000, 200_001, 240_000])(
    "that the rules of a server block (%i) is told so in private",
    async (code) => {
      workshop.discord.faults.rest.add({ route: CALLBACK, status: 400, code });
      const outcome = await act("quick", () => 0);
      expect(outcome.answers).toBe(1);
      expect(outcome.ephemeral).toBe(true);
      expect(textOf(outcome.message)).toContain("rules of this server");
      expect(workshop.log.filter(({ level }) => level > 20)).toEqual([]);
    },
  );

  test("held for long by a rate limit is said once in the log", async () => {
    workshop.discord.faults.rest.add({ route: /^PATCH/, status: 429, retryAfter: 100, times: 2 });
    const outcome = await act("late", () => 0);
    expect(outcome.answers).toBe(1);
    expect(workshop.log.filter(({ level }) => level === 40)).toHaveLength(1);
  });
});

test("a long rate limit is not waited for at the stop", async () => {
  let answered: Answered | undefined;
  const clock = new ManualClock(Date.now());
  const quick = defineCommand({ name: "quick", visibility: "public", run: () => new Promise<View>(() => undefined) });
  const workshop = await openWorkshop([quick], clock, {
    discordClock: clock,
    onAnswered: (one) => (answered = one),
    grace: 0,
  });
  const { discord, as, delivery, router } = workshop;
  discord.faults.rest.add({ route: /^(PATCH|DELETE)/, status: 429, retryAfter: 600 });
  const asked = as().slash("quick", {}, { until: "acknowledged" });
  await expect
    .poll(() => discord.requests.some(({ path }) => path.endsWith("/callback")) || (clock.advance(0), false))
    .toBe(true);
  await asked;
  clock.advance(9_000);
  await discord.until("the rate limit", () => discord.requests.some(({ status }) => status === 429));
  delivery.stop();
  await router.stop();
  expect(answered?.outcome).toBe("lost");
  await workshop.close();
});
