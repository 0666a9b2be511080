import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { landmarks } from "@zonewire/sandbox/game";
import { openApiAvailable, openApiChecker } from "../../packages/sandbox/test/discord/openapi.js";
import { labels, startBot, StillClock, textOf, type Bot } from "./bot.js";

describe("buttons", () => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await startBot();
  });
  afterAll(() => bot.close());

  async function clanList(locale = "en-US") {
    const { message } = await bot.as(locale).slash("clan list", { region: "EU" });
    if (!message) throw new Error("no answer");
    return message;
  }

  test("anybody may refresh an emission, which stays in its language", async () => {
    const { message } = await bot.as("en-US").slash("emission", { region: "EU" });
    if (!message) throw new Error("no answer");
    const pressed = await bot.as("ru", { person: "mira" }).click(message, "Refresh");
    expect(pressed.acknowledgement?.kind).toBe("update");
    const before = textOf(message);
    expect(labels(message)).toEqual(["Refresh", "Notify me", "History"]);
    const again = await bot.as("ko", { person: "mira" }).click(message, "Refresh");
    expect(again.acknowledgement?.kind).toBe("update");
    expect(textOf(message)).toBe(before);
  });

  test("pages turn forwards, backwards and to both ends", async () => {
    const message = await clanList();
    const seen = [textOf(message)];
    for (const [label, position] of [
      ["›", "2 / 4"],
      ["›", "3 / 4"],
      ["»", "4 / 4"],
      ["‹", "3 / 4"],
      ["«", "1 / 4"],
    ] as const) {
      const pressed = await bot.as().click(message, label);
      expect(pressed.answers).toBe(1);
      expect(labels(message)).toContain(position);
      seen.push(textOf(message));
    }
    expect(new Set(seen).size).toBe(4);
    expect(seen.at(-1)).toBe(seen[0]);
  });

  test("the first page cannot be turned back, nor the last one forwards", async () => {
    const message = await clanList();
    await expect(bot.as().click(message, "‹")).rejects.toThrow("disabled");
    await bot.as().click(message, "»");
    await expect(bot.as().click(message, "›")).rejects.toThrow("disabled");
  });

  test("a page is reached by its number, through a form", async () => {
    const message = await clanList("fr");
    const opened = await bot.as("fr").click(message, "1 / 4");
    expect(opened.modal?.title).toBe("Aller à la page");
    if (!opened.modal) throw new Error("no form");
    await bot.as("fr").submit(opened.modal, { page: "3" });
    expect(labels(message)).toContain("3 / 4");
  });

  test.each(["0", "5", "x", "1.5", "-1"])("a page called %s is refused privately, and the list stays", async (page) => {
    const message = await clanList();
    const before = textOf(message);
    const opened = await bot.as().click(message, "1 / 4");
    if (!opened.modal) throw new Error("no form");
    const refused = await bot.as().submit(opened.modal, { page });
    expect(refused.ephemeral).toBe(true);
    expect(textOf(refused.message)).toContain("1 to 4");
    expect(textOf(message)).toBe(before);
  });

  test("who turns the pages of somebody else gets them in private, in their language, to turn on", async () => {
    const message = await clanList();
    const before = textOf(message);
    const mira = bot.as("ru", { person: "mira" });
    const copy = await mira.click(message, "›");
    expect(copy.ephemeral).toBe(true);
    expect(labels(copy.message)).toContain("2 / 4");
    expect(textOf(copy.message)).not.toBe(before);
    expect((await mira.click(copy.message!, "›")).acknowledgement?.kind).toBe("update");
    expect(labels(copy.message)).toContain("3 / 4");
    expect(textOf(message)).toBe(before);
    expect(labels(message)).toContain("1 / 4");
  });

  test("so does who asks for a page of somebody else's by its number", async () => {
    const message = await clanList();
    const before = textOf(message);
    const mira = bot.as("ru", { person: "mira" });
    const opened = await mira.click(message, "1 / 4");
    const copy = await mira.submit(opened.modal!, { page: "3" });
    expect(copy.ephemeral).toBe(true);
    expect(labels(copy.message)).toContain("3 / 4");
    expect(textOf(message)).toBe(before);
  });

  test.each([
    ["price", { item: landmarks.items.popular }, "Lots"],
    ["item", { item: landmarks.items.popular }, "Price"],
  ] as const)("so does who opens a panel under /%s of somebody else", async (name, options, label) => {
    const { message } = await bot.as().slash(name, options);
    const before = textOf(message);
    const copy = await bot.as("en-US", { person: "mira" }).click(message!, label);
    expect([copy.ephemeral, copy.answers]).toEqual([true, 1]);
    expect(textOf(message)).toBe(before);
  });

  test("a form opened from one's own answer still changes it", async () => {
    const message = await clanList();
    const opened = await bot.as().click(message, "1 / 4");
    const sent = await bot.as().submit(opened.modal!, { page: "2" });
    expect(sent.acknowledgement?.kind).toBe("update");
    expect(labels(message)).toContain("2 / 4");
  });

  test("operations page with their filters", async () => {
    const { message } = await bot.as().slash("operations", { region: "EU", map: "focus" });
    if (!message) throw new Error("no answer");
    await bot.as().click(message, "›");
    const headings = message.embeds[0]?.fields?.map(({ name }) => name) ?? [];
    expect(headings).toHaveLength(5);
    for (const heading of headings) expect(heading).toContain("Focus");
  });

  test("buttons survive a restart of the bot", async () => {
    const message = await clanList();
    await bot.restart();
    await bot.as().click(message, "›");
    expect(labels(message)).toContain("2 / 4");
  });

  test("a double click is answered twice and breaks nothing", async () => {
    const message = await clanList();
    const clicks = await Promise.all([bot.as().click(message, "›"), bot.as().click(message, "›")]);
    for (const click of clicks) expect(click.failure).toBeUndefined();
    expect(labels(message)).toContain("2 / 4");
  });

  test("nothing went wrong on the way", () => {
    expect(bot.discord.problems).toEqual([]);
    expect(bot.complaints()).toEqual([]);
  });

  test.skipIf(!openApiAvailable)(
    "registration, updates and forms are such that Discord's own description allows them",
    () => {
      expect(bot.discord.requests.filter(({ body }) => body !== undefined).length).toBeGreaterThan(20);
      expect(bot.discord.requests.flatMap(openApiChecker())).toEqual([]);
    },
  );
});

describe("names full of markup", () => {
  test("are shown as they were written, and mention nobody", async () => {
    const bot = await startBot();
    const { characters } = landmarks;
    for (const name of [characters.hostile, characters.markup, characters.hostileClanMember]) {
      const { message } = await bot.as().slash("character profile", { name, region: "EU" });
      const text = textOf(message);
      expect(text).not.toMatch(/@everyone|(?<!\\)\[click|(?<!\\)\*\*bold|<@\d+>|^# /m);
      expect(message?.mentions).toEqual([]);
      expect(message?.mentionEveryone).toBe(false);
    }
    await bot.close();
  });
});

test("a refresh shows the emission that has begun since", async () => {
  const clock = new StillClock();
  const bot = await startBot({ clock });
  const { message } = await bot.as().slash("emission", { region: "EU" });
  expect(textOf(message)).toContain("Calm");
  bot.game.startEmission("EU");
  // The core keeps an emission for ten seconds.
  clock.time += 11_000;
  const pressed = await bot.as().click(message!, "Refresh");
  expect(textOf(message)).toContain("An emission is under way");
  // A clock that runs apart from Discord's costs nobody the direct answer.
  expect(pressed.acknowledgement?.kind).toBe("update");
  await bot.close();
});
