import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { linkButton, menu, row, type MenuOption } from "../../src/kernel/card.js";
import { defineCommand } from "../../src/kernel/command.js";
import { defineComponent, stateOf } from "../../src/kernel/component.js";
import { defineConfirmation } from "../../src/kernel/confirmation.js";
import type { View } from "../../src/kernel/view.js";
import { stringSelect } from "../../packages/sandbox/src/discord/validation/components.js";
import { labels } from "../message.js";
import { openWorkshop, type Workshop } from "./workshop.js";

let workshop: Workshop | undefined;
afterEach(async () => {
  await workshop?.close();
  workshop = undefined;
});

const text = fc.oneof(
  fc.constantFrom(" ", "\n\t"),
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.string({ minLength: 90, maxLength: 130 }),
);
const option: fc.Arbitrary<MenuOption> = fc.record(
  { label: text, value: text, description: text, chosen: fc.boolean() },
  { requiredKeys: ["label", "value"] },
);

describe("menus", () => {
  test("whatever is to be chosen from, Discord takes the menu", () => {
    fc.assert(
      fc.property(
        fc.array(option, { maxLength: 40 }),
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 1, max: 30 }),
        fc.option(text, { nil: undefined }),
        (options, min, max, placeholder) => {
          const look = { customId: "x", options, min, max, ...(placeholder !== undefined && { placeholder }) };
          const built = menu(look);
          expect(stringSelect.safeParse(built).error).toBeUndefined();
          const values = options.map(({ value }) => value);
          const usable = new Set(values.filter((value) => value.trim() !== "" && value.length <= 100));
          if (usable.size > 0) expect(built.options.map(({ value }) => value)).toEqual([...usable].slice(0, 25));
          expect(built.disabled).toBe(usable.size === 0);
        },
      ),
    );
  });

  test("give what was chosen, and show it as chosen", async () => {
    const RANKS = ["leader", "officer", "soldier"];
    const show = (chosen: readonly string[], customId: string): View => ({
      content: `shown: ${chosen.join()}`,
      components: [
        row(
          menu({
            customId,
            placeholder: "All ranks",
            min: 0,
            max: 2,
            options: RANKS.map((value) => ({
              label: value.toUpperCase(),
              value,
              emoji: "⭐",
              chosen: chosen.includes(value),
            })),
          }),
        ),
      ],
    });
    const ranks = defineComponent({
      command: "members",
      action: "ranks",
      audience: "owner",
      state: stateOf({ clan: z.string() }),
      run: ({ state, values }, context): View => show(values, ranks.customId(state, context)),
    });
    const members = defineCommand({
      name: "members",
      visibility: "public",
      components: [ranks],
      run: (_input, context) => show([], ranks.customId({ clan: "wolf" }, context)),
    });
    workshop = await openWorkshop([members]);
    const { as, discord } = workshop;
    const { message } = await as().slash("members");
    const built = () => {
      const [first] = message?.components ?? [];
      const [part] = first && "components" in first ? first.components : [];
      return stringSelect.parse(part);
    };
    expect(built()).toMatchObject({ placeholder: "All ranks", min_values: 0, max_values: 2 });
    await as().select(message!, built().custom_id, ["soldier", "leader"]);
    expect(message?.content).toBe("shown: soldier,leader");
    expect(built().options.map((one) => one.default)).toEqual([true, false, true]);
    await as().select(message!, built().custom_id, []);
    expect(message?.content).toBe("shown:");
    expect(discord.problems).toEqual([]);
  });

  test("a link button opens an address and nothing else", async () => {
    const url = `https://exbo.net/oauth/authorize?state=${"x".repeat(400)}`;
    const go = defineCommand({
      name: "go",
      visibility: "private",
      run: () => ({ content: "go", components: [row(linkButton({ label: "Open", url }))] }),
    });
    workshop = await openWorkshop([go]);
    const { message } = await workshop.as().slash("go");
    expect(JSON.stringify(message?.components)).toContain(url);
    await expect(workshop.as().click(message!, "Open")).rejects.toThrow("only opens a link");
    expect(workshop.discord.problems).toEqual([]);
  });
});

describe("a confirmation", () => {
  const done: string[] = [];
  const forget = defineConfirmation({
    command: "forget",
    action: "forget",
    state: stateOf({ what: z.string() }),
    label: "account.link",
    run({ what }, { userId }) {
      done.push(`${what} of ${userId}`);
      return { content: "gone" };
    },
  });
  const command = defineCommand({
    name: "forget",
    visibility: "public",
    components: forget.components,
    run: (_input, context) => ({ content: "sure?", components: [forget.buttons({ what: "all" }, context)] }),
  });

  test("does it on one button, leaves everything on the other, and is only for who was asked", async () => {
    workshop = await openWorkshop([command]);
    const { as, discord } = workshop;
    done.length = 0;
    const first = await as("ru").slash("forget");
    expect(labels(first.message)).toEqual(["Привязать аккаунт EXBO", "Отмена"]);
    await as("ru").click(first.message!, "Отмена");
    expect(first.message).toMatchObject({ content: "Ничего не изменилось.", components: [] });
    expect(done).toEqual([]);
    const second = await as().slash("forget");
    const other = await as("en-US", "mira").click(second.message!, "Link my EXBO account");
    expect(other.ephemeral).toBe(true);
    expect(done).toEqual([]);
    await as().click(second.message!, "Link my EXBO account");
    expect(second.message).toMatchObject({ content: "gone", components: [] });
    expect(done).toEqual([`all of ${discord.users.find(({ username }) => username === "vesper")!.id}`]);
  });
});
