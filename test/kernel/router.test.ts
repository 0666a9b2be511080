import { afterEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { LabelBuilder, ModalBuilder, TextInputBuilder } from "@discordjs/builders";
import { TextInputStyle } from "discord-api-types/v10";
import { button, card, row } from "../../src/kernel/card.js";
import { defineCommand, type Command } from "../../src/kernel/command.js";
import { defineComponent, defineModal, stateOf } from "../../src/kernel/component.js";
import { UserError } from "../../src/kernel/errors.js";
import { optionalText, requiredText } from "../../src/kernel/option.js";
import { textOf } from "../message.js";
import { ManualClock } from "../manual-clock.js";
import { openWorkshop, type Workshop } from "./workshop.js";

let workshop: Workshop | undefined;
afterEach(async () => {
  await workshop?.close();
  workshop = undefined;
});
async function open(...args: Parameters<typeof openWorkshop>): Promise<Workshop> {
  workshop = await openWorkshop(...args);
  return workshop;
}

/** Something that a test lets happen when it likes. */
function gate() {
  let release: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { opened, release };
}

const words = (text: string) => ({ embeds: [card({ title: text })] });

describe("the acknowledgement", () => {
  test("a quick answer is one request; a late one is thinking first, by the interaction's own time", async () => {
    const clock = new ManualClock(Date.now());
    const [started, wait] = [gate(), gate()];
    const slow = defineCommand({
      name: "slow",
      visibility: "public",
      run: async () => {
        started.release();
        await wait.opened;
        return words("late");
      },
    });
    const quick = defineCommand({ name: "quick", visibility: "public", run: () => words("soon") });
    const { discord, as } = await open([slow, quick], clock);
    const soon = await as().slash("quick");
    expect(soon.acknowledgement?.kind).toBe("reply");
    const callbacks = () => discord.requests.filter(({ route }) => route.includes("/callback")).length;
    expect(callbacks()).toBe(1);
    const asked = as().slash("slow", {}, { until: "acknowledged" });
    await started.opened;
    clock.advance(999);
    expect(callbacks()).toBe(1);
    clock.advance(1);
    const late = await asked;
    expect(late.acknowledgement?.kind).toBe("defer");
    wait.release();
    await discord.until("the answer", () => late.answers === 1);
    expect(textOf(late.message)).toBe("late");
    expect(late.ephemeral).toBe(false);
  });
});

describe("failures", () => {
  const failing = (
    visibility: "public" | "private",
    error: Error,
    before: Promise<unknown> = Promise.resolve(),
  ): Command =>
    defineCommand({
      name: "fail",
      visibility,
      run: async () => {
        await before;
        throw error;
      },
    });

  test("a bug shows an id and nothing of the exception; the log has the rest under that id", async () => {
    const { as, log } = await open([failing("public", new TypeError("secret detail"))]);
    const outcome = await as("ru").slash("fail");
    expect(outcome.ephemeral).toBe(true);
    const text = textOf(outcome.message);
    expect(text).toContain("У меня что-то сломалось");
    expect(text).not.toContain("secret detail");
    const line = log.find(({ level }) => level === 50);
    expect(line?.err?.message).toBe("secret detail");
    expect(text).toContain(line?.errorId);
  });

  test.each(["public", "private"] as const)(
    "after a %s thinking, a failure is one private message and no placeholder stays",
    async (visibility) => {
      const wait = gate();
      const { as, discord } = await open([failing(visibility, new UserError("error.restarting"), wait.opened)]);
      const outcome = await as().slash("fail", {}, { until: "acknowledged" });
      expect(outcome.acknowledgement?.kind).toBe("defer");
      wait.release();
      await discord.until("the answer", () => outcome.answers === 1);
      expect(outcome.ephemeral).toBe(true);
      expect(textOf(outcome.message)).toContain("restarting");
      expect(as("en-US", "mira").messages()).toEqual([]);
      expect(discord.problems).toEqual([]);
    },
  );

  test("a command that never ends is given up", async () => {
    const clock = new ManualClock(Date.now());
    const { as, discord } = await open(
      [defineCommand({ name: "stuck", visibility: "private", run: () => new Promise(() => undefined) })],
      clock,
    );
    const asked = as().slash("stuck");
    await expect
      .poll(() => discord.requests.some(({ path }) => path.includes("/callback")) || (clock.advance(500), false))
      .toBe(true);
    clock.advance(10_000);
    const outcome = await asked;
    expect(outcome.answers).toBe(1);
    expect(textOf(outcome.message)).toContain("took too long");
  });

  test("the deadline aborts the signal that the command was given", async () => {
    const clock = new ManualClock(Date.now());
    let signal: AbortSignal | undefined;
    const command = defineCommand({
      name: "stuck",
      visibility: "private",
      run: (_input, context) => {
        ({ signal } = context);
        return new Promise(() => undefined);
      },
    });
    const { as } = await open([command], clock);
    const asked = as().slash("stuck");
    await expect.poll(() => signal !== undefined).toBe(true);
    expect(signal?.aborted).toBe(false);
    clock.advance(10_000);
    await asked;
    expect(signal?.aborted).toBe(true);
  });

  test("a message that Discord refuses is told as a bug", async () => {
    const bad = defineCommand({
      name: "bad",
      visibility: "public",
      run: () => ({ embeds: [{ title: "x", url: "not a url" }] }),
    });
    const { as, log } = await open([bad]);
    const outcome = await as().slash("bad");
    expect(outcome.answers).toBe(1);
    expect(outcome.ephemeral).toBe(true);
    expect(textOf(outcome.message)).toContain("Something broke");
    expect(log.some(({ level }) => level === 50)).toBe(true);
  });

  test("an answer with nothing in it is told as a bug too, also when it comes late", async () => {
    const wait = gate();
    const { as, discord } = await open([
      defineCommand({ name: "empty", visibility: "public", run: () => wait.opened.then(() => ({})) }),
    ]);
    const outcome = await as().slash("empty", {}, { until: "acknowledged" });
    wait.release();
    await discord.until("an answer", () => outcome.answers === 1);
    expect(textOf(outcome.message)).toContain("Something broke");
  });
});

describe("options", () => {
  test("are typed, trimmed, and missing ones refused", async () => {
    const echo = defineCommand({
      name: "echo",
      visibility: "public",
      options: { must: requiredText({ maxLength: 20 }), may: optionalText() },
      run: ({ options }) => words(`${options.must.toUpperCase()}/${options.may ?? "nothing"}`),
    });
    const { as } = await open([echo]);
    expect(textOf((await as().slash("echo", { must: "  a " })).message)).toBe("A/nothing");
    expect(textOf((await as().slash("echo", { must: "a", may: " b " })).message)).toBe("A/b");
    const blank = await as("fr").slash("echo", { must: "   " });
    expect(blank.ephemeral).toBe(true);
    expect(textOf(blank.message)).toContain("champs obligatoires");
  });

  test("suggestions are cut to what Discord takes; a failing one is an empty list", async () => {
    const many = Array.from({ length: 40 }, (_, index) => ({
      name: `${"n".repeat(150)}${index}`,
      value: index === 3 ? "v".repeat(101) : `v${index}`,
    }));
    const command = defineCommand({
      name: "pick",
      visibility: "public",
      options: {
        one: requiredText({ suggest: () => many }),
        two: optionalText({
          suggest: () => {
            throw new Error("broken");
          },
        }),
      },
      run: () => words("x"),
    });
    const { as, discord } = await open([command]);
    const choices = await as().autocomplete("pick", "one", "n");
    expect(choices).toHaveLength(25);
    expect(choices.every(({ name }) => name.length <= 100)).toBe(true);
    expect(await as().autocomplete("pick", "two", "n", { one: "x" })).toEqual([]);
    expect(discord.problems).toEqual([]);
  });
});

describe("components", () => {
  const state = stateOf({ word: z.string() });

  test("a form opened by a button changes the message; one that comes too late is a bug", async () => {
    const wait = gate();
    const form = defineModal({
      command: "panel",
      action: "form",
      audience: "owner",
      state,
      run: ({ state: { word } }) => words(`sent ${word}`),
    });
    const makeForm = (id: string) => {
      const input = new TextInputBuilder().setCustomId("f").setStyle(TextInputStyle.Short).setRequired(false);
      const label = new LabelBuilder().setLabel("l").setTextInputComponent(input);
      return { modal: new ModalBuilder().setCustomId(id).setTitle("t").addLabelComponents(label).toJSON() };
    };
    const now = defineComponent({
      command: "panel",
      action: "now",
      audience: "owner",
      state,
      run: ({ state: given }, context) => makeForm(form.customId(given, context)),
    });
    const late = defineComponent({
      command: "panel",
      action: "late",
      audience: "owner",
      state,
      run: ({ state: given }, context) => wait.opened.then(() => makeForm(form.customId(given, context))),
    });
    const panel = defineCommand({
      name: "panel",
      visibility: "public",
      components: [now, late],
      modals: [form],
      run: (_input, context) => ({
        ...words("panel"),
        components: [
          row(
            button({ label: "now", customId: now.customId({ word: "a:b~c%" }, context) }),
            button({ label: "late", customId: late.customId({ word: "x" }, context) }),
          ),
        ],
      }),
    });
    const { as, discord } = await open([panel]);
    const { message } = await as().slash("panel");
    if (!message) throw new Error("no answer");
    const pressed = await as().click(message, "now");
    if (!pressed.modal) throw new Error("no form");
    await as().submit(pressed.modal, {});
    expect(textOf(message)).toBe("sent a:b~c%");
    const again = await as().slash("panel");
    if (!again.message) throw new Error("no answer");
    const slow = await as().click(again.message, "late", { until: "acknowledged" });
    wait.release();
    await discord.until("the failure to be told", () => slow.followUps.length === 1);
    expect(textOf(slow.followUps[0])).toContain("Something broke");
    expect(textOf(again.message)).toBe("panel");
  });

  test("buttons of a version that is gone say so", async () => {
    const old = defineCommand({
      name: "old",
      visibility: "public",
      run: () => ({
        ...words("old"),
        components: [
          row(
            button({ label: "a", customId: "v0:old:a::" }),
            button({ label: "b", customId: "v1:old:gone::" }),
            button({ label: "c", customId: "v1:away:x::" }),
          ),
        ],
      }),
    });
    const { as } = await open([old]);
    const { message } = await as().slash("old");
    if (!message) throw new Error("no answer");
    for (const label of ["a", "b", "c"]) {
      const pressed = await as("es-ES").click(message, label);
      expect(pressed.ephemeral).toBe(true);
      expect(textOf(pressed.message)).toContain("ya no valen");
    }
  });
});
