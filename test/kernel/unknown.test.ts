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
    unknown: (error) =>
      Promise.resolve(
        error instanceof Missing && error.kind === "region"
          ? new UserError("error.region-unknown", { region: "there" })
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
const press = defineComponent({
  command: "panel",
  action: "press",
  audience: "owner",
  state: stateOf({}),
  run: () => Promise.reject(new Missing("region")),
});
const panel = defineCommand({
  name: "panel",
  visibility: "public",
  components: [press],
  run: (_input, context) => ({
    content: "panel",
    components: [row(button({ label: "press", customId: press.customId({}, context) }))],
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

test("and so for a button of a command without that option", async () => {
  const { message } = await workshop.as().slash("panel");
  const pressed = await workshop.as().click(message!, "press");
  expect(textOf(pressed.message)).toContain("do not know the region **there**");
});

test("an option that says nothing of its own has what was typed told, and nothing of the others", async () => {
  const { message } = await workshop.as().slash("look", { thing: "*odd*", region: "XX" });
  expect(textOf(message)).toContain("knows nothing of **\\*odd\\***");
  expect(textOf(message)).not.toContain("XX");
});
