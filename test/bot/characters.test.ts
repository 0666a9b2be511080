import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Message } from "@zonewire/sandbox/discord";
import { landmarks } from "@zonewire/sandbox/game";
import { openApiAvailable, openApiChecker } from "../../packages/sandbox/test/discord/openapi.js";
import { labels, startBot, textOf, type Bot } from "./bot.js";
import { link, menuOf } from "./linking.js";

const { leader, alt, loner, hidden, hostileClanMember } = landmarks.characters;

describe("one's own characters", () => {
  let bot: Bot;
  /** Vesper has linked the account `marten`, Warden `lynx`, Mira `heron`. */
  const marten = (locale?: string) => bot.as(locale);
  const lynx = (locale?: string) => bot.as(locale, { person: "warden" });
  const heron = (locale?: string) => bot.as(locale, { person: "mira" });
  beforeAll(async () => {
    bot = await startBot();
    await link(bot, marten(), "marten");
    await link(bot, lynx(), "lynx");
    await link(bot, heron(), "heron");
  });
  afterAll(() => bot.close());

  describe("/character list", () => {
    test("shows each with clan and rank, to the caller alone", async () => {
      const { message, ephemeral, answers } = await marten().slash("character list", { region: "EU" });
      expect([ephemeral, answers]).toEqual([true, 1]);
      const [first, second, ...more] = message?.embeds[0]?.fields ?? [];
      expect(more).toEqual([]);
      expect(first?.name).toBe(leader);
      expect(first?.value).toMatch(/^\*\*\[.+\]\*\* .+\nLeader\nIn the game since <t:\d+:D>$/);
      expect(second?.name).toBe("Quiet\\_Marten");
      expect(second?.value).toMatch(/^no clan\n/);
      expect(textOf(message)).toContain("2 characters");
    });

    test("says that there are none in a region", async () => {
      const { message } = await heron().slash("character list", { region: "EU" });
      expect(textOf(message)).toContain("You have no characters in this region");
      expect(labels(message)).toEqual([]);
    });

    test("shows one", async () => {
      const text = textOf((await heron().slash("character list", { region: "RU" })).message);
      expect(text).toContain("1 character\n");
      expect(text).toContain("Серая\\_Цапля");
    });

    test("turns pages where there are many, in the order of their numbers", async () => {
      const { message } = await heron().slash("character list", { region: "NA" });
      const shown = () => (message?.embeds[0]?.fields ?? []).map(({ name }) => Number(name.split("_")[1]));
      expect(shown()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      await heron().click(message!, "›");
      expect(shown()).toEqual([11, 12]);
      expect(labels(message)).toContain("2 / 2");
    });

    test("marks the main one and puts it first", async () => {
      await chooseMain(alt, "EU");
      const { message } = await marten().slash("character list", { region: "EU" });
      expect(message?.embeds[0]?.fields?.map(({ name }) => name)).toEqual(["★ Quiet\\_Marten", leader]);
      await chooseMain(leader, "EU");
    });

    test("asks those who have linked none to do so, and of no region that is not there", async () => {
      const { message, ephemeral } = await unlinked().slash("character list");
      expect(ephemeral).toBe(true);
      expect(labels(message)).toEqual(["Link my EXBO account"]);
      expect(textOf((await marten().slash("character list", { region: "XX" })).message)).toContain("region **XX**");
    });
  });

  describe("/character profile", () => {
    test("without a name is the caller's main character, wherever it plays", async () => {
      await chooseMain(alt, "RU");
      const { message, ephemeral } = await marten("en-US").slash("character profile");
      expect(ephemeral).toBe(false);
      expect(message?.embeds[0]?.title).toBe("Quiet\\_Marten · RU");
      const elsewhere = await marten().slash("character profile", { region: "NA" });
      expect(elsewhere.message?.embeds[0]?.title).toBe("Marten · NA");
      await chooseMain(leader, "EU");
    });

    test("without a name and without a character in the region, says so", async () => {
      const { message, ephemeral } = await heron().slash("character profile", { region: "SEA" });
      expect(ephemeral).toBe(true);
      expect(textOf(message)).toContain("no character in **SEA**");
    });

    test("with a name needs no link; without one, it asks for it", async () => {
      const named = await unlinked().slash("character profile", { name: "mArTeN", region: "EU" });
      expect(named.message?.embeds[0]?.title).toBe("Marten · EU");
      const nameless = await unlinked().slash("character profile", { region: "EU" });
      expect([nameless.ephemeral, labels(nameless.message)]).toEqual([true, ["Link my EXBO account"]]);
    });

    test("suggests one's own characters, and nothing to those who have linked none", async () => {
      const names = async (typed: string, region = "EU") =>
        (await marten().autocomplete("character profile", "name", typed, { region })).map(({ name }) => name);
      expect(await names("")).toEqual([leader, alt]);
      expect(await names("QUIET")).toEqual([alt]);
      expect(await names("", "XX")).toEqual([]);
      expect(await unlinked().autocomplete("character profile", "name", "", { region: "EU" })).toEqual([]);
    });

    test("has all statistics, page by page, behind a menu of their categories", async () => {
      const options = { name: hostileClanMember, region: "EU" };
      const { message } = await marten().slash("character profile", options);
      const { customId, options: parts } = menuOf(message, "part");
      expect(parts.map(({ value }) => value)).toEqual([
        "overview",
        "SURVIVAL",
        "COMBAT",
        "EXPLORATION",
        "ECONOMY",
        "HIDEOUT",
        "SESSION_MODES",
        "NONE",
      ]);
      const stats = await profileStats(hostileClanMember);
      let lines = 0;
      for (const { value, label } of parts.slice(1)) {
        const chosen = await marten().select(message!, customId, [value]);
        expect(chosen.acknowledgement?.kind).toBe("update");
        const before = lines;
        for (;;) {
          lines += linesOf(textOf(message)).length;
          if (!labels(message).includes("›") || labels(message).includes("2 / 2") || labels(message).includes("3 / 3"))
            break;
          await marten().click(message!, "›");
        }
        expect(label).toContain(`(${lines - before})`);
      }
      const shares = lines - stats.filter(({ type }) => type !== "SLIDING_MATCH_HISTORY").length;
      expect(shares).toBeGreaterThanOrEqual(0);
      expect(shares).toBeLessThanOrEqual(4);
    });

    test.each([
      ["ru", "Бой", /Сделано выстрелов — \*\*[\d\u00a0]+\*\*/],
      ["ko", "전투", /발사 횟수 — \*\*[\d,]+\*\*/],
      ["fr", "Combat", /Tirs — \*\*[\d\u202f]+\*\*/],
    ])("names them in the reader's language: %s", async (locale, category, line) => {
      const { message } = await marten(locale).slash("character profile", { name: hostileClanMember, region: "EU" });
      await marten(locale).select(message!, menuOf(message, "part").customId, ["COMBAT"]);
      expect(textOf(message)).toContain(`### ${category}`);
      expect(textOf(message)).toMatch(line);
    });

    test("names the achievements that are on show", async () => {
      const { displayedAchievements } = await profileOf(hostileClanMember);
      const { message } = await marten().slash("character profile", { name: hostileClanMember, region: "EU" });
      const field = message?.embeds[0]?.fields?.find(({ name }) => name === "Showcased achievements");
      expect(field?.value.split(", ")).toHaveLength(displayedAchievements.length);
      for (const id of displayedAchievements) expect(field?.value).not.toContain(id);
    });

    test("goes back to the overview; a stranger's choice changes nothing", async () => {
      const { message } = await marten().slash("character profile", { name: leader, region: "EU" });
      const before = timeless(message);
      const { customId } = menuOf(message, "part");
      await marten().select(message!, customId, ["SURVIVAL"]);
      expect(timeless(message)).not.toBe(before);
      await marten().select(message!, customId, ["overview"]);
      expect(timeless(message)).toBe(before);
      const foreign = await lynx().select(message!, customId, ["COMBAT"]);
      expect(foreign.ephemeral).toBe(true);
      expect(timeless(message)).toBe(before);
    });
  });

  describe("/character compare", () => {
    test("puts two next to each other in columns, the better figure in bold", async () => {
      const { message, ephemeral } = await unlinked().slash("character compare", {
        first: leader,
        second: hostileClanMember,
        region: "EU",
      });
      expect(ephemeral).toBe(false);
      const fields = message?.embeds[0]?.fields ?? [];
      // Who they are in one row, the figures in another: those begin level.
      expect(fields.map(({ inline }) => inline)).toEqual([true, true, false, true, true]);
      const columns = fields.slice(3);
      expect([fields[0]?.name, columns[0]?.name]).toEqual([leader, leader]);
      expect(columns[0]?.value.split("\n").length).toBe(columns[1]?.value.split("\n").length);
      const of = async (name: string, stat: string) =>
        (await profileStats(name)).find(({ id }) => id === stat)?.value as number | undefined;
      /** Of what only one of the two has, neither is better. */
      const shown = (value: number | undefined, other: number | undefined, sign: number) => {
        const text = value?.toLocaleString("en") ?? "—";
        return value !== undefined && other !== undefined && sign * (value - other) > 0 ? `**${text}**` : text;
      };
      for (const [label, stat, sign] of [
        ["Kills", "kil", 1],
        ["Deaths", "dea", -1],
      ] as const) {
        const [one, other] = [await of(leader, stat), await of(hostileClanMember, stat)];
        expect(columns[0]?.value).toContain(`\n${label}: ${shown(one, other, sign)}\n`);
        expect(columns[1]?.value).toContain(`\n${label}: ${shown(other, one, sign)}\n`);
      }
      expect(textOf(message)).not.toMatch(/@everyone|(?<!\\)\[click/);
    });

    test("of one with itself has nothing in bold among the figures, and says that it is the same one", async () => {
      const { message } = await unlinked().slash("character compare", { first: leader, second: leader, region: "EU" });
      const figures = textOf(message)
        .split("\n")
        .filter((line) => /^[\w /]+: /.test(line));
      expect(figures.length).toBeGreaterThan(10);
      expect(figures.filter((line) => line.includes("**"))).toEqual([]);
      expect(textOf(message)).toContain("Overview\nThis is the same character twice");
    });

    test("of two with equal figures says that nobody is ahead", async () => {
      for (const name of [leader, alt]) bot.game.setBackProfile("SEA", name);
      const { message } = await unlinked().slash("character compare", { first: leader, second: alt, region: "SEA" });
      expect(textOf(message)).toContain("Nobody is ahead here");
      expect(textOf(message)).not.toContain("Bold");
    });

    test.each([
      [hidden, "the profile is hidden"],
      ["Nobody_Here", "no character **Nobody\\_Here**"],
    ])("says which of the two is not to be seen: %s", async (second, words) => {
      const { message, ephemeral } = await unlinked().slash("character compare", {
        first: leader,
        second,
        region: "EU",
      });
      expect(ephemeral).toBe(true);
      expect(textOf(message)).toContain(words);
    });
  });

  describe("/friends", () => {
    test("shows those of the main character, in alphabetical order, to the caller alone", async () => {
      const { message, ephemeral } = await marten("ru").slash("friends", { region: "RU" });
      expect(ephemeral).toBe(true);
      expect(textOf(message)).toContain("Друзья Marten · RU");
      const friends = linesOf(textOf(message), /^\d+\\\. /);
      expect(friends.length).toBeGreaterThan(2);
      expect(friends).toEqual([...friends].sort(new Intl.Collator("ru", { numeric: true }).compare));
    });

    test("turns pages where there are many: each once", async () => {
      const { message } = await marten().slash("friends", { character: alt, region: "EU" });
      const all = new Set(linesOf(textOf(message), /^\d+\\\. /));
      const total = Number(/(\d+) friends/.exec(textOf(message))?.[1]);
      expect(total).toBeGreaterThan(40);
      for (const position of ["2 / 3", "3 / 3"]) {
        await marten().click(message!, "›");
        expect(labels(message)).toContain(position);
        for (const line of linesOf(textOf(message), /^\d+\\\. /)) all.add(line);
      }
      expect(all.size).toBe(total);
      expect(textOf(message)).toContain(`${total}\\. `);
    });

    test("says that there are none", async () => {
      const { message } = await heron().slash("friends", { character: loner, region: "RU" });
      expect(textOf(message)).toContain("No friends yet.");
    });

    test("are those of one's own characters only", async () => {
      for (const character of [leader, "Nobody_Here", ".."]) {
        const { message, ephemeral } = await lynx().slash("friends", { character, region: "EU" });
        expect(ephemeral).toBe(true);
        expect(textOf(message)).toContain("only of your own characters");
        expect(textOf(message)).toContain("**lynx**");
      }
      expect(textOf((await lynx().slash("friends", { character: leader, region: "XX" })).message)).toContain("**XX**");
    });
  });

  test.each(["en-US", "ru", "es-ES", "fr", "ko"])("every answer is whole in %s", async (locale) => {
    const calls: [string, Record<string, string>][] = [
      ["character list", {}],
      ["character profile", {}],
      ["character compare", { first: leader, second: loner }],
      ["friends", {}],
      ["clan members", {}],
    ];
    for (const [command, options] of calls) {
      const { message, answers } = await marten(locale).slash(command, { ...options, region: "RU" });
      expect(answers).toBe(1);
      expect(textOf(message)).toContain("Marten");
      expect(textOf(message)).not.toMatch(/undefined|NaN|\[object|\{\w+\}/);
    }
  });

  test("menus survive a restart of the bot", async () => {
    const { message } = await marten().slash("character profile", { name: leader, region: "EU" });
    await bot.restart();
    await marten().select(message!, menuOf(message, "part").customId, ["ECONOMY"]);
    expect(textOf(message)).toContain("### Economy");
  });

  test("nothing went wrong on the way, and nothing secret is in the log", () => {
    expect(bot.discord.problems).toEqual([]);
    expect(bot.complaints()).toEqual([]);
    expect(bot.leaks()).toEqual([]);
  });

  test.skipIf(!openApiAvailable)("Discord's own description allows every answer", () => {
    expect(bot.discord.requests.flatMap(openApiChecker())).toEqual([]);
  });

  /** Somebody who has come after the others and linked nothing. */
  function unlinked() {
    const [guild] = bot.discord.guilds;
    const newcomer = bot.discord.world.addUser("Newcomer");
    bot.discord.world.addMember(guild!, newcomer);
    return bot.discord.as(newcomer, { locale: "en-US" });
  }

  async function chooseMain(name: string, region: string): Promise<void> {
    const { message } = await marten().slash("account");
    const { customId, options } = menuOf(message, "character");
    const option = options.find(({ label, description }) => label === name && description?.startsWith(region));
    if (!option) throw new Error(`${name} cannot be chosen`);
    await marten().select(message!, customId, [option.value]);
  }

  async function profileOf(name: string) {
    const headers = { authorization: `Bearer ${bot.game.credentials.appToken}` };
    const response = await fetch(`${bot.game.apiUrl}/EU/character/by-name/${name}/profile`, { headers });
    return (await response.json()) as {
      displayedAchievements: string[];
      stats: { id: string; type: string; value: unknown }[];
    };
  }

  async function profileStats(name: string) {
    return (await profileOf(name)).stats;
  }
});

/** What a message says, without how old its data is. */
function timeless(message: Message | undefined): string {
  return textOf(message).replace(/<t:\d+:R>/g, "");
}

/** The lines of figures of a page, or those that begin with something else, without that. */
function linesOf(text: string, beginning = /(?= — \*\*)/): string[] {
  return text.split("\n").flatMap((line) => (beginning.test(line) ? [line.replace(beginning, "")] : []));
}
