import { getTableName, sql } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { systemClock } from "../../src/time.js";
import type { Outcome } from "@zonewire/sandbox/discord";
import { personColumn } from "../../src/store/schema.js";
import { rowsOf } from "../../src/store/rows.js";
import { openDatabase } from "../../src/store/store.js";
import type { Store, StoreSettings } from "../../src/store/index.js";
import { engines, opened, quiet } from "../store/engines.js";
import { labels, startBot, textOf } from "./bot.js";
import { consent, link, linkOf, visit } from "./linking.js";

const ABOUT_PEOPLE = Object.values(personColumn).flatMap((column) => (column ? [getTableName(column.table)] : []));

test.each(engines)("/privacy shows, exports and deletes all there is ($name)", async ({ fresh }) => {
  const settings = await fresh();
  const store = await opened(settings);
  const bot = await startBot({ store });
  const person = bot.as();
  const { id } = person.standpoint.user;
  for (const command of ["show", "export", "delete"]) {
    const nothing = await person.slash(`privacy ${command}`);
    expect([nothing.ephemeral, textOf(nothing.message).includes("Nothing is stored about you")]).toEqual([true, true]);
  }

  await link(bot, bot.as("en-US", { person: "mira" }), "lynx");
  await person.slash("settings me", { region: "NA", private_answers: true });
  await link(bot);
  const waiting = await person.slash("link");
  const callback = await consent(linkOf(waiting.message), "heron");

  await watch(store, id, person.standpoint.channel.id);
  // In which clans an account is, is noted a moment after the linking.
  await expect.poll(async () => (await store.personal.export(id)).clan_links).toBeDefined();

  const answer = await person.slash("privacy show");
  const pages = [textOf(answer.message)];
  for (let number = 2; number <= 5; number += 1) pages.push(textOf((await person.click(answer.message!, "›")).message));
  const shown = pages.join("\n");
  for (const words of ["Settings", "Region: NA", "Private answers: yes", "Login: marten", "Access token: encrypted"])
    expect(shown).toContain(words);
  for (const words of ["What happened: role given", "What happened: nickname changed", "Nickname: \\[O\\] Ada"])
    expect(shown).toContain(words);
  for (const words of ["Linking in progress", "Watch", "below", "State: running"]) expect(shown).toContain(words);
  // No column goes by its own name.
  expect(shown).not.toMatch(/^\w*[a-z][A-Z]\w*:/m);

  const exported = await fileOf(await person.slash("privacy export"));
  expect(exported.discordId).toBe(id);
  expect(Object.keys(exported.data).sort()).toEqual([...ABOUT_PEOPLE, "role_reports"].sort());
  expect(exported.data.role_reports).toMatchObject([
    { list: "given", roleId: "333" },
    { list: "renamed", nick: "[O] Ada" },
  ]);
  expect(exported.data.links).toMatchObject([{ login: "marten", accessToken: "encrypted", refreshToken: "encrypted" }]);
  expect(JSON.stringify(exported)).not.toContain("lynx");

  const asked = await bot.as("ru").slash("privacy delete");
  expect(textOf(asked.message)).toContain("привязанный аккаунт EXBO будут удалены");
  const kept = await bot.as("ru").click(asked.message!, "Отмена");
  expect(textOf(kept.message)).toBe("Ничего не изменилось.");
  const again = await person.slash("privacy delete");
  const gone = await person.click(again.message!, "Yes, delete everything");
  expect(textOf(gone.message)).toContain("Everything is deleted");
  expect(textOf(gone.message)).not.toContain("did not confirm");
  // Settings no longer hold, and the linking that was under way leads nowhere.
  expect((await person.slash("emission")).ephemeral).toBe(false);
  expect((await visit(callback)).status).toBe(400);
  expect(labels((await person.slash("account")).message)).toEqual(["Link my EXBO account"]);
  expect(bot.discord.problems).toEqual([]);
  expect(bot.complaints()).toEqual([]);
  await bot.stop();
  await store.close();

  expect(await mentions(settings, [id, "marten", "heron", "vesper"])).toEqual([]);
  expect(await mentions(settings, ["lynx"])).toEqual(["links"]);
  await bot.close();
});

test("deleting revokes the tokens at EXBO; where that is not confirmed the person is told, and they are gone here", async () => {
  const bot = await startBot({ game: { revocation: false } });
  await link(bot);
  const asked = await bot.as().slash("privacy delete");
  const gone = await bot.as().click(asked.message!, "Yes, delete everything");
  expect(textOf(gone.message)).toContain("EXBO did not confirm");
  expect(textOf((await bot.as().slash("privacy show")).message)).toContain("Nothing is stored");
  await bot.close();
});

/** Something in each table about what a person watches. */
async function watch(store: Store, ownerId: string, channelId: string): Promise<void> {
  const { watches, outbox, panels } = store.watching("elsewhere");
  const to = { target: `dm:${ownerId}`, ownerId, guildId: null, silent: true, locale: "en" };
  await watches.add(
    {
      ...{ ...to, kind: "price", subject: "EU:zyv9", roleId: null, crosspost: false },
      ...{ rule: { below: 1_500 }, lifetimeDays: 30 },
    },
    { perPerson: 1, perServer: 1 },
    { periodMs: 60_000, points: 2 },
  );
  const [renamed, given] = [{ userId: ownerId, nick: "[O] Ada" }, [{ userId: ownerId, roleId: "333" }]];
  const report = { kind: "roles", given, taken: [], renamed: [renamed], refused: [], doubts: [] } as const;
  await outbox.post([
    { ...to, watchId: null, event: { kind: "emission", stage: "start", region: "EU", startedAt: 0, sure: true } },
    { ...to, target: `channel:${channelId}`, ownerId: "555", guildId: "222", watchId: null, event: report },
  ]);
  await panels.add({ channelId: "111222333444555666", region: "EU", guildId: "222", ownerId, locale: "en" });
  const { keeping } = store.history("elsewhere");
  await keeping.keep("EU", "6f9619ff-8b86-4d01-b42d-00cf4fc964ff", ownerId);
  await keeping.setConsent(ownerId, true);
  const roles = store.roles("elsewhere");
  await roles.match(
    "222",
    { region: "EU", clanId: "6f9619ff-8b86-4d01-b42d-00cf4fc964ff" },
    "Ada",
    ownerId,
    new Date(0),
  );
  await roles.keepGraces("222", [{ discordId: ownerId, roleId: "333", since: new Date(0) }], []);
  await goToWar(store, ownerId);
}

/** With a squad, an excuse, what was seen of them, and what an officer says, who is the person too. */
async function goToWar(store: Store, personId: string): Promise<void> {
  const { wars, signUps, squads, excuses, presence } = store.warring("elsewhere");
  const [war, guildId, name] = [{ warId: "a-1", guildId: "222" }, "222", "v"];
  const [from, until] = [new Date(Date.now() + 600_000), new Date(Date.now() + 700_000)];
  await wars.announce({ guildId, scheduleId: "a" }, [{ id: war.warId, startsAt: from, endsAt: until, terms: {} }]);
  await signUps.put(war.warId, guildId, { personId, name, character: null, answer: "yes", reason: null });
  await squads.add(war, "s", "Alpha");
  await squads.assign(war, "s", [personId]);
  await excuses.add(guildId, { id: "e", personId, name, from, until, reason: "away", by: personId });
  await presence.sawVoice({ ...war, sinceMs: 1_000, people: [{ personId, present: true }], whole: false });
  await presence.readLogins(war.warId, [
    { personId, character: "c", region: "EU", outcome: "hidden", lastLogin: null },
  ]);
  await presence.correct(war, [{ personId, name }], { verdict: "present", reason: null, by: personId });
}

const file = z.object({
  discordId: z.string(),
  exportedAt: z.iso.datetime(),
  data: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
});

/** The JSON file of an answer. */
async function fileOf({ message, ephemeral }: Outcome): Promise<z.infer<typeof file>> {
  expect(ephemeral).toBe(true);
  const attachment = message?.attachments[0];
  expect(attachment?.filename).toMatch(/^zonewire-\d+\.json$/);
  return file.parse(await (await fetch(attachment!.url)).json());
}

/** The tables of the database, whatever they are, in which one of these texts stands in some column. */
async function mentions(settings: StoreSettings, texts: readonly string[]): Promise<string[]> {
  const { database } = await openDatabase({ settings, clock: systemClock, log: quiet });
  onTestFinished(() => database.close());
  const found = await database.run(async (db) => {
    const tables = await rowsOf(
      db,
      sql`select table_name as name from information_schema.tables where table_schema = 'public'`,
      z.object({ name: z.string() }),
    );
    const mentioning = [];
    for (const { name } of tables) {
      for (const text of texts) {
        const query = sql`select 1 from ${sql.identifier(name)} t where strpos(row_to_json(t)::text, ${text}) > 0`;
        if ((await rowsOf(db, query, z.unknown())).length > 0) mentioning.push(name);
      }
    }
    return mentioning;
  });
  await database.close();
  return found;
}
