import { InteractionResponseType as Answer } from "discord-api-types/v10";
import { afterAll, beforeAll, expect, test } from "vitest";
import { button, row } from "../../src/kernel/card.js";
import { defineCommand } from "../../src/kernel/command.js";
import { defineComponent, stateOf } from "../../src/kernel/component.js";
import { Gateway } from "../../src/kernel/gateway.js";
import type { Interaction } from "../../src/kernel/interaction.js";
import { Recovery } from "../../src/kernel/recovery.js";
import { restResponder } from "../../src/kernel/responder.js";
import { createLog } from "../../src/log.js";
import { ManualClock } from "../manual-clock.js";
import { openWorkshop, type Workshop } from "./workshop.js";

const runs: string[] = [];
const press = defineComponent({
  ...{ command: "ask", action: "press", audience: "owner", state: stateOf({}) },
  run: () => {
    runs.push("press");
    return { content: "pressed", components: [] };
  },
});
const ask = defineCommand({
  name: "ask",
  visibility: "public",
  options: {},
  components: [press],
  run: (_, context) => {
    runs.push("ask");
    return { content: "asked", components: [row(button({ label: "press", customId: press.customId({}, context) }))] };
  },
});

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop([ask]);
});
afterAll(() => workshop.close());

/** Interactions are given to a recovery, `elapsed` ms after they were made, once `before` has dealt with them. */
function recovering(before: (interaction: Interaction) => Promise<unknown>, elapsed = 0) {
  const { discord, gateway, router, delivery } = workshop;
  const clock = new ManualClock(Date.now() + elapsed);
  const responder = (interaction: Interaction) => restResponder(delivery, interaction);
  const recovery = new Recovery({
    rest: Gateway.rest({ token: discord.token, apiUrl: discord.restUrl }),
    clock,
    log: createLog("silent", { terminal: false }),
    respond: responder,
    answer: (interaction, first) => router.handle(interaction, first, { thinkFirst: true }),
    apologize: async (interaction) => {
      await responder(interaction).editOriginal({ content: "try again" });
    },
  });
  const done = new Promise<void>((resolve) => {
    gateway.serve((interaction) => {
      if (interaction.kind === "unreadable") return;
      void before(interaction)
        .then(() => recovery.recover(interaction))
        .then(resolve);
    });
  });
  return { done, clock };
}

const defer = (interaction: Interaction) =>
  restResponder(workshop.delivery, interaction).callback({ type: Answer.DeferredChannelMessageWithSource });
const answer = (interaction: Interaction) =>
  restResponder(workshop.delivery, interaction).callback({
    type: Answer.ChannelMessageWithSource,
    data: { content: "answered before" },
  });

test("what nobody has answered is answered, and shows thinking before any work", async () => {
  recovering(() => Promise.resolve());
  runs.length = 0;
  const outcome = await workshop.as().slash("ask");
  expect(outcome.message?.content).toBe("asked");
  expect(outcome.acknowledgement?.kind).toBe("defer");
  expect(runs).toEqual(["ask"]);
});

test("a command is answered without a look at it first", async () => {
  const { done } = recovering(() => Promise.resolve());
  const seen = workshop.discord.requests.length;
  await workshop.as().slash("ask");
  await done;
  expect(workshop.discord.requests.slice(seen).map(({ method }) => method)).toEqual(["POST", "PATCH"]);
});

test("what was answered stays as it is, and nothing is done a second time", async () => {
  const { done } = recovering(answer);
  runs.length = 0;
  const outcome = await workshop.as().slash("ask");
  await done;
  expect(outcome.message?.content).toBe("answered before");
  expect(outcome.answers).toBe(1);
  expect(runs).toEqual([]);
});

test("who is still shown thinking after longer than anybody works is asked to try again", async () => {
  const { done, clock } = recovering(defer);
  runs.length = 0;
  const answered = workshop.as().slash("ask");
  await workshop.discord.until("a look at it", () =>
    workshop.discord.requests.some(({ method, route }) => method === "GET" && route.includes("/webhooks/")),
  );
  await expect.poll(() => (clock.advance(20_000), Promise.race([done, Promise.resolve("waits")]))).toBeUndefined();
  expect((await answered).message?.content).toBe("try again");
  expect(runs).toEqual([]);
});

test("what is too old to be answered is left alone", async () => {
  const { done } = recovering(() => Promise.resolve(), 10 * 60_000);
  runs.length = 0;
  const outcome = workshop.as().slash("ask", {}, { until: "acknowledged" });
  outcome.catch(() => undefined);
  await done;
  expect(runs).toEqual([]);
});

test("a button that was pressed is done once", async () => {
  recovering(() => Promise.resolve());
  const { message } = await workshop.as().slash("ask");
  runs.length = 0;
  const { done } = recovering((interaction) =>
    restResponder(workshop.delivery, interaction).callback({
      type: Answer.UpdateMessage,
      data: { content: "done before", components: [] },
    }),
  );
  const outcome = await workshop.as().click(message!, "press");
  await done;
  expect(outcome.message?.content).toBe("done before");
  expect(runs).toEqual([]);
});
