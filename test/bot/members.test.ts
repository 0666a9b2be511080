import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor, Message } from "@zonewire/sandbox/discord";
import { landmarks } from "@zonewire/sandbox/game";
import { openApiAvailable, openApiChecker } from "../../packages/sandbox/test/discord/openapi.js";
import { DAY_MS } from "../../src/time.js";
import { labels, startBot, StillClock, textOf, type Bot } from "./bot.js";
import { link, menuOf, partsOf } from "./linking.js";
import { linesOf, pressLogins, profilesAsked } from "./roster.js";

const { clans } = landmarks;

describe("/clan members", () => {
  let bot: Bot;
  const clock = new StillClock();
  /** Of the busy clan, of the hostile one, of none. */
  const marten = (locale?: string) => bot.as(locale);
  const lynx = (locale?: string) => bot.as(locale, { person: "warden" });
  const heron = (locale?: string) => bot.as(locale, { person: "mira" });
  beforeAll(async () => {
    bot = await startBot({ clock, game: { clock } });
    await link(bot, marten(), "marten");
    await link(bot, lynx(), "lynx");
    await link(bot, heron(), "heron");
  });
  afterAll(() => bot.close());

  const clanId = (n: number) => bot.game.world.region("EU").population.clanId(n);
  const roster = (n: number) => bot.game.world.region("EU").population.rosterAt(n, clock.time);
  const read = async (options: Record<string, string> = {}, person = marten()) => {
    const { message, ephemeral } = await person.slash("clan members", { region: "EU", ...options });
    if (!message) throw new Error("no answer");
    return { message, ephemeral };
  };

  /** The lines of all pages; the last page is left open. */
  const everyLine = async (message: Message) => {
    const seen = linesOf(message);
    while (partsOf(message).some((part) => "label" in part && part.label === "›" && !part.disabled)) {
      await marten().click(message, "›");
      seen.push(...linesOf(message));
    }
    return seen;
  };

  test("shows one's own clan, the highest rank first, to the caller alone", async () => {
    const { message, ephemeral } = await read();
    expect(ephemeral).toBe(true);
    expect(textOf(message)).toContain(`${roster(clans.busy).length} members`);
    const [first = "", second = ""] = linesOf(message);
    expect(first).toMatch(/^1\\. \*\*Marten\*\* — Leader · joined <t:\d+:D>$/);
    expect(second).toContain("— Colonel ·");
  });

  test("takes a clan by a suggestion, and tells those outside why they see nothing", async () => {
    await expect.poll(() => lynx().autocomplete("clan members", "clan", "", { region: "EU" })).toHaveLength(25);
    const { message } = await read({ clan: clanId(clans.hostile) }, lynx());
    expect(textOf(message)).toContain("Lynx\\_77");
    const { message: refused, ephemeral } = await read({ clan: clanId(clans.busy) }, lynx("fr"));
    expect(ephemeral).toBe(true);
    expect(textOf(refused)).toContain("qu’à ceux qui y ont un personnage");
    expect(textOf(refused)).toContain("**lynx**");
    expect(textOf(refused)).toContain("/clan info");
  });

  test("is opened by a button on the clan's card, for each person as they may see it", async () => {
    const { message } = await marten().slash("clan info", { clan: clanId(clans.busy), region: "EU" });
    const card = textOf(message);
    const press = async (person: Actor) => {
      const { message: answer, ephemeral } = await person.click(message!, "Members");
      expect([ephemeral, answer?.id === message?.id]).toEqual([true, false]);
      return answer;
    };
    expect(textOf(await press(marten()))).toContain(`${roster(clans.busy).length} members`);
    expect(textOf(await press(lynx("fr")))).toContain("qu’à ceux qui y ont un personnage");
    expect(textOf(message)).toBe(card);
    const pages = labels((await marten().click(message!, "Members")).message);
    expect(pages).toContain("›");
  });

  test.each([
    ["en-US", "plays in NA, not in EU"],
    ["ru", "играет в регионе NA, а не EU"],
  ])("a clan picked or typed while another region was chosen is named, with its region (%s)", async (locale, where) => {
    const suggested = () => lynx(locale).autocomplete("clan members", "clan", "", { region: "NA" });
    await expect.poll(suggested).toHaveLength(25);
    const [first, second] = (await suggested()).slice(10);
    for (const [clan, { name }] of [
      [first!.value, first!],
      [second!.name, second!],
    ] as const) {
      const { message, ephemeral } = await read({ clan: String(clan) }, lynx(locale));
      expect(textOf(message).replaceAll("\\", "")).toContain(`**${name}** ${where}`);
      expect(textOf(message)).not.toContain(first!.value);
      expect(ephemeral).toBe(true);
      expect(labels(message)).toEqual([`NA · ${name}`]);
      // There it is found, and the caller is told why they do not see its members.
      const there = await lynx(locale).click(message, `NA · ${name}`);
      expect(textOf(there.message)).toContain("/clan info");
    }
  });

  test("shows names as they were written, and mentions nobody", async () => {
    const { message } = await read({}, lynx());
    expect(textOf(message)).not.toMatch(/@everyone|(?<!\\)\[click|(?<!\\)\*\*FREE|<@\d+>/);
    expect([message.mentions, message.mentionEveryone]).toEqual([[], false]);
  });

  test.each([
    [{ region: "RU" }, "None of your characters in **RU** is in a clan"],
    [{ region: "EU" }, "no character in **EU**"],
    [{ region: "XX" }, "region **XX**"],
    [{ region: "XX", clan: "any" }, "region **XX**"],
    [{ clan: "00000000-0000-4000-8000-000000000000" }, "The clan you chose is not in EU"],
    [{ clan: "no such clan" }, "no clan"],
  ])("without anything to show, says why: %j", async (options, words) => {
    const { message, ephemeral } = await read(options, heron());
    expect(ephemeral).toBe(true);
    expect(textOf(message)).toContain(words);
  });

  test("turns pages, each member once", async () => {
    const { message } = await read({ sort: "name" });
    const seen = linesOf(message);
    await marten().click(message, "›");
    seen.push(...linesOf(message));
    expect(seen).toHaveLength(roster(clans.busy).length);
    expect(seen.at(-1)).toMatch(new RegExp(`^${seen.length}\\\\\\. `));
    const names = seen.map(nameIn);
    expect(new Set(names).size).toBe(names.length);
  });

  test("takes the order of joining, and keeps it over pages and ranks", async () => {
    const { message } = await read({ sort: "joined" });
    const times = () => linesOf(message).map((line) => Number(/<t:(\d+):D>/.exec(line)?.[1]));
    expect(times()).toEqual([...times()].sort((a, b) => a - b));
    await marten().select(message, menuOf(message, "rank").customId, ["OFFICER"]);
    expect(times()).toEqual([...times()].sort((a, b) => a - b));
  });

  test("chooses a rank, as an option and in the menu, and all of them again", async () => {
    const { message } = await read({ rank: "SERGEANT" });
    const sergeants = roster(clans.busy).filter(({ rank }) => rank.startsWith("SERG")).length;
    expect(linesOf(message)).toHaveLength(sergeants);
    expect(linesOf(message).every((line) => line.includes("— Sergeant"))).toBe(true);
    const { customId, options } = menuOf(message, "rank");
    expect(options.find((option) => option.default)?.value).toBe("SERGEANT");
    expect(options[0]?.label).toBe(`All ranks (${roster(clans.busy).length})`);
    await marten().select(message, customId, ["LEADER"]);
    expect(textOf(message)).toContain("1 member · ");
    await marten().select(message, customId, ["all"]);
    expect(textOf(message)).toContain(`${roster(clans.busy).length} members`);
  });

  test("reads last logins on a button, the longest absent first, and goes back", async () => {
    const { message } = await read();
    await pressLogins(bot, message);
    const times = linesOf(message).flatMap((line) => Number(/ last login <t:(\d+):R>$/.exec(line)?.[1] ?? []));
    expect(times.length).toBeGreaterThan(10);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    await marten().click(message, "›");
    expect(textOf(message)).toMatch(/last login <t:|not known/);
    await marten().click(message, "Back to ranks");
    expect(linesOf(message)[0]).toContain("Leader · joined");
  });

  test("shows the absent only, on a button and as an option; the way back, pages, ranks and the file keep to it", async () => {
    const { message } = await read();
    await pressLogins(bot, message);
    const all = await everyLine(message);
    const absent = all.filter((line) => line.includes("💤"));
    expect(absent.length).toBeGreaterThan(0);
    expect(absent.length).toBeLessThan(all.length);
    await marten().click(message, "Absent only");
    const shown = await everyLine(message);
    expect(shown.map(nameIn)).toEqual(absent.map(nameIn));
    expect(textOf(message)).toContain(`${absent.length} member`);
    expect(textOf(message)).toContain("absent for more than 7 days · By last login");
    await marten().click(message, "Save as CSV");
    expect(message.attachments[0]?.data.toString("utf8").trimEnd().split("\r\n")).toHaveLength(absent.length + 1);
    await marten().select(message, menuOf(message, "rank").customId, ["RECRUIT"]);
    expect((await everyLine(message)).map(nameIn)).toEqual(
      absent.filter((line) => line.includes("— Recruit")).map(nameIn),
    );
    await marten().select(message, menuOf(message, "rank").customId, ["all"]);
    await marten().click(message, "All members");
    expect((await everyLine(message)).map(nameIn)).toEqual(all.map(nameIn));
    await marten().click(message, "Absent only");
    await marten().click(message, "Back to ranks");
    expect(linesOf(message)[0]).toContain("Leader · joined");
  });

  test.each([
    ["en-US", { absent: 7 }, /^\d+ members? absent for more than 7 days · By last login/],
    ["en-US", { absent: 1, sort: "name" }, /^\d+ members? absent for more than 1 day · By name/],
    ["en-US", { absent: 99 }, /^Nobody absent for more than 99 days · /],
    ["ru", { absent: 7 }, /^Нет в игре больше 7 дней: \d+ участник/],
    ["ru", { absent: 1 }, /^Нет в игре больше 1 дня: \d+ участник/],
    ["es-ES", { absent: 99 }, /^Más de 99 días sin entrar: nadie/],
    ["fr", { absent: 1 }, /^Absents depuis plus de 1 jour : \d+ membre/],
    ["ko", { absent: 99 }, /^99일 넘게 미접속: 없음/],
  ])("takes for how many days somebody must be absent (%s, %j)", async (locale, options, heading) => {
    const { message } = await marten(locale).slash("clan members", { region: "EU", ...options });
    await bot.discord.until("the last logins", () => heading.test(headingOf(message)));
    const seen = linesOf(message).map((line) => Number(/<t:(\d+):R>/.exec(line)?.[1]) * 1_000);
    expect(seen.every((time) => clock.time - time > options.absent * DAY_MS - 1_000)).toBe(true);
    if (!("sort" in options)) expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });

  test("asks for each profile once, although pages are turned", async () => {
    const { message } = await read({ sort: "seen" }, lynx());
    await bot.discord.until("the last logins", () => labels(message).includes("Back to ranks"));
    bot.game.requests.clear();
    await lynx().click(message, "›");
    await lynx().click(message, "‹");
    expect(profilesAsked(bot)).toEqual([]);
  });

  test("gives a file of what is chosen", async () => {
    const { message } = await read({ rank: "OFFICER" });
    await marten().click(message, "Save as CSV");
    const [file, ...more] = message.attachments;
    expect(more).toEqual([]);
    expect(file?.filename).toMatch(/^clan-members-[\p{L}\d]+-EU-\d{4}-\d\d-\d\d\.csv$/u);
    const text = file?.data.toString("utf8") ?? "";
    const [heading, ...rows] = text.trimEnd().split("\r\n");
    expect(heading).toBe('\uFEFF"Name","Rank","Joined (UTC)"');
    expect(rows).toHaveLength(linesOf(message).length);
    for (const row of rows) expect(row).toMatch(/^"[^"]+","Officer","\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"$/);
    await marten().select(message, menuOf(message, "rank").customId, ["all"]);
    expect(message.attachments).toEqual([]);
  });

  test("a file has the last logins once they are read", async () => {
    const { message } = await read({ rank: "OFFICER" }, marten("ru"));
    await pressLogins(bot, message, marten("ru"), ["Последние входы", "Назад к званиям"]);
    await marten("ru").click(message, "Сохранить в CSV");
    const [heading] = (message.attachments[0]?.data.toString("utf8") ?? "").split("\r\n");
    expect(heading).toBe('\uFEFF"Имя";"Звание";"Вступление (UTC)";"Последний вход (UTC)"');
  });

  test("an answer from the API's own trouble leaves the list as it was", async () => {
    const { message } = await read({ clan: clanId(clans.hostile), rank: "LEADER" }, lynx());
    const before = textOf(message);
    bot.game.faults.add({ kind: "status", status: 401 }, { path: "/by-name/" });
    clock.time += 11 * 60_000;
    const pressed = await lynx().click(message, "Last logins");
    bot.game.faults.clear();
    // The bot's own key was refused, not the caller: this is not told as "you are not in the clan".
    expect(textOf(pressed.message)).toContain("does not accept this bot's key");
    expect(pressed.ephemeral).toBe(true);
    expect(textOf(message)).toBe(before);
  });

  test("nothing went wrong on the way, and nothing secret is in the log", () => {
    expect(bot.discord.problems).toEqual([]);
    expect(bot.complaints()).toEqual([]);
    expect(bot.leaks()).toEqual([]);
  });

  test.skipIf(!openApiAvailable)("Discord's own description allows every answer", () => {
    expect(bot.discord.requests.flatMap(openApiChecker())).toEqual([]);
  });
});

/** The line above the members: how many there are, and in which order. */
function headingOf(message: Message | undefined): string {
  return message?.embeds[0]?.description?.split("\n")[0] ?? "";
}

function nameIn(line: string): string {
  return /\*\*(.+)\*\*/.exec(line)?.[1] ?? line;
}
