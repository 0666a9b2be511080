import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { alertMessage } from "../../commands/alert-cards/render.js";
import { priceAlert } from "../../commands/alert-cards/price.js";
import { ClanDirectory } from "../../src/clans/index.js";
import { Items } from "../../src/items/index.js";
import { messageContext } from "../../src/kernel/context.js";
import { decodeCustomId } from "../../src/kernel/custom-id.js";
import { LOCALES, type Locale } from "../../src/kernel/locale.js";
import { Texts } from "../../src/kernel/texts.js";
import type { View } from "../../src/kernel/index.js";
import type { MatchedLot, PriceEvent } from "../../src/watch/index.js";
import { GameSimulator, landmarks } from "@zonewire/sandbox/game";
import { API } from "@zonewire/stalcraft";
import { ManualClock } from "../manual-clock.js";

const NOON = Date.UTC(2026, 10, 28, 12);
const HOUR = 3_600_000;
const { artefact, popular } = landmarks.items;

describe("an alert about prices", () => {
  let texts: Texts;
  let game: GameSimulator;
  let items: Items;
  let clans: ClanDirectory;
  beforeAll(async () => {
    texts = await Texts.load(join(import.meta.dirname, "../../locales"));
    game = await GameSimulator.start();
    const clock = new ManualClock();
    items = new Items({ source: game.itemsUrl, clock });
    clans = new ClanDirectory({ stalcraft: new API({ server: game.apiUrl }), clock, onFailure: () => undefined });
    await items.start();
    items.stop();
  });
  afterAll(() => game.close());

  const context = (locale: Locale = "en", now = NOON) => ({
    ...messageContext({ texts, time: { now: () => now }, commandId: () => "7" }, locale),
    items,
    clans,
  });
  const lot = (changes: Partial<MatchedLot> = {}): MatchedLot => ({
    ...{ quality: 0, level: 0, amount: 1, unit: 750, price: 750, median: 1_000, sales: 12 },
    startTime: new Date(NOON - HOUR / 4).toISOString(),
    endTime: new Date(NOON + HOUR).toISOString(),
    ...changes,
  });
  const event = (lots: MatchedLot[], more = 0, itemId: string = popular): PriceEvent => ({
    ...{ kind: "price", region: "EU", itemId, lots, more },
    why: { limit: { by: "unit", most: 800 } },
  });
  const own = { watchId: "abcdefghij", guildId: null };
  const text = (view: View | undefined) =>
    [
      view?.content,
      ...(view?.embeds ?? []).flatMap(({ title, description, footer }) => [title, description, footer?.text]),
    ].join("\n");
  const buttons = (view: View | undefined) =>
    (view?.components ?? []).flatMap(({ components }) =>
      components.flatMap((one) => ("custom_id" in one ? [decodeCustomId(one.custom_id)] : [])),
    );

  test("says what is for sale, at what price, against what, since and until when, and why it came", () => {
    const one = lot({ amount: 5, price: 3_750, quality: 5, level: 15, studied: 168.2 });
    const view = priceAlert([event([one], 0, artefact)], own, context());
    const said = text(view);
    for (const words of [
      ": a lot for 750\u00a0₽ per unit",
      "**750\u00a0₽** · 5 for 3,750\u00a0₽ · 🟡 Legendary +15 · 168.2%",
      "25% below the 7-day median 1,000\u00a0₽ (12 sales)",
      `listed <t:${(NOON - HOUR / 4) / 1_000}:R> · ends <t:${(NOON + HOUR) / 1_000}:R>`,
      "Your watch: at most 800\u00a0₽ per unit",
      "10–20 minutes late",
    ])
      expect(said).toContain(words);
    expect(said).not.toContain("1\\.");
  });

  test("has buttons that lead to the watch, and to the lots for whoever presses", () => {
    const view = priceAlert([event([lot()])], own, context());
    expect(buttons(view).map((id) => [id?.command, id?.action, id?.values.join()])).toEqual([
      ["lots", "alerted", `abcdefghij,${popular},EU,,`],
      ["watch price", "snooze", "abcdefghij,1"],
      ["watch price", "snooze", "abcdefghij,8"],
      ["watch price", "pause", "abcdefghij"],
      ["watch price", "remove", "abcdefghij"],
    ]);
    const ofServer = priceAlert([event([lot()])], { ...own, guildId: "5" }, context());
    expect(
      new Set(
        buttons(ofServer)
          .slice(1)
          .map((id) => id?.command),
      ),
    ).toEqual(new Set(["alerts price"]));
    expect(text(ofServer)).toContain("This server’s alert: ");
  });

  test.each(LOCALES)("puts many matches of one watch into one message, the cheapest first, in %s", (locale) => {
    const told = [
      event([lot({ unit: 700 }), lot({ unit: 790 })], 3),
      event([lot({ unit: 650, median: undefined, sales: undefined })]),
    ];
    const view = alertMessage(
      told.map((alert) => ({ alert, ...own })),
      context(locale),
    );
    const [embed] = view?.embeds ?? [];
    expect(view?.embeds).toHaveLength(1);
    const units = [...(embed?.description ?? "").matchAll(/^\d\\\. \*\*(\d+)/gm)].map(([, unit]) => unit);
    expect(units).toEqual(["650", "700", "790"]);
    expect(view?.content).toContain("6");
    expect(view?.content).toContain("650");
    expect(buttons(view)).toHaveLength(5);
  });

  test("tells of no lot that has ended, and nothing where all have", () => {
    const over = lot({ unit: 1, endTime: new Date(NOON - 1).toISOString() });
    expect(text(priceAlert([event([over, lot()])], own, context()))).toContain("a lot for 750");
    expect(priceAlert([event([over])], own, context())).toBeUndefined();
    expect(alertMessage([{ alert: event([over]), ...own }], context())).toBeUndefined();
  });

  test("shows a discount to the median, and a price of an item that nobody knows", () => {
    const why = { limit: { by: "median", discount: 0.125 }, quality: 5, level: 0, amount: 3 } as const;
    const said = text(priceAlert([{ ...event([lot()], 0, "zzzz9"), why }], own, context()));
    expect(said).toContain("at least 12.5% below the 7-day median · 🟡 Legendary +0 · 3 or more in a lot");
    expect(said).toContain("zzzz9");
  });

  test("of several watches is a digest without buttons", () => {
    const view = alertMessage(
      [
        { alert: event([lot()]), ...own },
        { alert: event([lot()]), ...own, watchId: "another123" },
        { alert: event([lot({ unit: 2 })]), ...own },
      ],
      context(),
    );
    expect(view?.embeds).toHaveLength(2);
    expect(view?.content?.split("\n")).toHaveLength(2);
    expect(buttons(view)).toEqual([]);
  });
});
