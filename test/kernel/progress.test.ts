import { afterEach, describe, expect, test } from "vitest";
import { systemClock } from "../../src/time.js";
import { Acknowledgement, type Outcome } from "../../src/kernel/acknowledgement.js";
import { button, card, row } from "../../src/kernel/card.js";
import { defineCommand } from "../../src/kernel/command.js";
import { defineComponent, stateOf } from "../../src/kernel/component.js";
import type { Context } from "../../src/kernel/context.js";
import { UserError } from "../../src/kernel/errors.js";
import { restResponder } from "../../src/kernel/responder.js";
import { messageBody, type View } from "../../src/kernel/view.js";
import { textOf } from "../message.js";
import { ManualClock, settled } from "../manual-clock.js";
import { openWorkshop, type Workshop } from "./workshop.js";

let workshop: Workshop | undefined;
afterEach(async () => {
  await workshop?.close();
  workshop = undefined;
});

/** A command, and a button under it, that do what a test tells them from outside. */
function work() {
  const steps: { context: Context; end: (view: View) => void; fail: (error: Error) => void }[] = [];
  const begin = (context: Context) =>
    new Promise<View>((end, fail) => {
      steps.push({ context, end, fail });
    });
  const again = defineComponent({
    command: "work",
    action: "again",
    audience: "owner",
    state: stateOf({}),
    run: (_press, context) => begin(context),
  });
  const command = defineCommand({
    name: "work",
    visibility: "public",
    components: [again],
    run: (_input, context) => begin(context),
  });
  const panel = (context: Context): View => ({
    embeds: [card({ title: "panel" })],
    components: [row(button({ label: "again", customId: again.customId({}, context) }))],
    files: [{ name: "list.csv", data: Buffer.from("a,b") }],
  });
  return { command, steps, panel };
}

async function open(clock: ManualClock) {
  const { command, steps, panel } = work();
  // Time passes here while requests are under way.
  workshop = await openWorkshop([command], clock, { simulated: true, delivery: { network: systemClock } });
  const { as, discord, delivery } = workshop;
  const edits = () => discord.requests.filter(({ method }) => method === "PATCH");
  /** The step that runs, once it does. */
  const running = async (number: number) => {
    await expect.poll(() => steps.length).toBe(number);
    return steps[number - 1]!;
  };
  return { as, discord, delivery, edits, running, panel };
}

describe("progress", () => {
  test("is shown once a second after thinking, the newest of all, and the answer comes last", async () => {
    const clock = new ManualClock(Date.now());
    const { as, discord, edits, running } = await open(clock);
    const asked = as().slash("work", {}, { until: "acknowledged" });
    const { context, end } = await running(1);
    context.progress({ content: "0 of 9" });
    context.progress({ embeds: [card({ title: "1 of 9" })] });
    expect(discord.requests.some(({ route }) => route.includes("/callback"))).toBe(false);
    clock.advance(1_000);
    const outcome = await asked;
    await discord.until("the first step", () => textOf(outcome.message).includes("1 of 9"));
    expect(outcome.message?.embeds[0]?.footer?.text).toContain("Simulated");
    for (const step of ["2", "3", "4"]) context.progress({ content: `${step} of 9` });
    await clock.pass(999);
    expect(edits()).toHaveLength(1);
    await clock.pass(1);
    await discord.until("the next step", () => outcome.message?.content === "4 of 9");
    expect(edits()).toHaveLength(2);
    context.progress({ content: "5 of 9" });
    end({ content: "done" });
    await discord.until("the answer", () => outcome.message?.content === "done");
    context.progress({ content: "6 of 9" });
    await clock.pass(60_000);
    expect(edits()).toHaveLength(3);
    expect(outcome).toMatchObject({ answers: 1, ephemeral: false });
    expect(discord.problems).toEqual([]);
  });

  test("of what is quick is never seen", async () => {
    const clock = new ManualClock(Date.now());
    const { as, edits, running } = await open(clock);
    const asked = as().slash("work");
    const { context, end } = await running(1);
    context.progress({ content: "half" });
    end({ content: "done" });
    expect((await asked).message?.content).toBe("done");
    await clock.pass(5_000);
    expect(edits()).toEqual([]);
  });

  test("gives the answer more time each time, but not for ever", async () => {
    const clock = new ManualClock(Date.now());
    const { as, running, discord } = await open(clock);
    const asked = as().slash("work", {}, { until: "acknowledged" });
    const { context } = await running(1);
    clock.advance(1_000);
    const outcome = await asked;
    let minutes = 0;
    while (!context.signal.aborted && minutes < 20) {
      for (let seconds = 0; seconds < 60; seconds += 6) {
        context.progress({ content: "still at it" });
        await clock.pass(6_000);
      }
      minutes += 1;
    }
    expect(minutes).toBe(10);
    await discord.until("the end", () => outcome.ephemeral);
    expect(textOf(outcome.message)).toContain("took too long");
  });

  test("without news the answer is given up as ever", async () => {
    const clock = new ManualClock(Date.now());
    const { as, running } = await open(clock);
    void as().slash("work", {}, { until: "acknowledged" });
    const { context } = await running(1);
    clock.advance(5_000);
    context.progress({ content: "half" });
    clock.advance(8_999);
    expect(context.signal.aborted).toBe(false);
    clock.advance(1);
    expect(context.signal.aborted).toBe(true);
  });

  test("of a button takes the message's place, and a failure puts the message back", async () => {
    const clock = new ManualClock(Date.now());
    const { as, discord, running, panel } = await open(clock);
    const asked = as().slash("work");
    const first = await running(1);
    first.end(panel(first.context));
    const { message } = await asked;
    const look = () =>
      structuredClone({
        embeds: message?.embeds,
        components: message?.components,
        files: message?.files.map(({ id, url }) => ({ id, url })),
      });
    const before = look();
    const pressing = as().click(message!, "again", { until: "acknowledged" });
    const { context, fail } = await running(2);
    clock.advance(1_000);
    const pressed = await pressing;
    context.progress({ content: "1 of 9" });
    await discord.until("the step", () => message?.content === "1 of 9");
    expect(message?.components).toEqual([]);
    fail(new UserError("error.api-down"));
    await discord.until("the failure", () => pressed.followUps.length === 1);
    expect(pressed.followUps[0]?.visibleTo).toBeDefined();
    expect(textOf(pressed.followUps[0])).toContain("is down");
    expect(message?.content).toBe("");
    expect(look()).toEqual(before);
    expect(discord.problems).toEqual([]);
  });

  test("a failure after progress is private, and nothing public stays", async () => {
    const clock = new ManualClock(Date.now());
    const { as, discord, running } = await open(clock);
    const asked = as().slash("work", {}, { until: "acknowledged" });
    const { context, fail } = await running(1);
    clock.advance(1_000);
    const outcome = await asked;
    context.progress({ content: "1 of 9" });
    await discord.until("the step", () => outcome.message?.content === "1 of 9");
    fail(new UserError("error.api-down"));
    await discord.until("the failure", () => outcome.ephemeral);
    expect(outcome.answers).toBe(1);
    expect(as("en-US", "mira").messages()).toEqual([]);
  });

  test("that Discord does not take is left out", async () => {
    const clock = new ManualClock(Date.now());
    const { as, discord, running } = await open(clock);
    const asked = as().slash("work", {}, { until: "acknowledged" });
    const { context, end } = await running(1);
    clock.advance(1_000);
    const outcome = await asked;
    context.progress({});
    await discord.until("the refusal", () => discord.problems.length === 1);
    end({ content: "done" });
    await discord.until("the answer", () => outcome.answers === 1);
    expect(outcome.message?.content).toBe("done");
  });
});

test("the answer waits for a step that is still on its way, so that it stays the last", async () => {
  const clock = new ManualClock();
  const sent: string[] = [];
  const held: (() => void)[] = [];
  const responder = {
    callback: () => Promise.resolve("taken" as const),
    editOriginal: ({ content = "" }: { content?: string | undefined }) => {
      sent.push(content);
      return Promise.resolve();
    },
    editInPassing: ({ content = "" }: { content?: string | undefined }) => {
      sent.push(content);
      return new Promise<void>((resolve) => held.push(resolve));
    },
    deleteOriginal: () => Promise.resolve(),
    followUp: () => Promise.resolve(),
  };
  const occasion = {
    responder,
    message: undefined,
    private: () => false,
    footnote: () => undefined,
    createdAt: clock.now(),
  };
  const acknowledgement = new Acknowledgement(occasion, clock);
  let end: (outcome: Outcome) => void = () => undefined;
  const settling = acknowledgement.settle(
    new Promise((resolve) => {
      end = resolve;
    }),
    0,
  );
  await clock.pass(0);
  acknowledgement.progress({ content: "1" });
  acknowledgement.progress({ content: "2" });
  await clock.pass(5_000);
  expect(sent).toEqual(["1"]);
  end({ result: { content: "done" }, failed: false });
  await settled();
  expect(sent).toEqual(["1"]);
  held[0]?.();
  await settling;
  expect(sent).toEqual(["1", "done"]);
});

describe("files", () => {
  const csv = (text: string): View => ({ content: text, files: [{ name: "list.csv", data: Buffer.from(text) }] });

  test("go with a first answer, a late one and a changed message, each in the place of those before", async () => {
    const clock = new ManualClock(Date.now());
    const { as, discord, running, panel } = await open(clock);
    const read = async () => {
      const [file, ...others] = outcome.message?.attachments ?? [];
      expect(others).toEqual([]);
      return { name: file?.filename, text: file && (await (await fetch(file.url)).text()) };
    };
    let asked = as().slash("work");
    (await running(1)).end(csv("soon"));
    let outcome = await asked;
    expect(await read()).toEqual({ name: "list.csv", text: "soon" });

    asked = as().slash("work", {}, { until: "acknowledged" });
    const late = await running(2);
    clock.advance(1_000);
    outcome = await asked;
    late.context.progress(csv("half"));
    await discord.until("the step", () => outcome.message?.content === "half");
    expect(await read()).toEqual({ name: "list.csv", text: "half" });
    late.end(panel(late.context));
    await discord.until("the answer", () => textOf(outcome.message) !== "half");
    expect(await read()).toEqual({ name: "list.csv", text: "a,b" });

    const { message } = outcome;
    asked = as().click(message!, "again");
    const pressed = await running(3);
    pressed.end({ ...panel(pressed.context), ...csv("pressed") });
    outcome = await asked;
    expect(outcome.acknowledgement?.kind).toBe("update");
    expect(await read()).toEqual({ name: "list.csv", text: "pressed" });

    asked = as().click(message!, "again", { until: "acknowledged" });
    const slowly = await running(4);
    clock.advance(1_000);
    outcome = await asked;
    slowly.end(csv("pressed, later"));
    await discord.until("the change", () => message?.content === "pressed, later");
    expect(await read()).toEqual({ name: "list.csv", text: "pressed, later" });
    expect(discord.problems).toEqual([]);
  });

  test("are shown by embeds, with words of a length that Discord takes, and go with them when the message changes", async () => {
    const clock = new ManualClock(Date.now());
    const { as, discord, running, panel } = await open(clock);
    const picture = (text: string): View => ({
      embeds: [card({ title: "Prices", image: "attachment://prices.png" })],
      files: [{ name: "prices.png", data: Buffer.from(text), description: "x".repeat(2_000) }],
    });
    const shown = async () => {
      const { embeds, files, attachments } = outcome.message!;
      // Discord lists a file that an embed shows nowhere else.
      expect(attachments).toEqual([]);
      expect(files.map(({ filename, description }) => [filename, description?.length])).toEqual([
        ["prices.png", 1_024],
      ]);
      return (await fetch(embeds[0]!.image!.url)).text();
    };
    let asked = as().slash("work");
    const first = await running(1);
    first.end({ ...panel(first.context), ...picture("a week") });
    let outcome = await asked;
    expect(await shown()).toBe("a week");
    asked = as().click(outcome.message!, "again");
    const pressed = await running(2);
    pressed.end({ ...panel(pressed.context), ...picture("a month") });
    outcome = await asked;
    expect(await shown()).toBe("a month");
    asked = as().click(outcome.message!, "again");
    const last = await running(3);
    last.end({ content: "no picture" });
    outcome = await asked;
    expect(outcome.message?.files).toEqual([]);
    expect(discord.problems).toEqual([]);
  });

  test("go with a follow-up", async () => {
    const clock = new ManualClock(Date.now());
    const { as, discord, running, delivery } = await open(clock);
    const asked = as().slash("work");
    (await running(1)).end({ content: "first" });
    const outcome = await asked;
    const { id, token, createdAt } = outcome.interaction;
    const view = csv("more");
    const responder = restResponder(delivery, { id, token, createdAt, applicationId: discord.applicationId });
    await responder.followUp(messageBody(view, { private: true }), view.files);
    const [file] = outcome.followUps[0]?.attachments ?? [];
    expect(await (await fetch(file!.url)).text()).toBe("more");
    expect(outcome.followUps[0]?.visibleTo).toBeDefined();
  });
});
