import { ComponentType } from "discord-api-types/v10";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Message, Outcome } from "@zonewire/sandbox/discord";
import { landmarks } from "@zonewire/sandbox/game";
import { asking } from "../registered.js";
import { aMinuteLater, ERROR, startBot, StillClock, textOf, type Bot } from "./bot.js";
import { calling } from "./calling.js";
import { link } from "./linking.js";

const { items } = landmarks;
const BROKEN = "broke on my side";

/** A button, or a menu with what to choose in it. */
interface Usable {
  readonly id: string;
  readonly values?: readonly string[];
}

function usable(message: Message): Usable[] {
  const parts = message.components.flatMap((row) => (row.type === ComponentType.ActionRow ? row.components : []));
  return parts.flatMap((part): Usable[] => {
    if (!("custom_id" in part) || part.custom_id === undefined || part.disabled) return [];
    if (part.type !== ComponentType.StringSelect) return [{ id: part.custom_id }];
    const option = part.options.find((one) => !one.default);
    return option ? [{ id: part.custom_id, values: [option.value] }] : [];
  });
}

describe("what an old answer was about is gone", () => {
  const clock = new StillClock();
  let bot: Bot;
  beforeAll(async () => {
    bot = await startBot({ clock, game: { clock, limitPerMinute: 100_000 } });
    await link(bot);
  });
  afterEach(() => aMinuteLater(bot, clock));
  afterAll(() => bot.close());

  async function use(message: Message, { id, values }: Usable, locale: string) {
    const person = bot.as(locale);
    return values ? person.select(message, id, values) : person.click(message, id);
  }

  async function ask(
    locale: string,
    name: string,
    options: Record<string, string | number | boolean>,
  ): Promise<Message> {
    const { message } = await bot.as(locale).slash(name, options);
    if (!message) throw new Error(`no answer to /${name}`);
    return message;
  }

  /** From now on the API answers so to all that is about a region. */
  function gone(status: number): void {
    clock.time += 11 * 60_000;
    bot.game.faults.add({ kind: "status", status }, { path: /^\/(?:RU|EU|NA|SEA)\// });
  }

  test.each([404, 400])("each button and menu has a polite answer, where the API says %i", async (status) => {
    const messages = [];
    for (const action of asking)
      messages.push([action.path, await ask("en-US", action.path, calling(action, bot, "EU"))] as const);
    messages.push(["account", await ask("en-US", "account", {})] as const);
    messages.push(["price", await ask("en-US", "price", { item: items.unlisted, region: "EU" })] as const);
    gone(status);
    const refused: string[] = [];
    for (const [name, message] of messages) {
      for (const one of usable(message)) {
        // Some show what is known, in place of the message with the others.
        if (!usable(message).some(({ id }) => id === one.id)) continue;
        const outcome: Outcome = await use(message, one, "en-US");
        const what = `${name} ${one.id}`;
        expect({ what, failure: outcome.failure, answers: outcome.answers }).toEqual({
          what,
          failure: undefined,
          answers: 1,
        });
        expect(textOf(outcome.message), what).not.toContain(BROKEN);
        if (outcome.ephemeral && outcome.message !== message) refused.push(textOf(outcome.message));
      }
    }
    expect(refused.length).toBeGreaterThan(10);
    expect(bot.log.filter(({ level }) => level >= ERROR)).toEqual([]);
  });

  test.each([
    ["lots", ":price:", 400, "no longer has this item", "предмета в игре больше нет"],
    ["clan list", ":open:", 404, "clan is no longer in **EU**", "клана больше нет в регионе **EU**"],
    ["clan info", ":clan members:", 404, "clan is no longer in **EU**", "клана больше нет в регионе **EU**"],
    ["character profile", ":part:", 404, "**Marten** is no longer in **EU**", "Персонажа **Marten** больше нет"],
    ["account", ":character:", 404, "no longer on your account", "больше нет на вашем аккаунте"],
    ["emission", ":refresh:", 404, "no longer in the game", "в игре больше нет"],
  ] as const)("under /%s, %s says what is gone and what to do", async (path, part, status, ...words) => {
    const action = asking.find((one) => one.path === path);
    const options = { ...(action && calling(action, bot, "EU")), ...(path === "lots" && { item: items.unlisted }) };
    for (const [index, locale] of (["en-US", "ru"] as const).entries()) {
      const message = await ask(locale, path, options);
      const before = textOf(message);
      const target = usable(message).find(({ id }) => id.includes(part));
      gone(status);
      const outcome = await use(message, target!, locale);
      expect(outcome.ephemeral).toBe(true);
      expect(textOf(outcome.message)).toContain(words[index]);
      expect(textOf(outcome.message)).toMatch(/<\/[a-z ]+:\d+>/);
      expect(textOf(message)).toBe(before);
      await aMinuteLater(bot, clock);
    }
  });
});
