import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { button, card, row } from "../../src/kernel/card.js";
import { defineCommand } from "../../src/kernel/command.js";
import { defineComponent, defineModal, stateOf, type Audience } from "../../src/kernel/component.js";
import type { Context } from "../../src/kernel/context.js";
import { UserError } from "../../src/kernel/errors.js";
import { loadCommands } from "../../src/kernel/load.js";
import { form } from "../../src/kernel/form.js";
import type { PersonPreferences } from "../../src/kernel/preferences.js";
import type { View } from "../../src/kernel/view.js";
import { labels, textOf } from "../message.js";
import { openWorkshop, type Workshop } from "./workshop.js";

describe("a button", () => {
  let workshop: Workshop;
  let chosen: string | null = null;
  const state = stateOf({ word: z.string(), more: z.string().optional() });

  const show = (word: string, context: Context): View => ({
    embeds: [card({ title: `${word} ${context.t("confirm.cancel")} ${context.userName}` })],
    components: [row(...buttons(word, context).slice(0, 3)), row(...buttons(word, context).slice(3))],
  });
  const buttons = (word: string, context: Context) =>
    Object.entries(parts).map(([label, part]) =>
      button({ label, customId: part.customId({ word, more: undefined }, context) }),
    );
  const part = (action: string, audience: Audience, run: (context: Context) => View | Promise<View>) =>
    defineComponent({ command: "panel", action, audience, state, run: (_press, context) => run(context) });
  const parts: Record<string, ReturnType<typeof part>> = {
    mine: part("mine", "owner", (context) => show("mine", context)),
    copied: part("copied", "copied", (context) => show("copied", context)),
    ours: part("ours", "anyone", (context) => show("ours", context)),
    refusing: part("refusing", "anyone", () => {
      throw new UserError("error.panel-expired");
    }),
    apart: part("apart", "apart", (context) => show("apart", context)),
    asking: defineComponent({
      command: "panel",
      action: "asking",
      audience: "apart",
      state,
      run: (_press, context) =>
        form({
          customId: answer.customId({ word: "asked", more: undefined }, context),
          title: "Which?",
          fields: [
            { name: "text", label: "Text", maxLength: 5, required: false, value: "longer than that" },
            {
              name: "choice",
              label: "Choice",
              description: "One of two",
              options: [
                { label: "First", value: "1", chosen: true },
                { label: "Second", value: "2" },
              ],
            },
          ],
        }),
    }),
  };
  const answer = defineModal({
    command: "panel",
    action: "answer",
    audience: "apart",
    state,
    run: ({ state: { word }, fields }, context) => show(`${word} ${fields.text}/${fields.choice}`, context),
  });

  beforeAll(async () => {
    const panel = defineCommand({
      name: "panel",
      visibility: "public",
      components: Object.values(parts),
      modals: [answer],
      run: (_input, context) => show("first", context),
    });
    const speak = defineCommand({
      name: "speak",
      visibility: "public",
      async run(_input, context) {
        chosen = "ko";
        return show("spoken", await context.reread());
      },
    });
    const person = (): PersonPreferences => ({
      region: null,
      language: chosen,
      privateAnswers: null,
      feePercent: null,
      energyPrice: null,
    });
    workshop = await openWorkshop([panel, speak], undefined, {
      simulated: true,
      preferences: {
        people: { get: () => Promise.resolve(person()) },
        servers: { get: () => Promise.resolve(undefined) },
      },
      commandId: () => "77",
    });
  });
  afterAll(() => workshop.close());
  beforeEach(() => {
    chosen = null;
  });

  async function ask() {
    const { message } = await workshop.as("fr").slash("panel");
    if (!message) throw new Error("no answer");
    return message;
  }

  test("that is its owner's alone names the command to others, to be clicked", async () => {
    const message = await ask();
    const pressed = await workshop.as("ru", "mira").click(message, "mine");
    expect(pressed.ephemeral).toBe(true);
    expect(textOf(pressed.message)).toContain("</panel:77>");
    expect(textOf(message)).toContain("first");
  });

  test("that is copied gives others an answer of their own, which is theirs to go on with", async () => {
    const message = await ask();
    const mira = workshop.as("ru", "mira");
    const pressed = await mira.click(message, "copied");
    expect(pressed.ephemeral).toBe(true);
    expect(textOf(pressed.message)).toContain("copied Отмена Mira");
    expect((await mira.click(pressed.message!, "mine")).acknowledgement?.kind).toBe("update");
    expect(textOf(message)).toContain("first");
    expect((await workshop.as("fr").click(message, "copied")).acknowledgement?.kind).toBe("update");
    expect(textOf(message)).toContain("copied");
  });

  test("that is anyone's leaves the message in its language, line below included; a refusal is in the presser's", async () => {
    const message = await ask();
    const footer = message.embeds[0]?.footer?.text;
    for (const locale of ["ru", "ko", "en-US"]) {
      await workshop.as(locale, "mira").click(message, "ours");
      expect(textOf(message)).toContain("ours Annuler");
      expect(message.embeds[0]?.footer?.text).toBe(footer);
      expect(labels(message)).toContain("ours");
    }
    const refused = await workshop.as("es-ES", "mira").click(message, "refusing");
    expect(textOf(refused.message)).toContain("ya no valen");
  });

  test("that stands apart leaves the message, and answers each who presses in private, its owner too", async () => {
    const message = await ask();
    for (const [locale, name, words] of [
      ["fr", undefined, "apart Annuler"],
      ["ru", "mira", "apart Отмена Mira"],
    ] as const) {
      const pressed = await workshop.as(locale, name).click(message, "apart");
      expect(pressed.ephemeral).toBe(true);
      expect(textOf(pressed.message)).toContain(words);
      expect(textOf(message)).toContain("first");
    }
  });

  test("that stands apart may open a form, whose answer stands apart too", async () => {
    const message = await ask();
    for (const [locale, name] of [["fr"], ["ru", "mira"]] as const) {
      const { modal } = await workshop.as(locale, name).click(message, "asking");
      expect(modal).toMatchObject({ title: "Which?" });
      const sent = await workshop.as(locale, name).submit(modal!, { choice: "2" });
      expect(sent.ephemeral).toBe(true);
      expect(textOf(sent.message)).toContain("asked long…/2");
      expect(textOf(message)).toContain("first");
    }
  });

  test("and the line under a card speak the language that was just chosen", async () => {
    const { message } = await workshop.as("fr").slash("speak");
    const korean = await workshop.as("ko").slash("panel");
    expect(message?.embeds[0]?.footer?.text).toBe(korean.message?.embeds[0]?.footer?.text);
  });
});

test("under a public answer every button is for everybody, each for themselves or all together", async () => {
  const commands = await loadCommands(join(import.meta.dirname, "../../commands"));
  const actions = commands.flatMap((command) => [...command.actions]);
  const refusing = actions
    .filter(([, { visibility }]) => visibility === "public")
    .flatMap(([, { components = [], modals = [] }]) => [...components, ...modals])
    .filter(({ audience }) => audience === "owner");
  expect(refusing.map(({ command, action }) => `${command} ${action}`)).toEqual([]);
  const personal = actions
    .filter(([, { visibility }]) => visibility === "private")
    .flatMap(([, { components = [], modals = [] }]) => [...components, ...modals])
    .filter(({ audience }) => audience !== "owner" && audience !== "apart");
  // They hang on the sign-up message, which the bot sends by itself and all see.
  const signUp = ["yes", "late", "no", "reason"].map((action) => `war next ${action}`);
  expect(personal.map(({ command, action }) => `${command} ${action}`)).toEqual(signUp);
});
