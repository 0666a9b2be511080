import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor, Message } from "@zonewire/sandbox/discord";
import { landmarks } from "@zonewire/sandbox/game";
import { openApiAvailable, openApiChecker } from "../../packages/sandbox/test/discord/openapi.js";
import { sourceName } from "../../src/zonewire/game.js";
import type { HistoryStore } from "../../src/store/index.js";
import { DAY_MS, HOUR_MS } from "../../src/time.js";
import { labels, ShiftedClock, startBot, textOf, type Bot } from "./bot.js";
import { link, menuOf, partsOf } from "./linking.js";
import { readDay, storeWithDays, type Seen } from "./past.js";

const { clans, characters } = landmarks;
const LOCALES = ["en-US", "ru", "es-ES", "fr", "ko"] as const;

describe("the past of characters and clans", () => {
  let bot: Bot;
  let history: HistoryStore;
  let days: Awaited<ReturnType<typeof storeWithDays>>;
  const clock = new ShiftedClock();
  /** Leads the busy clan. */
  const marten = (locale?: string) => bot.as(locale);
  /** Of another clan. */
  const lynx = (locale?: string) => bot.as(locale, { person: "warden" });
  /** Has linked nothing. */
  const stranger = (locale?: string) => bot.as(locale, { person: "mira" });
  beforeAll(async () => {
    days = await storeWithDays();
    bot = await startBot({ store: days.store, role: "bot", clock, game: { clock, limitPerMinute: 100_000 } });
    history = days.store.history(sourceName(bot.game.apiUrl));
    await link(bot, marten(), "marten");
    await link(bot, lynx(), "lynx");
  });
  afterAll(async () => {
    await bot.close();
    days.giveBack();
  });

  const roster = () =>
    bot.game.world
      .region("EU")
      .population.rosterAt(clans.busy, bot.game.time.now())
      .map(({ character }) => character.name);
  /** From 0. */
  let today = 0;
  /** What is due is read, and a day goes by. */
  const live = async (see: (name: string, place: number) => Seen = usually(today)) => {
    const names = roster();
    const day = today;
    await readDay(history, bot.game, (name) => see(name, names.indexOf(name)), {
      members: 20 + day,
      levelPoints: 1_000 + 100 * day,
    });
    await pass(1);
  };
  const pass = async (count: number) => {
    await days.pass(count);
    today += count;
  };
  const ask = async (person: Actor, command: string, options: Record<string, string | number | boolean> = {}) => {
    const outcome = await person.slash(command, { region: "EU", ...options });
    expect([outcome.answers, outcome.failure]).toEqual([1, undefined]);
    if (!outcome.message) throw new Error("no answer");
    expect(textOf(outcome.message)).not.toMatch(/undefined|NaN|\[object|\{\w+\}/);
    return { message: outcome.message, ephemeral: outcome.ephemeral, text: textOf(outcome.message) };
  };
  /** The text of all pages. */
  const everyPage = async (person: Actor, message: Message) => {
    const pages = [textOf(message)];
    while (partsOf(message).some((part) => "label" in part && part.label === "›" && !part.disabled)) {
      await person.click(message, "›");
      pages.push(textOf(message));
    }
    return pages.join("\n");
  };
  const pictures = ({ files }: Message) => files.map(({ filename }) => filename);

  test.each([
    ["en-US", "Nothing is kept about this clan yet", "Nothing is kept about **Marten** (EU) yet"],
    ["ru", "Об этом клане пока ничего не хранится", "О персонаже **Marten** (EU) пока ничего не хранится"],
    ["es-ES", "Aún no se guarda nada de este clan", "Aún no se guarda nada de **Marten** (EU)"],
    ["fr", "Rien n’est encore gardé sur ce clan", "Rien n’est encore gardé sur **Marten** (EU)"],
    ["ko", "이 클랜은 아직 보관된 기록이 없어요", "**Marten** (EU) 캐릭터는 아직 기록이 없어요"],
  ])("of which nothing is kept says so, and what switches it on (%s)", async (locale, ofClan, ofSelf) => {
    for (const command of ["clan top", "clan history"]) {
      const { text, ephemeral, message } = await ask(marten(locale), command);
      expect([text.includes(ofClan), ephemeral, pictures(message)]).toEqual([true, true, []]);
      expect(text).toContain("</clan keep:");
    }
    const own = await ask(marten(locale), "character progress");
    expect([own.text.includes(ofSelf), own.ephemeral]).toEqual([true, true]);
    expect(own.text).toContain("</settings me:");
  });

  test("only people in a clan may have it kept, or see what is", async () => {
    const clan = bot.game.world.region("EU").population.clanId(clans.busy);
    for (const command of ["clan keep", "clan top", "clan history", "clan inactive"]) {
      const { text } = await ask(lynx(), command, { clan });
      expect(text).toContain("only to people who have a character in it");
      const unlinked = await ask(stranger(), command, { clan });
      expect(labels(unlinked.message)).toEqual(["Link my EXBO account"]);
    }
  });

  test.each([
    ["en-US", "Not kept", "Keep", "Kept** since", "Stop"],
    ["ru", "Не хранится", "Хранить", "Хранится** с", "Не хранить"],
    ["es-ES", "No se guarda", "Guardar", "Se guarda** desde", "Dejar de guardar"],
    ["fr", "Pas gardé", "Garder", "Gardé** depuis", "Arrêter"],
    ["ko", "보관하지 않음", "보관하기", "부터 **보관 중", "중지"],
  ])("a clan is kept by an option or a button, which takes it back too (%s)", async (locale, off, keep, on, stop) => {
    const before = await ask(marten(locale), "clan keep");
    expect([before.text.includes(off), labels(before.message)]).toEqual([true, [keep]]);
    await marten(locale).click(before.message, keep);
    expect(textOf(before.message)).toContain(on);
    expect(textOf(before.message)).toContain("</privacy object:");
    await marten(locale).click(before.message, stop);
    expect(textOf(before.message)).toContain(off);
    expect((await ask(marten(locale), "clan keep", { switch: "on" })).text).toContain(on);
    if (locale !== "ko") expect((await ask(marten(locale), "clan keep", { switch: "off" })).text).toContain(off);
  });

  test("after one day there is nothing to compare with: the answers say when there will be", async () => {
    await live();
    expect((await ask(marten(), "clan top")).text).toContain("it takes two snapshots");
    expect((await ask(marten(), "clan history")).text).toContain("it takes two days");
    const { text, message } = await ask(marten("ru"), "character progress", { name: characters.leader });
    expect(text).toContain("Пока есть один снимок");
    expect(pictures(message)).toEqual([]);
  });

  test("members are ranked by what they gained, in all and a day, with a picture and pages", async () => {
    for (let more = 0; more < 5; more += 1) await live();
    const { message, text, ephemeral } = await ask(marten(), "clan top", { period: "30d" });
    expect([ephemeral, pictures(message)]).toEqual([true, ["clan-top.png"]]);
    expect(text).toContain("**Time played · 30 days**");
    const gains = [
      ...text.matchAll(/^(\d+)\\\. \*\*.+\*\* — \*\*\+(\d+) h\*\* · ([\d.]+) h a day · since <t:\d+:D>$/gm),
    ];
    expect(gains.map(([, place]) => Number(place))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const hours = gains.map(([, , gain]) => Number(gain));
    expect(hours).toEqual([...hours].sort((a, b) => b - a));
    expect(Number(gains[0]?.[3])).toBeCloseTo(hours[0]! / 5, 0);
    expect(message.files[0]?.description).toContain(`+${hours[0]} h`);
    await marten().click(message, "›");
    expect(textOf(message)).toMatch(/^11\\\. /m);
    await marten().select(message, menuOf(message, "stat").customId, ["kil"]);
    expect(textOf(message)).toContain("**Kills · 30 days**");
    expect(textOf(message)).toMatch(/^1\\\. \*\*.+\*\* — \*\*\+\d+\*\* · [\d.]+ a day/m);
    await marten().click(message, "7 days");
    expect(textOf(message)).toContain("**Kills · 7 days**");
    expect(textOf(message)).not.toContain("since");
  });

  test.each([
    ["en-US", "artifacts collected", "Artifacts collected"],
    ["ru", "артефактов собрано", "Артефактов собрано"],
    ["ko", "플레이 시간", "플레이 시간"],
    ["fr", "art-col", "Artefacts"],
  ])("any statistic is found by its name in any language, or by its id (%s, %s)", async (locale, typed, named) => {
    const { text } = await ask(marten(locale), "clan top", { statistic: typed });
    expect(text).toContain(named);
    const [first] = await marten(locale).autocomplete("clan top", "statistic", typed, { region: "EU" });
    if (typed !== "art-col") expect(first?.name).toBe(named);
  });

  test("what is no statistic, or may be several, is asked back", async () => {
    expect((await ask(marten(), "clan top", { statistic: "zzzz" })).text).toContain("do not know a statistic");
    const { message, text, ephemeral } = await ask(marten(), "clan top", { statistic: "killed" });
    expect([text.includes("Did you mean"), ephemeral]).toEqual([true, true]);
    const { message: answer } = await marten().click(message, labels(message)[0]!);
    expect(textOf(answer)).toContain(`**${labels(message)[0]} · 7 days**`);
  });

  test.each(LOCALES)("the course of the clan is told and drawn (%s)", async (locale) => {
    const { message, text, ephemeral } = await ask(marten(locale), "clan history", { period: "30d" });
    expect([ephemeral, pictures(message)]).toEqual([true, ["clan-history.png"]]);
    const plain = text.replaceAll(/[\u00a0\u202f,]/g, "").replaceAll(" ", " ");
    expect(plain).toContain("20 → 25 (**+5**)");
    expect(plain).toContain("1000 → 1500 (**+500**)");
    expect(text).toContain("⚠️");
    expect(labels(message)).toHaveLength(4);
  });

  test("the progress of a member is told to the clan, and to nobody else", async () => {
    const [, , third = ""] = roster();
    const { message, text, ephemeral } = await ask(marten(), "character progress", {
      name: third.toUpperCase(),
      period: "30d",
    });
    expect([ephemeral, pictures(message)]).toEqual([true, ["progress.png"]]);
    expect(text).toMatch(/^Time played — \*\*\+\d+ h\*\* · [\d.]+ h a day$/m);
    expect(text).toMatch(/^Kills — \*\*\+\d+\*\* · /m);
    // A record is no total.
    expect(text).toMatch(/^Longest killstreak — \*\*\d+ → \d+\*\*$/m);
    expect(text).toMatch(/K\/D: [\d.]+/);
    expect(text).toContain("⚠️ Known only since");
    await marten().select(message, menuOf(message, "stat").customId, ["dea"]);
    expect(message.files[0]?.description).toContain("Deaths");
    await marten().click(message, "90 days");
    expect(textOf(message)).toContain("· 90 days ·");
    const refused = await ask(lynx(), "character progress", { name: third });
    const unknown = await ask(lynx(), "character progress", { name: "Nobody_Here" });
    expect(refused.text.replace(/\*\*.*?\*\*/, "")).toBe(unknown.text.replace(/\*\*.*?\*\*/, ""));
  });

  test.each(LOCALES)("the titles of these cards, typed, mean what they name (%s)", async (locale) => {
    const titleOf = async (command: string, options: Record<string, string> = {}) =>
      (await ask(marten(locale), command, options)).message.embeds[0]?.title ?? "";
    const third = roster()[2] ?? "";
    const progress = await titleOf("character progress", { name: third });
    for (const form of [progress, progress.replaceAll("\\", "")])
      expect(await titleOf("character progress", { name: form })).toBe(progress);
    for (const command of ["clan top", "clan history", "clan keep", "clan log"]) {
      const title = await titleOf(command);
      for (const form of [title, title.replaceAll("\\", "")])
        expect(await titleOf("clan keep", { clan: form })).toBe(await titleOf("clan keep"));
    }
  });

  test("gaps are told: a hidden profile, days without a snapshot, a total that was set back", async () => {
    const names = roster();
    const [, , , hidden = "", back = ""] = names;
    for (let more = 0; more < 3; more += 1) {
      const see = usually(today);
      await live((name, place) => (name === hidden ? "hidden" : see(name, place)));
    }
    expect((await ask(marten(), "character progress", { name: hidden })).text).toContain("🔒 Profile hidden since <t:");
    // Three days nobody reads anything.
    await pass(3);
    const later = usually(today);
    await live((name, place) => (name === back ? { kil: 1, dea: 1 } : later(name, place)));
    const open = await ask(marten(), "character progress", { name: hidden, period: "30d" });
    expect(open.text).toMatch(/🔒 Profile hidden from <t:\d+:D> to <t:\d+:D>/);
    expect(open.text).toMatch(/^Time played — \*\*\+\d+ h\*\*/m);
    expect(pictures(open.message)).toEqual(["progress.png"]);
    const other = await ask(marten("ru"), "character progress", { name: names[2] ?? "", period: "30d" });
    expect(other.text).toMatch(/❔ Снимков нет: <t:\d+:D> – <t:\d+:D>/);
    const last = usually(today);
    await live((name, place) => (name === back ? { kil: 3, dea: 1 } : last(name, place)));
    const fell = await ask(marten(), "clan top", { statistic: "kil", period: "30d" });
    expect(await everyPage(marten(), fell.message)).toMatch(
      /— \*\*\+2\*\* · counted since <t:\d+:D>, when the total was set back/,
    );
  });

  test.each([
    ["en-US", "kept day by day"],
    ["ru", "хранится по дням"],
    ["es-ES", "se guarda día a día"],
    ["fr", "gardé jour après jour"],
    ["ko", "매일 보관"],
  ])("who switches on their own history shows it to everybody; off hides it again (%s)", async (locale, words) => {
    const before = await ask(stranger(locale), "character progress", { name: characters.leader });
    expect(before.text).toContain("</clan keep:");
    expect(textOf((await marten(locale).slash("settings me", { history: true })).message)).toContain(words);
    await live();
    const open = await ask(stranger(locale), "character progress", { name: characters.leader });
    expect(open.message.embeds[0]?.title).toContain("Marten · ");
    expect(textOf((await marten(locale).slash("settings me", { history: false })).message)).not.toContain(words);
    const closed = await ask(stranger(locale), "character progress", { name: characters.leader });
    expect(closed.text).toBe(before.text);
  });

  test("a comparison over a period shows in public what everybody may see, and one's own", async () => {
    const other = roster()[2] ?? "";
    const pair = { first: characters.leader, second: other, period: "7d" };
    const own = await ask(marten(), "character compare", pair);
    expect(own.ephemeral).toBe(false);
    const [heading, first, second] = own.message.embeds[0]?.fields?.slice(-3) ?? [];
    expect([heading?.name, heading?.value]).toEqual(["Gained in 7 days", "Nothing to compare"]);
    expect(first?.value).toMatch(/^<t:\d+:d> – <t:\d+:d>\nTime played: \+/);
    expect(second?.value).toContain("nothing known that everybody may see");
    const theirs = await ask(stranger("fr"), "character compare", pair);
    for (const field of theirs.message.embeds[0]?.fields?.slice(-2) ?? [])
      expect(field.value).toContain("aucune donnée visible par tous");
    expect((await ask(stranger(), "character compare", { first: pair.first, second: other })).text).not.toContain(
      "Gained",
    );
  });

  test.each([
    ["en-US", / absent for more than 14 days/, "Save as CSV", "not known"],
    ["ru", /^Нет в игре больше 14 дней: /, "Сохранить в CSV", "неизвестно"],
    ["es-ES", /^Más de 14 días sin entrar: /, "Guardar en CSV", "desconocida"],
    ["fr", /^Absents depuis plus de 14 jours : /, "Enregistrer en CSV", "inconnu"],
    ["ko", /^14일 넘게 미접속: /, "CSV로 저장", "알 수 없음"],
  ])(
    "who is absent is listed, then those of whom it is not known, also as a file (%s)",
    async (locale, heading, save, unknown) => {
      const { message } = await ask(marten(locale), "clan inactive");
      await bot.discord.until("the last logins", () =>
        heading.test(message.embeds[0]?.description?.split("\n")[0] ?? ""),
      );
      const lines = textOf(message)
        .split("\n")
        .filter((line) => /^\d+\\\. /.test(line));
      const seen = lines.flatMap((line) => Number(/<t:(\d+):R>/.exec(line)?.[1] ?? []));
      expect(seen).toEqual([...seen].sort((a, b) => a - b));
      expect(seen.every((second) => bot.game.time.now() - second * 1_000 > 14 * DAY_MS - 1_000)).toBe(true);
      expect(lines.slice(seen.length).every((line) => line.endsWith(unknown))).toBe(true);
      await marten(locale).click(message, save);
      const [file] = message.attachments;
      expect(file?.filename).toMatch(/^clan-inactive-.*\.csv$/);
      const rows = file?.data.toString("utf8").trimEnd().split("\r\n").slice(1) ?? [];
      expect(rows.length).toBeGreaterThanOrEqual(lines.length);
      expect(rows.filter((row) => row.endsWith(`"${unknown}"`)).length).toBeGreaterThan(0);
    },
  );

  test("/privacy names what is kept, and the file has it", async () => {
    await marten().slash("settings me", { history: true });
    await live();
    const { message } = await marten().slash("privacy show");
    const text = await everyPage(marten(), message!);
    for (const words of [
      "Clan whose figures you keep",
      "History of a character",
      "History of your characters is kept: yes",
    ])
      expect(text).toContain(words);
    expect(text).not.toMatch(/^\w*[a-z][A-Z]\w*:/m);
    const { message: answer } = await marten().slash("privacy export");
    const file = answer?.attachments[0]?.data.toString("utf8") ?? "{}";
    const { data, history: past } = JSON.parse(file) as {
      data: Record<string, unknown[]>;
      history: { name: string; snapshots: { figures: Record<string, number> }[] }[];
    };
    expect(data.history_keeps).toHaveLength(1);
    const own = past.find(({ name }) => name === characters.leader);
    expect(own?.snapshots.at(-1)?.figures.kil).toBeGreaterThan(0);
    await marten().slash("settings me", { history: false });
  });

  test("a member objects: what is kept goes, they are in no list, and it can be taken back", async () => {
    const ranked = async () => {
      const { message: list } = await ask(marten(), "clan top", { period: "30d" });
      return (await everyPage(marten(), list)).includes("**Marten** —");
    };
    expect(await ranked()).toBe(true);
    const { message } = await marten("ru").slash("privacy object", { region: "EU" });
    const { customId, options } = menuOf(message, "choose");
    const value = options.find(({ label }) => label.startsWith("Marten"))?.value ?? "";
    await marten("ru").select(message!, customId, [value]);
    expect(textOf(message)).toContain("**Marten** (EU)");
    await marten("ru").click(message!, "Отмена");
    expect(await ranked()).toBe(true);
    const { message: again } = await marten().slash("privacy object");
    await marten().select(again!, menuOf(again, "choose").customId, [value]);
    await marten().click(again!, "Yes, delete and stop");
    expect(textOf(again)).toContain("✅ Deleted.");
    expect(textOf(again)).toContain("🚫 **Marten** · EU · nothing is kept");
    await live();
    await live();
    expect(await ranked()).toBe(false);
    expect((await ask(marten(), "character progress", { name: characters.leader })).text).toContain("Nothing is kept");
    await marten().select(again!, menuOf(again, "choose").customId, [value]);
    expect(textOf(again)).toContain("✅ Allowed again.");
    await live();
    await live();
    expect(await ranked()).toBe(true);
  });

  test("while the game's API is away, what is known of the clan is shown with a warning", async () => {
    await ask(marten(), "clan top");
    clock.shift += 10 * 60_000;
    bot.game.faults.add({ kind: "status", status: 503 }, {});
    const top = await ask(marten(), "clan top");
    expect(top.text).toContain("API does not answer");
    expect(pictures(top.message)).toEqual(["clan-top.png"]);
    const progress = await ask(marten(), "character progress", { name: roster()[2] ?? "" });
    expect(pictures(progress.message)).toEqual(["progress.png"]);
    bot.game.faults.clear();
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

/** Everybody plays some hours a day, each a bit more than the one before in the list. */
function usually(day: number): (name: string, place: number) => Seen {
  return (_name, place) => ({
    "pla-tim": (100 + day * (1 + place / 10)) * HOUR_MS,
    kil: 50 + day * (place + 1),
    dea: 40 + day,
    "art-col": day * 3,
    "max-kil-ser": 5 + day,
    "sho-fir": 1_000 + 100 * day,
    "sho-hit": 300 + 40 * day,
  });
}
