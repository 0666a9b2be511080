import { describe, expect, it } from "vitest";
import {
  matchingChoices,
  matchingCommands,
  matchingOptions,
  meantChoice,
  readEntry,
  typedCommand,
  typedOption,
  values,
  type Entry,
} from "../../src/playground/page/draft.js";
import type { Choice, Command, Option } from "../../src/playground/page/protocol.js";
import { formatTime, relativeTime } from "../../src/playground/page/timestamp.js";
import { chooseLanguage } from "../../src/playground/page/languages.js";

function option(name: string, changes: Partial<Option> = {}): Option {
  const common = { description: "", required: false, autocomplete: false, choices: [], min: undefined, max: undefined };
  return { ...common, kind: "text", name, label: name, ...changes };
}
const choice = (name: string, value: Choice["value"], entity?: Choice["entity"], detail?: string): Choice => ({
  name,
  value,
  entity,
  detail,
});

const item = option("item", { label: "предмет", required: true });
const region = option("region", { choices: [choice("Europe", "EU"), choice("Eurasia", "EA"), choice("Africa", "AF")] });
const user = option("user", {
  kind: "user",
  choices: [choice("@Warden", "1", "person", "warden"), choice("@Mira", "2", "person", "mira_k")],
});
const price: Command = { id: "1", name: "price", label: "цена", description: "", options: [item, region] };
const clanInfo: Command = { id: "2", name: "clan info", label: "clan info", description: "", options: [] };
const clanList: Command = { id: "2", name: "clan list", label: "clan list", description: "", options: [] };
const commands = [clanInfo, clanList, price];
const entry = (of: Option, text: string, picked?: Entry["picked"]): Entry => ({ option: of, text, picked });

describe("commands", () => {
  it("are found by their own name, by the translated one, and by either part", () => {
    expect(matchingCommands(commands, "/")).toEqual(commands);
    expect(matchingCommands(commands, "/pri")).toEqual([price]);
    expect(matchingCommands(commands, "/ЦЕ")).toEqual([price]);
    expect(matchingCommands(commands, "/list")).toEqual([clanList]);
    expect(matchingCommands(commands, "/cl li")).toEqual([clanList]);
    expect(matchingCommands(commands, "/x")).toEqual([]);
  });

  it("are taken by a space after the whole name, with what follows it", () => {
    expect(typedCommand(commands, "/price ")).toEqual({ command: price, rest: "" });
    expect(typedCommand(commands, "/Цена АК 74 ")).toEqual({ command: price, rest: "АК 74 " });
    expect(typedCommand(commands, "/clan ")).toBeUndefined();
    expect(typedCommand(commands, "/clan  list ")).toEqual({ command: clanList, rest: "" });
    expect(typedCommand(commands, "/price")).toBeUndefined();
    expect(typedCommand(commands, "price ")).toBeUndefined();
  });
});

describe("options", () => {
  it("are offered until they are taken", () => {
    expect(matchingOptions(price, [entry(item, "")], "")).toEqual([region]);
    expect(matchingOptions(price, [entry(item, "")], "x")).toEqual([]);
  });

  it("are taken by a colon after the whole name", () => {
    expect(typedOption(price, [entry(item, "")], "Region:")).toBe(region);
    expect(typedOption(price, [entry(region, "")], "предмет：")).toBe(item);
    expect(typedOption(price, [entry(region, "")], "region:")).toBeUndefined();
    expect(typedOption(price, [], "reg:")).toBeUndefined();
    expect(typedOption(price, [], "region")).toBeUndefined();
  });

  it.each([
    [entry(item, "a"), { value: "a" }],
    [entry(item, " "), { fault: "missing" }],
    [entry(region, ""), { value: undefined }],
    [entry(region, "europe"), { value: "EU" }],
    [entry(region, "eur"), { fault: "choice" }],
    [entry(region, "Mars"), { fault: "choice" }],
    [entry(user, "warden"), { value: "1" }],
    [entry(option("r", { kind: "role" }), "admins"), { fault: "choice" }],
    [entry(item, "AK-74M", choice("AK-74M", "zyv9")), { value: "zyv9" }],
    [entry(option("n", { kind: "integer" }), "7"), { value: 7 }],
    [entry(option("n", { kind: "integer" }), " -７ "), { value: -7 }],
    [entry(option("n", { kind: "integer" }), "7.5"), { fault: "number" }],
    [entry(option("n", { kind: "integer" }), "9007199254740993"), { fault: "number" }],
    [entry(option("n", { kind: "number" }), "7.5"), { value: 7.5 }],
    [entry(option("n", { kind: "number" }), "7,5"), { value: 7.5 }],
    [entry(option("n", { kind: "number" }), "0x10"), { fault: "number" }],
    [entry(option("n", { kind: "number" }), "1,000,000"), { fault: "number" }],
    [entry(option("n", { kind: "number", max: 5 }), "7"), { fault: "number" }],
    [entry(option("n", { kind: "number", min: 5 }), "5"), { value: 5 }],
    [entry(option("s", { min: 2 }), "a"), { fault: "length" }],
    [entry(option("s", { max: 2 }), "abc"), { fault: "length" }],
  ] as const)("are read as what the bot is sent: %#", (given, reading) => {
    expect(readEntry(given)).toEqual(reading);
  });

  it("are sent by their own names, without those that are empty or at fault", () => {
    expect(values([entry(item, "a"), entry(region, ""), entry(option("n", { kind: "integer" }), "x")])).toEqual({
      item: "a",
    });
  });
});

describe("choices", () => {
  it("are found by a part of their name, people by their username too, at most 25 at a time", () => {
    const names = (of: Option, typed: string) => matchingChoices(of, typed).map(({ name }) => name);
    expect(names(region, "a")).toEqual(["Africa", "Eurasia"]);
    expect(names(user, "")).toEqual(["@Warden", "@Mira"]);
    expect(names(user, "@mi")).toEqual(["@Mira"]);
    expect(names(user, "mira_")).toEqual(["@Mira"]);
    const many = Array.from({ length: 30 }, (_, index) => choice(`n${index}`, index));
    expect(matchingChoices(option("many", { choices: many }), "n")).toHaveLength(25);
  });

  it("are taken without being picked when only one can be meant", () => {
    expect(meantChoice(region, "euro")?.value).toBe("EU");
    expect(meantChoice(region, "eur")).toBeUndefined();
    expect(meantChoice(region, " ")).toBeUndefined();
    const one = option("n", { choices: [choice("1", 1), choice("10", 10)] });
    expect(meantChoice(one, "1")?.value).toBe(1);
    const twins = option("twins", {
      choices: [choice("@Sam", "1", "person", "sam"), choice("@Sam", "2", "person", "s")],
    });
    expect(meantChoice(twins, "sam")).toBeUndefined();
  });
});

describe("times", () => {
  const now = Date.UTC(2026, 10, 23, 12);

  it.each([
    [-1_000, "en-US", "1 second ago"],
    [-90_000, "en-US", "1 minute ago"],
    [-5 * 60_000, "ru", "5 минут назад"],
    [2 * 86_400_000, "fr", "dans 2 jours"],
    [3 * 3_600_000, "ko", "3시간 후"],
  ])("are told relative to now: %d in %s", (after, locale, told) => {
    expect(relativeTime(now + after, now, locale)).toBe(told);
  });

  it("are told in the reader's language and zone", () => {
    expect(formatTime(now, "D", now, "en-US", "UTC")).toBe("November 23, 2026");
    expect(formatTime(now, "t", now, "ru", "UTC")).toBe("12:00");
    expect(formatTime(now, "?", now, "en-US", "UTC")).toBe(formatTime(now, "f", now, "en-US", "UTC"));
  });
});

describe("the page's language", () => {
  it.each([
    [["ru"], "ru"],
    [["de", "fr-CA"], "fr"],
    [["es"], "es-ES"],
    [["en-GB"], "en-US"],
    [["", "xx"], "en-US"],
  ])("for %j is %s", (wanted, locale) => {
    expect(chooseLanguage(wanted).locale).toBe(locale);
  });
});
