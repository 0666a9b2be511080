import { randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { landmarks } from "@zonewire/sandbox/game";
import { KeyRing, type Store } from "../../src/store/index.js";
import { embedded, engines, lent, opened } from "../store/engines.js";
import { environmentOf, run } from "../store/processes.js";
import { labels, ShiftedClock, startBot, textOf, type Bot } from "./bot.js";
import { consent, link, linkOf, menuOf, visit } from "./linking.js";

const { leader, alt } = landmarks.characters;
const HOUR = 3_600_000;

const keyOf = (id: string) => `${id}:${randomBytes(32).toString("base64")}`;

/** A command that asks the API with the caller's own token. */
async function friends(bot: Bot, person = "vesper", locale = "en-US"): Promise<string> {
  const outcome = await bot.as(locale, { person }).slash("friends", { region: "EU" });
  expect(outcome.failure).toBeUndefined();
  expect(outcome.answers).toBe(1);
  return textOf(outcome.message);
}

describe("several accounts", () => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await startBot();
  });
  afterEach(() => {
    bot.game.faults.clear();
  });
  afterAll(() => bot.close());

  test("the first one is the main one; /account chooses the main account and a main character, /unlink asks which", async () => {
    const person = bot.as();
    await link(bot, person, "marten");
    await link(bot, person, "heron");
    const shown = await person.slash("account");
    expect(shown.message?.embeds[0]?.fields?.map(({ name }) => name)).toEqual(["⭐ marten", "heron"]);

    const characters = menuOf(shown.message, "character");
    expect(characters.options.map(({ label }) => label)).toEqual(expect.arrayContaining([leader, alt]));
    const eu = characters.options.find(({ label, description }) => label === alt && description?.startsWith("EU"));
    const chosen = await person.select(shown.message!, characters.customId, [eu!.value]);
    expect(textOf(chosen.message)).toContain(`Main character: **${alt.replaceAll("_", "\\_")}** · EU`);

    const main = menuOf(chosen.message, "main");
    const heron = main.options.find(({ label }) => label === "heron")!;
    const changed = await person.select(chosen.message!, main.customId, [heron.value]);
    expect(changed.message?.embeds[0]?.fields?.map(({ name }) => name)).toEqual(["⭐ heron", "marten"]);
    const herons = menuOf(changed.message, "character").options.map(({ label }) => label);
    expect(herons).toContain(landmarks.characters.loner);
    expect(herons).not.toContain(leader);

    const asked = await person.slash("unlink");
    expect(asked.ephemeral).toBe(true);
    const which = menuOf(asked.message, "choose");
    const question = await person.select(asked.message!, which.customId, [heron.value]);
    expect(textOf(question.message)).toContain("Unlink **heron**?");
    const kept = await person.click(question.message!, "Cancel");
    expect(textOf(kept.message)).toBe("Nothing was changed.");
    expect(textOf((await person.slash("account")).message)).toContain("heron");

    const again = await person.slash("unlink");
    const sure = await person.select(again.message!, menuOf(again.message, "choose").customId, [heron.value]);
    const done = await person.click(sure.message!, "Yes, unlink it");
    expect(textOf(done.message)).toContain("EXBO has ended my access");
    expect(textOf((await person.slash("account")).message)).not.toContain("heron");
    expect(textOf((await person.slash("account")).message)).toContain(`**${alt.replaceAll("_", "\\_")}** · EU`);
    expect(bot.discord.problems).toEqual([]);
    expect(bot.complaints()).toEqual([]);
  });

  test("who has none is offered to link one", async () => {
    const mira = bot.as("ru", { person: "mira" });
    const { message } = await mira.slash("account");
    expect(labels(message)).toEqual(["Привязать аккаунт EXBO"]);
    const pressed = await mira.click(message!, "Привязать аккаунт EXBO");
    expect((await visit(await consent(linkOf(pressed.message), "lynx"))).status).toBe(200);
    expect(textOf((await bot.as("en-US", { person: "mira" }).slash("unlink")).message)).toContain("Unlink **lynx**?");
  });

  test("an API that sleeps costs the menu of characters, not the answer", async () => {
    const warden = bot.as("en-US", { person: "warden" });
    await link(bot, warden, "heron");
    bot.game.faults.add({ kind: "status", status: 500 }, { path: "/characters" });
    const outcome = await warden.slash("account");
    expect(textOf(outcome.message)).toContain("heron");
    expect(textOf(outcome.message)).toContain("Not all of your characters");
  });
});

describe("tokens", () => {
  test("are renewed ahead of their end, and the renewed ones are kept", async () => {
    const clock = new ShiftedClock();
    const store = await lent();
    const bot = await startBot({ store, clock, game: { clock, tokenLifetime: HOUR } });
    await link(bot);
    const [before] = await tokensOf(store, bot);
    clock.shift += 0.95 * HOUR;
    expect(await friends(bot)).toContain(leader.replaceAll("_", "\\_"));
    const [after] = await tokensOf(store, bot);
    expect(after?.access).not.toBe(before?.access);
    expect(after?.refresh).not.toBe(before?.refresh);
    clock.shift += HOUR;
    await bot.restart();
    expect(await friends(bot)).toContain(leader.replaceAll("_", "\\_"));
    expect(tokenRequests(bot)).toBe(3);
    await bot.close();
  });

  test("refused for good: the person is told at the next use with a button, and linking again fixes it", async () => {
    const bot = await startBot();
    await link(bot);
    bot.game.revokeTokensOf("marten");
    const told = await bot.as().slash("friends", { region: "EU" });
    expect(told.ephemeral).toBe(true);
    expect(textOf(told.message)).toContain("has expired");
    const account = await bot.as().slash("account");
    expect(textOf(account.message)).toContain("Link it again");
    const pressed = await bot.as().click(told.message!, "Link my EXBO account");
    const page = await visit(await consent(linkOf(pressed.message), "marten"));
    expect([page.status, page.text.includes("renewed")]).toEqual([200, true]);
    expect(await friends(bot)).toContain(leader.replaceAll("_", "\\_"));
    await bot.close();
  });

  test("an EXBO login that is down when a token has ended is said, and is no reason to link again", async () => {
    const clock = new ShiftedClock();
    const bot = await startBot({ clock, game: { clock, tokenLifetime: HOUR } });
    await link(bot);
    clock.shift += 2 * HOUR;
    bot.game.faults.add({ kind: "status", status: 500 }, { path: "/oauth/token" });
    expect(await friends(bot, "vesper", "ru")).toContain("Вход EXBO сейчас не отвечает");
    bot.game.faults.clear();
    expect(await friends(bot)).toContain(leader.replaceAll("_", "\\_"));
    await bot.close();
  });
});

describe.each(engines)("two bots on one store ($name)", ({ fresh: settings }) => {
  test("which both find a token near its end renew it once, and both have a good one", async () => {
    const clock = new ShiftedClock();
    const place = await settings();
    // The embedded one serves one process only; there, two bots share what is open.
    const shared = place.databaseUrl === undefined ? await opened(place) : undefined;
    const storing = shared ? { store: shared } : { storeSettings: place };
    const first = await startBot({ clock, game: { clock, tokenLifetime: HOUR }, ...storing });
    await link(first);
    const second = await startBot({ clock, ...storing, beside: first });
    clock.shift += 0.95 * HOUR;
    const answers = await Promise.all(
      [first, second, first, second].map((bot) => bot.as().slash("friends", { region: "EU" })),
    );
    for (const { message } of answers) expect(textOf(message)).toContain(leader.replaceAll("_", "\\_"));
    expect(tokenRequests(first)).toBe(2);
    await second.close();
    await first.close();
  });
});

describe("keys", () => {
  test("one that is missing: the bot starts, says how many accounts it cannot read, and the key brings them back", async () => {
    const settings = await embedded.fresh();
    const [right, wrong] = [KeyRing.parse(keyOf("right")), KeyRing.parse(keyOf("wrong"))];
    const bot = await startBot({ storeSettings: { ...settings, keys: right } });
    await link(bot);
    await bot.restart({ storeSettings: { ...settings, keys: wrong } });
    expect(bot.complaints().map(({ msg, links }) => [msg, links])).toEqual([
      [
        expect.stringContaining(
          "linked accounts cannot be read: the key with which their tokens were sealed is not in",
        ),
        1,
      ],
    ]);
    expect(await friends(bot)).toContain("my key for it is missing");
    expect(textOf((await bot.as().slash("account")).message)).not.toContain("Link it again");
    await bot.restart({ storeSettings: { ...settings, keys: right } });
    expect(await friends(bot)).toContain(leader.replaceAll("_", "\\_"));
    await bot.close();
  });

  test("one with other bytes under the same id: it is named, nobody is sent to link again, and nothing is sealed with it", async () => {
    const settings = await embedded.fresh();
    const [right, wrong] = [KeyRing.parse(keyOf("first")), KeyRing.parse(keyOf("first"))];
    const bot = await startBot({ storeSettings: { ...settings, keys: right } });
    await link(bot);
    await bot.restart({ storeSettings: { ...settings, keys: wrong } });
    expect(bot.complaints().map(({ msg }) => msg)).toEqual([
      expect.stringContaining("the key first in ENCRYPTION_KEYS is not the one with which the tokens were sealed"),
      expect.stringContaining("linked accounts cannot be read"),
    ]);
    expect(await friends(bot, "vesper", "ru")).toContain("у меня нет ключа");
    expect(textOf((await bot.as("en-US", { person: "mira" }).slash("link")).message)).toContain("cannot be linked");
    await bot.restart({ storeSettings: { ...settings, keys: right } });
    expect(await friends(bot)).toContain(leader.replaceAll("_", "\\_"));
    await bot.close();
  });

  test("are rotated by `npm run rotate-keys`; the tokens work on, also without the old key", async () => {
    const settings = await embedded.fresh();
    const [old, recent] = [keyOf("old"), keyOf("recent")];
    const bot = await startBot({ storeSettings: { ...settings, keys: KeyRing.parse(old) } });
    await link(bot);
    await bot.stop();
    const rotation = run("src/store/bin/rotate-keys.ts", [], environmentOf(settings, `${recent},${old}`));
    expect(await rotation.ended).toBe(0);
    expect(rotation.lines.join("\n")).toContain("encrypted with the key recent");
    await bot.restart({ storeSettings: { ...settings, keys: KeyRing.parse(recent) } });
    expect(await friends(bot)).toContain(leader.replaceAll("_", "\\_"));
    expect(bot.complaints()).toEqual([]);
    await bot.close();
  });
});

function tokenRequests({ game }: Bot): number {
  return game.requests.all().filter(({ path }) => path === "/oauth/token").length;
}

/** What a person's links hold in clear. */
async function tokensOf(store: Store, bot: Bot, person = "vesper") {
  const { user } = bot.as("en-US", { person }).standpoint;
  return Promise.all((await store.links.of(user.id)).map(({ id }) => store.links.tokens(id)));
}
