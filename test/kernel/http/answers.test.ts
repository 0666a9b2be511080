import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Answered } from "../../../src/kernel/answering.js";
import { button, card, row } from "../../../src/kernel/card.js";
import { defineCommand } from "../../../src/kernel/command.js";
import { defineComponent, defineModal, stateOf } from "../../../src/kernel/component.js";
import type { Context } from "../../../src/kernel/context.js";
import { UserError } from "../../../src/kernel/errors.js";
import { form } from "../../../src/kernel/form.js";
import { optionalText } from "../../../src/kernel/option.js";
import type { View } from "../../../src/kernel/view.js";
import type { HttpFault } from "@zonewire/sandbox/discord";
import type { RestFault } from "../../../packages/sandbox/src/discord/rest/faults.js";
import { Outcome } from "../../../packages/sandbox/src/discord/outcome.js";
import type { Message } from "../../../packages/sandbox/src/discord/messages.js";
import { HurriedClock } from "../../hurried-clock.js";
import { ManualClock, settled } from "../../manual-clock.js";
import { textOf } from "../../message.js";
import { openWorkshop, type Workshop } from "../workshop.js";

const ACTS = ["command", "press", "slow command", "slow press", "failure", "picture", "form", "typing"] as const;
type Act = (typeof ACTS)[number];
/** Acts that are shown "thinking…" before their answer. */
const SLOW = new Set<Act>(["slow command", "slow press", "failure"]);

const CALLBACK = "POST /interactions/:interaction/:token/callback";

/** What happens on the way. */
interface Way {
  readonly http?: HttpFault;
  /** The request comes again while the first one is worked on. */
  readonly comesAgain?: true;
  /** Of the callback, to which the answer goes instead. */
  readonly rest?: RestFault;
  /** How old the interaction is when there is something to say, in milliseconds. */
  readonly ageMs?: number;
  readonly expected: "response" | "callback" | "gone";
}

const WAYS: Record<string, Way> = {
  "all is well": { expected: "response" },
  "the connection is cut": { http: { cut: true }, expected: "callback" },
  "the connection is cut, and the callback fails once": {
    http: { cut: true },
    rest: { status: 502 },
    expected: "callback",
  },
  "the connection is cut, and nobody hears that the callback arrived": {
    http: { cut: true },
    rest: { drop: true, afterwards: true },
    expected: "callback",
  },
  "the connection is cut, and Discord has given up": {
    http: { cut: true },
    rest: { status: 404, code: 10_062 },
    expected: "gone",
  },
  "the request comes again before the response": { comesAgain: true, expected: "response" },
  "the request comes again after the response": { http: { repeat: "after" }, expected: "response" },
  "the answer is late": { ageMs: 2_600, expected: "callback" },
  "the answer is too late": { ageMs: 3_100, expected: "gone" },
};

const CASES = ACTS.flatMap((act) =>
  Object.entries(WAYS)
    // Suggestions are given up before, and a form is of no use after "thinking…".
    .filter(([, { ageMs }]) => ageMs === undefined || (act !== "typing" && act !== "form"))
    .map(([name, way]) => {
      // Discord documents files for its REST API alone.
      const expected = act === "picture" && way.expected === "response" ? "callback" : way.expected;
      return { act, name, way, expected };
    }),
);

describe("an answer over HTTP", () => {
  let workshop: Workshop;
  let clock: ManualClock;
  let answered: Answered[] = [];
  /** How often something was worked on. */
  let runs = 0;
  /** Requests whose response is not over. */
  let waiting = 0;
  let repeated = 0;
  let gate: () => Promise<void> = () => Promise.resolve();
  let message: Message;

  const words = (): View => ({ embeds: [card({ title: "right" })] });
  /** A card to be pressed, also after it was. */
  const panel = (context: Context): View => {
    const buttons = [
      button({ label: "press", customId: pressed.customId({}, context) }),
      button({ label: "form", customId: opener.customId({}, context) }),
    ];
    return { ...words(), components: [row(...buttons)] };
  };
  const begin = () => {
    runs += 1;
    return gate();
  };
  const pressed = defineComponent({
    ...{ command: "quick", action: "press", audience: "owner", state: stateOf({}) },
    async run(_press, context): Promise<View> {
      await begin();
      return panel(context);
    },
  });
  const sent = defineModal({
    ...{ command: "quick", action: "sent", audience: "owner", state: stateOf({}) },
    run: words,
  });
  const opener = defineComponent({
    ...{ command: "quick", action: "form", audience: "owner", state: stateOf({}) },
    async run(_press, context) {
      await begin();
      const fields = [{ name: "why", label: "Why", maxLength: 100, required: true }];
      return form({ customId: sent.customId({}, context), title: "right", fields });
    },
  });

  beforeAll(async () => {
    clock = new ManualClock(Date.now());
    const quick = defineCommand({
      name: "quick",
      visibility: "public",
      options: {
        word: optionalText({
          maxLength: 50,
          suggest: async () => {
            await begin();
            return [{ name: "right", value: "right" }];
          },
        }),
      },
      components: [pressed, opener],
      modals: [sent],
      async run(_input, context) {
        await begin();
        return panel(context);
      },
    });
    const failing = defineCommand({
      name: "failing",
      visibility: "public",
      async run() {
        await begin();
        throw new UserError("error.restarting");
      },
    });
    const picture = defineCommand({
      name: "picture",
      visibility: "public",
      async run() {
        await begin();
        return { ...words(), files: [{ name: "chart.png", data: Buffer.from("a picture") }] };
      },
    });
    workshop = await openWorkshop([quick, failing, picture], clock, {
      discordClock: clock,
      discord: { waitMs: 10 ** 9 },
      delivery: { clock: new HurriedClock(clock), network: clock },
      onAnswered: (one) => answered.push(one),
      http: { onWaiting: (change) => (waiting += change), onMet: (one) => (repeated += Number(one === "repeated")) },
    });
    message = (await workshop.as().slash("quick")).message!;
  });
  afterAll(() => workshop.close());
  beforeEach(() => {
    workshop.discord.faults.clear();
    workshop.log.length = 0;
    gate = () => Promise.resolve();
    [answered, runs] = [[], 0];
  });

  async function until(check: () => boolean): Promise<void> {
    while (!check()) await settled();
  }

  const over = () => {
    const { inResponse, byCallback, refused, lost } = workshop.discord.endpoint.counts;
    return inResponse + byCallback + refused + lost;
  };

  /** Of suggestions nobody tells otherwise that they are done. */
  const gaveUp = () => workshop.log.find(({ msg }) => msg === "suggestions came too late");

  /** Does something; what came of it as soon as the bot and Discord are done with it. */
  async function act(what: Act): Promise<Outcome> {
    const { discord, as } = workshop;
    let outcome: Outcome | undefined;
    const unsubscribe = discord.subscribe((event) => {
      if (event.type === "interaction" && event.phase === "sent") outcome = new Outcome(event.interaction);
    });
    const before = over();
    void discord.interact(async () => {
      switch (what) {
        case "command":
        case "slow command":
          return as().slash("quick");
        case "press":
        case "slow press":
          return as().click(message, "press");
        case "form":
          return as().click(message, "form");
        case "picture":
          return as().slash("picture");
        case "failure":
          return as().slash("failing");
        case "typing":
          await as().autocomplete("quick", "word", "ri");
          return outcome!;
      }
    });
    await until(() => over() > before && (what === "typing" || answered.length > 0));
    unsubscribe();
    if (what === "typing") await until(() => runs > 0 && (outcome?.choices ?? gaveUp()) !== undefined);
    return outcome!;
  }

  test.each(CASES)("$act, $name: $expected", async ({ act: what, way, expected }) => {
    const { discord } = workshop;
    if (way.http) discord.faults.http.add(way.http);
    let comeAgain: () => void = () => undefined;
    if (way.comesAgain) discord.faults.http.add({ repeat: new Promise<void>((resolve) => (comeAgain = resolve)) });
    if (way.rest) discord.faults.rest.add({ ...way.rest, route: CALLBACK });
    const { counts } = discord.endpoint;
    const [before, repeatedBefore] = [{ ...counts }, repeated];
    const cut = way.http?.cut === true;
    let thought = !SLOW.has(what);
    gate = async () => {
      if (cut) await until(() => waiting === 0);
      comeAgain();
      if (way.comesAgain) await until(() => repeated > repeatedBefore);
      if (way.ageMs !== undefined) clock.advance(way.ageMs);
      if (thought) return;
      thought = true;
      const asked = discord.requests.length;
      if (way.ageMs === undefined) clock.advance(1_000);
      // "thinking…" is there, or will never be.
      await until(
        () => counts.inResponse > before.inResponse || discord.requests.length > asked || answered.length > 0,
      );
    };
    const outcome = await act(what);
    const told = what === "failure" ? "refused" : "ok";
    if (what !== "typing")
      expect(answered.map(({ outcome: ending }) => ending)).toEqual([expected === "gone" ? "gone" : told]);
    expect(outcome.answers).toBe(expected === "gone" ? 0 : 1);
    expect(runs).toBe(1);
    if (expected !== "gone") {
      if (what === "form") expect(outcome.modal?.title).toBe("right");
      else if (what === "typing") expect(outcome.choices).toEqual([{ name: "right", value: "right" }]);
      else expect(textOf(outcome.message)).toContain(what === "failure" ? "restarting" : "right");
      if (what === "picture")
        expect(outcome.message?.attachments.map(({ filename }) => filename)).toEqual(["chart.png"]);
    }
    expect(counts.inResponse - before.inResponse).toBe(expected === "response" ? 1 : 0);
    expect(counts.byCallback - before.byCallback).toBe(expected === "callback" && !cut ? 1 : 0);
    expect(message.deleted).toBe(false);
    // Nothing of it is an error of ours.
    expect(workshop.log.filter(({ level }) => level >= 50)).toEqual([]);
  });

  test("that Discord does not know of yet is waited for before more is said", async () => {
    const { discord } = workshop;
    let know: () => void = () => undefined;
    discord.faults.http.add({ hold: new Promise<void>((resolve) => (know = resolve)) });
    gate = async () => {
      clock.advance(1_000);
      await until(() => waiting === 0);
    };
    const unsubscribe = discord.subscribe((event) => {
      if (event.type === "request" && event.request.status === 404) know();
    });
    const outcome = await act("slow command");
    unsubscribe();
    expect(outcome.answers).toBe(1);
    expect(answered.map(({ outcome: ending }) => ending)).toEqual(["ok"]);
    expect(discord.requests.slice(-2).map(({ method, status }) => [method, status])).toEqual([
      ["PATCH", 404],
      ["PATCH", 200],
    ]);
  });

  test("that got lost after it was given ends when it would be known", async () => {
    workshop.discord.faults.http.add({ lose: true });
    gate = async () => {
      clock.advance(1_000);
      await until(() => waiting === 0);
    };
    expect((await act("slow command")).answers).toBe(0);
    expect(answered.map(({ outcome: ending }) => ending)).toEqual(["gone"]);
  });
});
