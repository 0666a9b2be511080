import { getTableName, sql } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { systemClock } from "../../src/time.js";
import type { Outcome } from "@zonewire/sandbox/discord";
import { personColumn } from "../../src/store/schema.js";
import { rowsOf } from "../../src/store/rows.js";
import { openDatabase } from "../../src/store/store.js";
import type { StoreSettings } from "../../src/store/index.js";
import { engines, quiet } from "../store/engines.js";
import { labels, startBot, textOf } from "./bot.js";
import { consent, link, linkOf, visit } from "./linking.js";

const ABOUT_PEOPLE = Object.values(personColumn).flatMap((column) => (column ? [getTableName(column.table)] : []));

test.each(engines)(
  "/privacy shows, exports and deletes all there is ($name)",
  { timeout: 60_000 },
  async ({ fresh }) => {
    const settings = await fresh();
    const bot = await startBot({ storeSettings: settings });
    const person = bot.as();
    const { id } = person.standpoint.user;
    for (const command of ["show", "export", "delete"]) {
      const nothing = await person.slash(`privacy ${command}`);
      expect([nothing.ephemeral, textOf(nothing.message).includes("Nothing is stored about you")]).toEqual([
        true,
        true,
      ]);
    }

    await link(bot, bot.as("en-US", { person: "mira" }), "lynx");
    await person.slash("settings me", { region: "NA", private_answers: true });
    await link(bot);
    const waiting = await person.slash("link");
    const callback = await consent(linkOf(waiting.message), "heron");

    const shown = textOf((await person.slash("privacy show")).message);
    for (const words of ["Settings", "Region: NA", "Private answers: yes", "Login: marten", "Access token: encrypted"])
      expect(shown).toContain(words);
    expect(shown).toContain("Linking in progress");
    // No column goes by its own name.
    expect(shown).not.toMatch(/^\w*[a-z][A-Z]\w*:/m);

    const exported = await fileOf(await person.slash("privacy export"));
    expect(exported.discordId).toBe(id);
    expect(Object.keys(exported.data).sort()).toEqual(ABOUT_PEOPLE.sort());
    expect(exported.data.links).toMatchObject([
      { login: "marten", accessToken: "encrypted", refreshToken: "encrypted" },
    ]);
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

    expect(await mentions(settings, [id, "marten", "heron", "vesper"])).toEqual([]);
    expect(await mentions(settings, ["lynx"])).toEqual(["links"]);
    await bot.close();
  },
);

test(
  "deleting revokes the tokens at EXBO; where that is not confirmed the person is told, and they are gone here",
  { timeout: 60_000 },
  async () => {
    const bot = await startBot({ game: { revocation: false } });
    await link(bot);
    const asked = await bot.as().slash("privacy delete");
    const gone = await bot.as().click(asked.message!, "Yes, delete everything");
    expect(textOf(gone.message)).toContain("EXBO did not confirm");
    expect(textOf((await bot.as().slash("privacy show")).message)).toContain("Nothing is stored");
    await bot.close();
  },
);

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
