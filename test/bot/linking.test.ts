import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { embedded, opened } from "../store/engines.js";
import { labels, ShiftedClock, startBot, textOf, type Bot } from "./bot.js";
import { consent, link, linkOf, visit } from "./linking.js";

const MINUTE = 60_000;

describe("linking an account", () => {
  let bot: Bot;
  const clock = new ShiftedClock();
  beforeAll(async () => {
    bot = await startBot({ clock, game: { clock } });
  });
  afterEach(async () => {
    bot.game.faults.clear();
    for (const person of ["vesper", "mira"]) await forget(bot, person);
  });
  afterAll(() => bot.close());

  test("/link leads to EXBO and back: the page and the private message name the accounts, and /account shows it", async () => {
    const { outcome, page } = await link(bot);
    expect([outcome.ephemeral, outcome.answers]).toEqual([true, 1]);
    expect(page.status).toBe(200);
    expect(page.text).toContain("Vesper (@vesper)");
    expect(page.text).toContain("marten");
    expect(page.headers.get("cache-control")).toBe("no-store");
    expect(textOf(outcome.message)).toContain("Your EXBO account is linked");
    expect(textOf(outcome.message)).toContain("marten");
    expect(labels(outcome.message)).toEqual([]);
    const account = await bot.as().slash("account");
    expect(account.ephemeral).toBe(true);
    expect(textOf(account.message)).toContain("marten");
    expect(textOf((await bot.as().slash("status")).message)).toContain("Linked accounts\n1");
  });

  test.each([
    ["ru", "Аккаунты связаны", "Аккаунт EXBO привязан"],
    ["ko", "연결", "EXBO 계정이 연결되었어요"],
  ])("page and message are in the language of who asked: %s", async (locale, onPage, inDiscord) => {
    const { outcome, page } = await link(bot, bot.as(locale));
    expect(page.text).toContain(`lang="${locale}"`);
    expect(page.text).toMatch(new RegExp(onPage, "i"));
    expect(textOf(outcome.message)).toContain(inDiscord);
  });

  test("consent denied: 200, the message says that nothing was linked", async () => {
    const { outcome, page } = await link(bot, bot.as(), "");
    expect(page.status).toBe(200);
    expect(page.text).toContain("Nothing was linked");
    expect(textOf(outcome.message)).toContain("Nothing was linked");
    await expectNoLink(bot);
  });

  test("a state that is missing, forged, of another shape or doubled: 400", async () => {
    const { message } = await bot.as().slash("link");
    const good = await consent(linkOf(message), "marten");
    const variants: readonly ((parameters: URLSearchParams) => void)[] = [
      (parameters) => {
        parameters.delete("state");
      },
      (parameters) => {
        parameters.set("state", Buffer.alloc(32, 7).toString("base64url"));
      },
      (parameters) => {
        parameters.set("state", "x'; drop table links; --");
      },
      (parameters) => {
        parameters.append("state", "another");
      },
    ];
    for (const change of variants) {
      const url = new URL(good);
      change(url.searchParams);
      expect((await visit(url)).status).toBe(400);
    }
    await expectNoLink(bot);
  });

  test("a replayed one: 400, and the first linking stays", async () => {
    const { callback } = await link(bot);
    const page = await visit(callback);
    expect(page.status).toBe(400);
    expect(page.text).not.toContain("marten");
    expect(textOf((await bot.as().slash("account")).message)).toContain("marten");
  });

  test("an expired one: 400 in the language of who asked, and nothing is stored", async () => {
    const { message } = await bot.as("ru").slash("link");
    const callback = await consent(linkOf(message), "marten");
    clock.shift += 10 * MINUTE;
    const page = await visit(callback);
    expect(page.status).toBe(400);
    expect(page.text).toContain('lang="ru"');
    await expectNoLink(bot);
  });

  test("swapped ones: somebody else's code does not link their account to me", async () => {
    const mine = new URL(await consent(linkOf((await bot.as().slash("link")).message), "marten"));
    const mira = bot.as("en-US", { person: "mira" });
    const theirs = new URL(await consent(linkOf((await mira.slash("link")).message), "lynx"));
    mine.searchParams.set("code", theirs.searchParams.get("code")!);
    expect((await visit(mine)).status).toBe(400);
    await expectNoLink(bot);
    await expectNoLink(bot, "mira");
  });

  test("an account that somebody else has linked: 409, and it stays theirs", async () => {
    await link(bot, bot.as("en-US", { person: "mira" }), "lynx");
    const { outcome, page } = await link(bot, bot.as(), "lynx");
    expect(page.status).toBe(409);
    expect(page.text).not.toContain("mira");
    expect(textOf(outcome.message)).toContain("linked to somebody else");
    await expectNoLink(bot);
    expect(textOf((await bot.as("en-US", { person: "mira" }).slash("account")).message)).toContain("lynx");
  });

  test("the same one again: renewed, not doubled", async () => {
    await link(bot);
    const { outcome, page } = await link(bot);
    expect(page.status).toBe(200);
    expect(textOf(outcome.message)).toContain("Your link is renewed");
    const { message } = await bot.as().slash("account");
    expect(message?.embeds[0]?.fields).toHaveLength(1);
  });

  test.each(["status", "reset", "wrongShape"] as const)(
    "a token endpoint that fails (%s): 502, nothing is stored",
    async (kind) => {
      bot.game.faults.add(kind === "status" ? { kind, status: 500 } : { kind }, { path: "/oauth/token" });
      const { outcome, page } = await link(bot);
      expect(page.status).toBe(502);
      expect(textOf(outcome.message)).toContain("EXBO is not answering");
      bot.game.faults.clear();
      await expectNoLink(bot);
    },
  );

  test("who has linked none is led to it by a button under the answer", async () => {
    const outcome = await bot.as().slash("friends");
    expect(outcome.ephemeral).toBe(true);
    expect(textOf(outcome.message)).toContain("This needs your EXBO account");
    const pressed = await bot.as().click(outcome.message!, "Link my EXBO account");
    const page = await visit(await consent(linkOf(pressed.message), "marten"));
    expect(page.status).toBe(200);
    await bot.discord.until("the message to change", () => textOf(outcome.message).includes("is linked"));
  });

  test("ten /link a minute by one person and thirty callbacks from one address are served", async () => {
    const asked = [];
    for (let count = 0; count < 10; count++) asked.push(await bot.as("en-US", { person: "mira" }).slash("link"));
    expect(asked.map(({ message }) => labels(message))).toEqual(Array(10).fill(["Continue at EXBO"]));
    const address = `${bot.zonewire.address}/oauth/callback?code=1&state=2`;
    const pages = await Promise.all(Array.from({ length: 30 }, () => visit(address)));
    expect(pages.map(({ status }) => status)).toEqual(Array(30).fill(400));
  });

  test("an endless stream of /link is asked to wait", async () => {
    const texts = [];
    for (let count = 0; count < 21; count++)
      texts.push(textOf((await bot.as("en-US", { person: "warden" }).slash("link")).message));
    expect(texts.at(-1)).toMatch(/many links in a short time.*<t:\d+:R>/);
  });

  test("nothing but what EXBO did wrong was complained of, and no secret stands in the log", () => {
    expect(new Set(bot.complaints().map(({ msg }) => msg))).toEqual(new Set(["account linking met a failure"]));
    expect(bot.discord.problems).toEqual([]);
    expect(bot.leaks()).toEqual([]);
  });
});

describe("where linking is not set up", () => {
  test("/link and what needs an account say so, in the caller's language", async () => {
    const bot = await startBot({ linking: false });
    for (const command of ["link", "friends"]) {
      const outcome = await bot.as("ru").slash(command);
      expect(outcome.ephemeral).toBe(true);
      expect(textOf(outcome.message)).toContain("нельзя привязать");
    }
    expect(bot.complaints()).toEqual([]);
    await bot.close();
  });
});

test("a message that can no longer be changed costs nothing but the change", async () => {
  const bot = await startBot();
  const { message } = await bot.as().slash("link");
  bot.discord.faults.rest.add({ route: "/messages/@original", status: 404 });
  const page = await visit(await consent(linkOf(message), "marten"));
  expect(page.status).toBe(200);
  expect(textOf((await bot.as().slash("account")).message)).toContain("marten");
  await bot.close();
});

test("a database that goes away between /link and the callback: 503, nothing is linked", async () => {
  const store = await opened(await embedded.fresh());
  const bot = await startBot({ store });
  const { message } = await bot.as().slash("link");
  const callback = await consent(linkOf(message), "marten");
  await store.close();
  const page = await visit(callback);
  expect(page.status).toBe(503);
  expect(page.text).not.toMatch(/pglite|postgres| {4}at /i);
  await bot.close();
});

/** That no account of somebody is stored. */
async function expectNoLink(bot: Bot, person = "vesper"): Promise<void> {
  const { message } = await bot.as("en-US", { person }).slash("privacy show");
  expect(textOf(message)).not.toContain("Linked EXBO account");
}

async function forget(bot: Bot, person: string): Promise<void> {
  const actor = bot.as("en-US", { person });
  const { message } = await actor.slash("privacy delete");
  if (labels(message).length > 0) await actor.click(message!, "Yes, delete everything");
}
