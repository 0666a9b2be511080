import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { backUp } from "../../src/store/backup.js";
import { systemClock } from "../../src/time.js";
import { openDatabase, Store } from "../../src/store/store.js";
import { embedded, quiet } from "../store/engines.js";
import { ShiftedClock, startBot } from "./bot.js";
import { consent, link, linkOf, visit } from "./linking.js";

const HOUR = 3_600_000;

/**
 * Everything that goes right and wrong once, and then a search for every secret that took part, wherever the bot writes:
 * its log with all errors, its metrics, its web pages, its messages, a backup, and the export of personal data.
 */
test("no secret of a whole run stands anywhere", async () => {
  const clock = new ShiftedClock();
  const settings = await embedded.fresh();
  const bot = await startBot({ clock, game: { clock, tokenLifetime: HOUR }, storeSettings: settings });
  const person = bot.as();
  const secrets: Record<string, string> = {};
  const pages: string[] = [];

  // A linking, and others that fail in each way.
  const { outcome, callback, page } = await link(bot);
  secrets.code = callback.searchParams.get("code")!;
  secrets.state = callback.searchParams.get("state")!;
  pages.push(page.text, (await visit(callback)).text);
  for (const fault of [
    { kind: "status", status: 500 },
    { kind: "reset" },
    { kind: "truncated" },
    { kind: "wrongShape" },
  ] as const) {
    for (const path of ["/oauth/token", "/oauth/user"]) {
      const failing = await consent(linkOf((await person.slash("link")).message), "heron");
      secrets[`code of ${fault.kind} ${path}`] = failing.searchParams.get("code")!;
      secrets[`state of ${fault.kind} ${path}`] = failing.searchParams.get("state")!;
      const end = bot.game.faults.add(fault, { path });
      const { status, text } = await visit(failing);
      expect(status).toBe(502);
      pages.push(text);
      end();
    }
  }
  pages.push((await visit(`${bot.zonewire.address}/oauth/callback?error=access_denied&state=${secrets.state}`)).text);

  // Use, renewal, refusals, and an API that fails.
  await person.slash("friends", { region: "EU" });
  clock.shift += 0.95 * HOUR;
  await person.slash("friends", { region: "EU" });
  bot.game.faults.add({ kind: "status", status: 401 }, { path: "/friends", times: 1 });
  await person.slash("friends", { region: "NA" });
  bot.game.faults.add({ kind: "reset" }, { path: "/friends", times: 3 });
  await person.slash("friends", { region: "RU" });
  await person.slash("account");
  const exported = await person.slash("privacy export");
  const metrics = await visit(`${bot.zonewire.address}/metrics`);
  expect(metrics.text).toContain('zonewire_linkings_total{outcome="linked",role="all"} 1');
  expect(metrics.text).toContain('zonewire_links{state="live",role="all"} 1');

  // Under way while the backup is made.
  secrets["state under way"] = new URL(linkOf((await person.slash("link")).message)).searchParams.get("state")!;

  await bot.stop();
  const { database, keys } = await openDatabase({ settings, clock: systemClock, log: quiet });
  const store = new Store(database, keys, systemClock);
  const [linked] = await store.links.of(person.standpoint.user.id);
  const tokens = await store.links.tokens(linked!.id);
  const backup = join(settings.dataDir, "backup.jsonl");
  // The link, and what is under way.
  expect(await backUp(database, backup)).toBeGreaterThan(1);
  await database.close();
  // In use and refused: then the link is dead, and says so in the log's details too.
  await bot.restart();
  bot.game.revokeTokensOf("marten");
  await person.slash("friends", { region: "SEA" });

  const [, key] = (await readFile(join(settings.dataDir, "encryption-keys"), "utf8")).trim().split(":");
  Object.assign(secrets, bot.secrets(), {
    access: tokens!.access,
    refresh: tokens!.refresh!,
    key: key!,
  });
  const requested = bot.discord.requests.map(({ body }) => JSON.stringify({ body }));
  const places: Record<string, string> = {
    log: JSON.stringify(bot.log),
    metrics: metrics.text,
    pages: pages.join("\n"),
    backup: await readFile(backup, "utf8"),
    export: await (await fetch(exported.message!.attachments[0]!.url)).text(),
    // The consent button holds the state of its linking, for the person alone; the others must not.
    messages: requested.join("\n").replaceAll(/"url":"[^"]*"/g, '"url":""'),
  };
  expect(outcome.failure).toBeUndefined();
  expect(bot.log.length).toBeGreaterThan(15);
  expect(Object.keys(secrets).length).toBeGreaterThan(15);
  for (const [place, text] of Object.entries(places)) {
    expect(text.length).toBeGreaterThan(100);
    for (const [secret, value] of Object.entries(secrets)) {
      expect(value.length).toBeGreaterThan(15);
      expect(text.includes(value), `${secret} stands in the ${place}`).toBe(false);
    }
  }
  await bot.close();
});
