import { afterAll, beforeAll, expect, test } from "vitest";
import { button, row } from "../../src/kernel/card.js";
import { defineCommand } from "../../src/kernel/command.js";
import { defineComponent, stateOf } from "../../src/kernel/component.js";
import { UserError } from "../../src/kernel/errors.js";
import { optionalText, requiredText } from "../../src/kernel/option.js";
import { textOf } from "../message.js";
import { openWorkshop, type Workshop } from "./workshop.js";

/** What an outside service throws for a thing that it does not have. */
class Missing extends Error {
  readonly kind: string;

  constructor(kind: string) {
    super(`no such ${kind}`);
    this.kind = kind;
  }
}

const regionOption = () =>
  optionalText({
    unknown: (error, _context, pressed) =>
      Promise.resolve(
        error instanceof Missing && error.kind === "region"
          ? new UserError("error.region-unknown", { region: pressed ? `there, of ${pressed.command}` : "there" })
          : undefined,
      ),
  });

const look = defineCommand({
  name: "look",
  visibility: "public",
  options: { thing: requiredText(), region: regionOption() },
  run: ({ options }) => Promise.reject(new Missing(options.thing)),
});

/** Has no option that explains anything. */
const presses = ["region", "thing"].map((kind) =>
  defineComponent({
    command: "panel",
    action: kind,
    audience: "owner",
    state: stateOf({}),
    run: () => Promise.reject(new Missing(kind)),
  }),
);
const panel = defineCommand({
  name: "panel",
  visibility: "public",
  components: presses,
  run: (_input, context) => ({
    content: "panel",
    components: [row(...presses.map((one) => button({ label: one.action, customId: one.customId({}, context) })))],
  }),
});

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop([look, panel], undefined, {
    diagnose: (error) => (error instanceof Missing ? "unknown" : undefined),
  });
});
afterAll(() => workshop.close());

test("what does not exist is told by the option that names it", async () => {
  const { message, ephemeral } = await workshop.as().slash("look", { thing: "region", region: "XX" });
  expect(ephemeral).toBe(true);
  expect(textOf(message)).toContain("do not know the region **there**");
});

test("and so for a button of a command without that option, which nobody typed", async () => {
  const { message } = await workshop.as().slash("panel");
  const pressed = await workshop.as().click(message!, "region");
  expect(textOf(pressed.message)).toContain("do not know the region **there, of `/panel`**");
});

test.each([
  ["en-US", "no longer in the game. Please run `/panel` again"],
  ["ru", "в игре больше нет. Вызовите `/panel`"],
])("a button whose error no option explains says so politely, and what to do (%s)", async (locale, words) => {
  const { message } = await workshop.as(locale).slash("panel");
  const pressed = await workshop.as(locale).click(message!, "thing");
  expect(pressed.ephemeral).toBe(true);
  expect(textOf(pressed.message)).toContain(words);
  expect(message?.content).toBe("panel");
  expect(workshop.log.filter(({ level }) => level >= 40)).toEqual([]);
});

test("an option that says nothing of its own has what was typed told, and nothing of the others", async () => {
  const { message } = await workshop.as().slash("look", { thing: "*odd*", region: "XX" });
  expect(textOf(message)).toContain("knows nothing of **\\*odd\\***");
  expect(textOf(message)).not.toContain("XX");
});
