import { join } from "node:path";
import { sql, type SQL } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { landmarks, type RegionId } from "@zonewire/sandbox/game";
import type { Channel, Post } from "@zonewire/sandbox/discord";
import { backUp } from "../../src/store/backup.js";
import { KeyRing } from "../../src/store/index.js";
import { restore } from "../../src/store/restore.js";
import { rowsOf } from "../../src/store/rows.js";
import { Store } from "../../src/store/store.js";
import { WAIT_MS } from "../../src/watch/looking/commits.js";
import { PATIENCE_MS } from "../patience.js";
import { freshFolder } from "../store/engines.js";
import { borrowDatabase } from "../store/shared.js";
import { sourceName } from "../../src/zonewire/game.js";
import { labels, ShiftedClock, startBot, textOf, type Bot } from "./bot.js";
import { menuOf } from "./linking.js";

const { untraded, artefact, popular } = landmarks.items;
const region: RegionId = "EU";

/** What came of a look that nobody waits for is stored at once, in place of with others: the next look has to wait for that. */
class PromptClock extends ShiftedClock {
  override setBackgroundTimeout(callback: () => void, ms: number): () => void {
    return super.setBackgroundTimeout(callback, ms === WAIT_MS.elastic ? WAIT_MS.news : ms);
  }
}

describe("prices that are watched", () => {
  const clock = new PromptClock();
  const keys = KeyRing.parse(KeyRing.newKey());
  let borrowed: Awaited<ReturnType<typeof borrowDatabase>>[] = [];
  let bot: Bot;
  let market: Channel;
  beforeAll(async () => {
    borrowed = [await borrowDatabase(), await borrowDatabase()];
    bot = await startBot({ clock, game: { clock }, store: new Store(borrowed[0]!.database, keys, clock) });
    const [guild] = bot.discord.guilds;
    if (!guild) throw new Error("there is no server");
    market = bot.discord.world.addChannel(guild, "market");
  });
  afterAll(async () => {
    await bot.close();
    for (const { giveBack } of borrowed) giveBack();
  });

  const watch = (options: Record<string, string | number>, locale = "en-US", person = "vesper") =>
    bot.as(locale, { person }).slash("watch price", { item: untraded, region, ...options });
  const alert = (options: Record<string, string | number>) =>
    bot
      .as("en-US", { person: "warden" })
      .slash("alerts price", { item: untraded, region, channel: market.id, ...options });
  /** What the bot told somebody by direct message of the item that is put up here: of others the world has lots of its own. */
  const told = (name: string): Post[] =>
    bot.discord.posts
      .sent()
      .filter(
        ({ channel, content }) =>
          channel.recipients.some(({ username }) => username === name) && content.includes("Golden Token:"),
      );
  /** What is kept of them. */
  const kept = () => store().watching(sourceName(bot.game.apiUrl)).watches;
  const inMarket = () => bot.discord.posts.sent(market);
  /** A minute later everything is looked at again, since somebody asks once more for what is watched already. */
  async function looked(): Promise<void> {
    clock.shift += 61_000;
    const looks = () => bot.game.requests.all().filter(({ path }) => path.endsWith(`/${untraded}/lots`)).length;
    const before = looks();
    await watch({ price: "0.01" }, "en-US", "mira");
    await bot.discord.until("a look", () => looks() > before);
  }
  const store = () => new Store(borrowed[0]!.database, keys, clock);
  const run = (query: SQL) => borrowed[0]!.database.run((db) => rowsOf(db, query, z.unknown()));
  const latest = (posts: readonly Post[]) => {
    const message = posts.at(-1)?.message;
    if (!message) throw new Error("nothing was told");
    return message;
  };

  test("are set up with one command, which says what matches now and how one hears of more", async () => {
    bot.game.addLot(region, untraded, { unitPrice: 900 });
    const { message, ephemeral } = await watch({ price: "1.5k", amount: 2 });
    expect(ephemeral).toBe(true);
    const text = textOf(message);
    expect(text).toContain("at most 1,500\u00a0₽ per unit · 2 or more in a lot");
    expect(text).toContain("No lot matches right now");
    expect(text).toContain("Checked about every 2 minutes");
    expect(text).toContain("Ends after 30 days without a reaction");
    expect(textOf((await watch({ price: "1.5k" })).message)).toContain("1 lot matches right now");
    expect(textOf((await watch({ price: "1.5k" })).message)).toContain("You had this one already");
    const russian = textOf((await watch({ price: "1,5кк", item: popular, expires: 0 }, "ru")).message);
    expect(russian).toContain("не дороже 1\u00a0500\u00a0000\u00a0₽ за штуку");
    expect(russian).toContain("Без срока");
    bot.game.buyAddedLots(region, untraded);
  });

  test("may be a discount, which is told in rubles", async () => {
    const { message } = await watch({ item: popular, price: "−15 %" });
    expect(textOf(message)).toMatch(/at least 15% below the 7-day median[^]*that is [\d,.]+\u00a0₽ or less/);
    const mixed = await watch({ item: artefact, price: "-20%", region: "RU" });
    expect(textOf(mixed.message)).toContain("compared with its own median");
    const ignored = await watch({ item: popular, price: "5k", quality: 5, level: 15 });
    expect(textOf(ignored.message)).toContain("has no quality or level on the auction");
    expect(textOf(ignored.message)).not.toContain("Legendary");
  });

  test("stand in /status with what they take of the API's points", async () => {
    const watches = kept();
    const own = await watches.list({ ownerId: bot.as().standpoint.user.id });
    const things = new Set(own.map(({ subject }) => subject)).size;
    const { message } = await bot.as().slash("status");
    expect(textOf(message)).toMatch(
      new RegExp(`Watched\n.*: ${things} in all, [1-9]\\d* of [1-9]\\d* requests a minute`),
    );
  });

  test.each(["cheap", "+15%", "100%", "-3", "0"])(
    "are not, of a price such as %s: one private line says what to write",
    async (price) => {
      const { message, ephemeral } = await watch({ price });
      expect(ephemeral).toBe(true);
      expect(textOf(message)).toContain("I do not understand the price");
      expect(textOf(message)).toContain("−15%");
    },
  );

  test("are set up from a card, with a form that knows what is on it, and the card stays", async () => {
    for (const [command, options] of [
      ["price", { item: artefact, quality: 0, level: 0 }],
      ["lots", { item: artefact, quality: 0, level: 0, max_price: "1500" }],
    ] as const) {
      const { message } = await bot.as().slash(command, { region, ...options });
      const before = textOf(message);
      for (const person of ["vesper", "mira"]) {
        const { modal } = await bot.as("en-US", { person }).click(message!, "Watch");
        const fields = JSON.stringify(modal);
        if (command === "lots") expect(fields).toContain('"value":"1,500"');
        expect(fields).toMatch(/"label":"⚪ Common","value":"0"[^}]*"default":true/);
        const filled = { price: "7k", quality: "1", level: "any", amount: "", expires: "7" };
        const sent = await bot.as("en-US", { person }).submit(modal!, filled);
        expect(sent.ephemeral).toBe(true);
        expect(textOf(sent.message)).toContain("at most 7,000\u00a0₽ per unit · 🟢 Uncommon");
        expect(textOf(sent.message)).toContain("after 7 days");
        const wrong = await bot.as("en-US", { person }).submit(modal!, { ...filled, amount: "0" });
        expect(textOf(wrong.message)).toContain("whole number from 1 to 100,000");
      }
      expect(textOf(message)).toBe(before);
    }
  });

  test("are told once for each lot that comes, by message and in the channel, over a restart too", async () => {
    await alert({ price: "50" });
    bot.game.addLot(region, untraded, { unitPrice: 40, amount: 3 });
    await looked();
    await bot.discord.until("the alerts", () => told("vesper").length === 1 && inMarket().length === 1);
    expect(told("vesper")[0]?.content).toContain("a lot for 40\u00a0₽ per unit");
    expect(textOf(latest(inMarket()))).toContain("This server’s alert: at most 50\u00a0₽ per unit");
    expect(labels(latest(inMarket()))).toEqual(["Lots", "Snooze 1 h", "Snooze 8 h", "Pause", "Delete"]);
    await looked();
    await bot.restart();
    await looked();
    bot.game.addLot(region, untraded, { unitPrice: 30, copies: 2 });
    bot.game.addLot(region, untraded, { unitPrice: 20, buyout: false });
    await looked();
    await bot.discord.until("the twins", () => inMarket().length === 2 && told("vesper").length === 2);
    expect(inMarket()[1]?.content).toContain("2 lots from 30\u00a0₽");
    expect(told("mira")).toHaveLength(0);
  });

  test("keep quiet while they are snoozed or paused, and tell afterwards what is still there", async () => {
    const alertMessage = latest(inMarket());
    const stranger = await bot.as("ru", { person: "mira" }).click(alertMessage, "Snooze 1 h");
    expect(stranger.ephemeral).toBe(true);
    expect(textOf(stranger.message)).toContain("Управлять сервером");
    const warden = bot.as("en-US", { person: "warden" });
    for (const [button, words] of [
      ["Snooze 8 h", "Snoozed until"],
      ["Pause", "Paused"],
    ] as const) {
      const count = inMarket().length;
      const pressed = await warden.click(alertMessage, button);
      expect(pressed.ephemeral).toBe(true);
      expect(textOf(pressed.message)).toContain(words);
      bot.game.addLot(region, untraded, { unitPrice: 10 + count });
      await looked();
      await bot.discord.until("the private alert", () => told("vesper").length > count);
      expect(inMarket()).toHaveLength(count);
      expect(textOf((await warden.click(pressed.message!, "Resume")).message)).toContain("Running again");
      await bot.discord.until("the alert", () => inMarket().length === count + 1);
    }
    expect(textOf(alertMessage)).toContain("This server’s alert");
    const lots = await bot.as("en-US", { person: "mira" }).click(alertMessage, "Lots");
    expect(lots.ephemeral).toBe(true);
    expect(textOf(lots.message)).toContain("lots · EU");
  });

  test("live on with whatever their owners do with them: a button of an alert, a look at them in the list", async () => {
    const vesper = bot.as();
    const own = { ownerId: vesper.standpoint.user.id };
    const watches = kept();
    const touched = async () =>
      Object.fromEntries((await watches.list(own)).map(({ id, touchedAt }) => [id, touchedAt.getTime()]));
    const alertMessage = latest(told("vesper"));
    const before = await touched();
    const lots = await vesper.click(alertMessage, "Lots");
    expect(lots.ephemeral).toBe(true);
    expect(textOf(lots.message)).toContain("lots · EU");
    const caring = async () => Object.entries(await touched()).filter(([id, at]) => at > before[id]!);
    await expect.poll(caring).toHaveLength(1);
    const [[alerted] = [""]] = await caring();
    const cared = async (press: () => Promise<unknown>) => {
      const last = (await touched())[alerted]!;
      await press();
      expect((await touched())[alerted]).toBeGreaterThan(last);
    };
    await cared(() => vesper.click(alertMessage, "Delete"));
    await cared(() => vesper.click(alertMessage, "Snooze 1 h"));
    const { message } = await vesper.slash("watch list");
    await cared(() => vesper.select(message!, menuOf(message, "open").customId, [alerted]));
    await cared(() => vesper.click(message!, "Resume"));
  });

  test("ping the chosen role, and nobody else", async () => {
    const [guild] = bot.discord.guilds;
    const role = bot.discord.world.addRole(guild!, "Traders");
    const { message } = await alert({ price: "49", role: role.id });
    expect(textOf(message)).toContain(`<@&${role.id}>`);
    await looked();
    const before = inMarket().length;
    bot.game.addLot(region, untraded, { unitPrice: 48 });
    await looked();
    await bot.discord.until("both alerts", () => inMarket().length === before + 2);
    await bot.discord.until("it for Vesper", () => told("vesper").at(-1)?.content.includes(" 48\u00a0₽") === true);
    const pings = inMarket()
      .slice(before)
      .map((post) => post.pings);
    expect(pings.map(({ roles }) => roles).sort()).toEqual([[], [role.id]]);
    expect(pings.flatMap(({ users, everyone }) => [users.length, everyone])).toEqual([0, false, 0, false]);
    const list = (await bot.as("en-US", { person: "warden" }).slash("alerts remove")).message!;
    const { customId, options } = menuOf(list, "choose");
    const { value } = options.find(({ label }) => label.includes("at most 49"))!;
    await bot.as("en-US", { person: "warden" }).select(list, customId, [value]);
  });

  test("wait for the end of quiet hours, and come in one message then", async () => {
    const vesper = bot.as();
    const { message } = await vesper.slash("watch quiet", { from: "0:00", until: "23:59", time_zone: "UTC" });
    expect(textOf(message)).toContain("00:00–23:59");
    const before = told("vesper").length;
    const held = async () => {
      return (await run(sql`select 1 from deliveries where held and state = 'waiting'`)).length;
    };
    for (const unitPrice of [700, 701]) {
      const waiting = await held();
      bot.game.addLot(region, untraded, { unitPrice });
      await looked();
      await expect.poll(held, { timeout: PATIENCE_MS }).toBeGreaterThan(waiting);
    }
    expect(told("vesper")).toHaveLength(before);
    // The hours are over.
    await run(sql`update people set quiet_from = null, quiet_until = null, time_zone = null, quiet_mode = null`);
    await run(sql`with due as (update deliveries set due_at = now() where held and state = 'waiting' returning target)
      update targets set due_at = now(), next_at = null where target in (select target from due)`);
    await run(sql`select pg_notify('zonewire_watching', 'deliver')`);
    await bot.discord.until("the digest", () => told("vesper").length === before + 1);
    expect(told("vesper").at(-1)?.content).toContain("2 lots from 700\u00a0₽");
  });

  test("end when nobody reacts, with a word before: its button keeps them alive", async () => {
    const mira = bot.as("ru", { person: "mira" });
    const own = { ownerId: mira.standpoint.user.id };
    const { watches, upkeep } = store().watching(sourceName(bot.game.apiUrl));
    const soon = () =>
      run(sql`update watches set expires_at = now() + interval '2 days', warned_at = null
      where owner_id = ${own.ownerId} and subject = ${`${region}:${untraded}`}`);
    const words = () => bot.discord.posts.sent(bot.discord.world.directMessages(mira.standpoint.user));
    await soon();
    const before = words().length;
    await upkeep.warn();
    await bot.discord.until("the word", () => words().length === before + 1);
    const word = words().at(-1)!.message;
    expect(textOf(word)).toContain("Golden Token");
    const kept = await mira.click(word, labels(word)[0]!);
    expect(kept.ephemeral).toBe(true);
    const watch = (await watches.list(own)).find(({ subject }) => subject === `${region}:${untraded}`);
    expect(watch?.expiresAt?.getTime()).toBeGreaterThan(Date.now() + 29 * 86_400_000);
    await run(sql`update watches set expires_at = now() where owner_id = ${own.ownerId}`);
    await upkeep.expire();
    expect(textOf((await mira.slash("watch list")).message)).toContain("⌛");
  });

  test("go on after a restore elsewhere: none is lost, nothing is told twice, and a panel is the same message", async () => {
    const [here, elsewhere] = borrowed.map(({ database }) => database);
    const warden = bot.as("en-US", { person: "warden" });
    const [guild] = bot.discord.guilds;
    const panels = bot.discord.world.addChannel(guild!, "panel");
    const news = bot.discord.world.addChannel(guild!, "news");
    await warden.slash("alerts emission", { region, channel: panels.id, stages: "none", panel: true });
    /** Whoever asks once more has it looked at; an answer of the API serves a second. */
    const emissions = () => {
      clock.shift += 1_000;
      return warden.slash("alerts emission", { region, channel: news.id });
    };
    await emissions();
    await bot.discord.until("the panel", () => bot.discord.posts.sent(panels).length === 1);
    bot.game.startEmission(region);
    await emissions();
    await bot.discord.until("the start", () => bot.discord.posts.sent(news).length === 1);
    const lists = async () => [
      textOf((await bot.as().slash("watch list")).message),
      textOf((await warden.slash("alerts list")).message),
    ];
    const listed = await lists();
    const before = [inMarket().length, told("vesper").length];

    await bot.stop();
    const file = join(await freshFolder(), "backup");
    await backUp(here!, file);
    await restore(elsewhere!, file);
    await bot.restart({ store: new Store(elsewhere!, keys, clock) });
    const known = (text: string) => text.split("\n").filter((line) => line.startsWith("**"));
    expect((await lists()).map(known)).toEqual(listed.map(known));
    await looked();
    bot.game.addLot(region, untraded, { unitPrice: 8 });
    await looked();
    await bot.discord.until("the new lot", () => inMarket().at(-1)?.content.includes(" 8\u00a0₽") === true);
    await bot.discord.until("it for Vesper", () => told("vesper").at(-1)?.content.includes(" 8\u00a0₽") === true);
    bot.game.endEmission(region);
    await emissions();
    await bot.discord.until("the end", () => bot.discord.posts.sent(news).length === 2);
    await bot.discord.until("the calm on the panel", () =>
      textOf(bot.discord.posts.sent(panels)[0]?.message).includes("Calm"),
    );
    expect(bot.discord.posts.sent(news)[1]?.content).toContain("is over");
    expect(bot.discord.posts.sent(panels)).toHaveLength(1);
    expect([inMarket().length, told("vesper").length]).toEqual(before.map((count) => count + 1));
  });

  test("end when somebody deletes them, who is asked once", async () => {
    const message = latest(told("vesper"));
    const asked = await bot.as("ru").click(message, "Delete");
    expect(textOf(asked.message)).toContain("Удалить это оповещение?");
    expect(textOf((await bot.as("ru").click(asked.message!, "Удалить")).message)).toContain("Удалено");
    expect(textOf((await bot.as("ru").click(message, "Pause")).message)).toContain("больше нет");
    const [mine, theirs] = [told("vesper").length, inMarket().length];
    bot.game.addLot(region, untraded, { unitPrice: 5 });
    await looked();
    await bot.discord.until("the other alert", () => inMarket().length === theirs + 1);
    expect(told("vesper")).toHaveLength(mine);
  });

  test("are as many as the operator allows", async () => {
    const answers: string[] = [];
    for (let price = 1; price <= 26; price += 1)
      answers.push(textOf((await watch({ price: String(price) }, "en-US", "warden")).message));
    expect(answers.slice(0, 25).every((text) => text.includes("Watching"))).toBe(true);
    expect(answers[25]).toContain("25 watches");
  });
});
