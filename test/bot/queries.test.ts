import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { landmarks } from "@zonewire/sandbox/game";
import { startBot, StillClock, textOf, type Bot } from "./bot.js";
import { link, menuOf } from "./linking.js";

const { leader } = landmarks.characters;

/** What a linked player's questions ask of the database, counted where it leaves for the driver. */
describe("one interaction reads a linked account once", () => {
  let bot: Bot;
  const clock = new StillClock();
  const query = vi.spyOn(PGlite.prototype, "query");
  const transaction = vi.spyOn(PGlite.prototype, "transaction");
  const marten = () => bot.as();

  beforeAll(async () => {
    bot = await startBot({ clock, game: { clock } });
    await link(bot, marten(), "marten");
    await link(bot, marten(), "heron");
    // Preferences are kept for half a minute, which does not pass here.
    await marten().slash("account");
  });
  afterAll(async () => {
    query.mockRestore();
    transaction.mockRestore();
    await bot.close();
  });

  /** The tables that `interaction` reads, in turn; other statements as they are. */
  async function queriesOf(interaction: () => Promise<unknown>): Promise<string[]> {
    query.mockClear();
    transaction.mockClear();
    await interaction();
    // What the bot does of its own accord meanwhile is about nobody's account.
    const asked = query.mock.calls.filter(([sql]) => sql.includes('"links"'));
    return asked.map(([sql]) => /^select .* from "(\w+)"/s.exec(sql)?.[1] ?? sql.slice(0, 40));
  }

  test.each([
    ["/account", () => marten().slash("account")],
    ["/friends", () => marten().slash("friends", { region: "EU" })],
    ["/friends of a named character", () => marten().slash("friends", { character: leader, region: "EU" })],
    ["/clan members", () => marten().slash("clan members", { region: "EU" })],
    ["/clan members by their last logins", () => marten().slash("clan members", { region: "EU", sort: "seen" })],
    ["/character list", () => marten().slash("character list", { region: "EU" })],
    ["/character profile of one's own", () => marten().slash("character profile", { region: "EU" })],
    ["/unlink", () => marten().slash("unlink")],
    ["the first suggestions of a region", () => marten().autocomplete("friends", "character", "", { region: "NA" })],
  ])("%s", async (_name, ask) => {
    expect(await queriesOf(ask)).toEqual(["links"]);
  });

  test.each([
    ["one's own characters", ["links"], () => marten().autocomplete("friends", "character", "ma", { region: "NA" })],
    ["/clan members: a clan", [], () => marten().autocomplete("clan members", "clan", "fr", { region: "EU" })],
    ["/clan members: a region", [], () => marten().autocomplete("clan members", "region", "e")],
    ["/price: an item", [], () => marten().autocomplete("price", "item", "se")],
  ])("a further keystroke: %s", async (_name, queries, type) => {
    await marten().autocomplete("friends", "character", "m", { region: "NA" });
    expect(await queriesOf(type)).toEqual(queries);
  });

  test("buttons: another page, another rank, another order", async () => {
    const { message } = await marten().slash("clan members", { region: "EU" });
    expect(await queriesOf(() => marten().click(message!, "›"))).toEqual(["links"]);
    const rank = menuOf(message, "rank").customId;
    expect(await queriesOf(() => marten().select(message!, rank, ["OFFICER"]))).toEqual(["links"]);
    expect(await queriesOf(() => marten().click(message!, "Save as CSV"))).toEqual(["links"]);
  });

  test("choices of /account read what they show once, and write", async () => {
    const { message } = await marten().slash("account");
    const characters = menuOf(message, "character");
    const eu = characters.options.find(({ label }) => label === leader)!;
    const chosen = await queriesOf(() => marten().select(message!, characters.customId, [eu.value]));
    expect(chosen).toEqual(["links", expect.stringMatching(/^update "links"/)]);
    expect(textOf(message)).toContain("Main character: **Marten**");
    const main = menuOf(message, "main");
    const marten_ = main.options.find(({ label }) => label === "marten")!;
    expect(await queriesOf(() => marten().select(message!, main.customId, [marten_.value]))).toEqual(["links"]);
    expect(transaction).toHaveBeenCalled();
  });

  test("what is not about one's own account reads none", async () => {
    for (const ask of [
      () => marten().slash("emission", { region: "EU" }),
      () => marten().slash("help"),
      () => marten().slash("character profile", { name: leader, region: "EU" }),
    ]) {
      expect(await queriesOf(ask)).toEqual([]);
    }
  });
});
