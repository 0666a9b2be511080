import { describe, expect, it } from "vitest";
import {
  firstFault,
  matchingCommands,
  matchingOptions,
  readEntry,
  typedCommand,
  values,
  type Entry,
} from "../../../src/sandbox/playground/page/draft.js";
import type { Command, Option } from "../../../src/sandbox/playground/page/protocol.js";
import { formatTime, relativeTime } from "../../../src/sandbox/playground/page/timestamp.js";
import { chooseLanguage } from "../../../src/sandbox/playground/page/texts.js";

function option(name: string, changes: Partial<Option> = {}): Option {
  const common = { description: "", required: false, autocomplete: false, choices: [], min: undefined, max: undefined };
  return { ...common, kind: "text", name, label: name, ...changes };
}

const item = option("item", { label: "предмет", required: true });
const region = option("region", { choices: [{ name: "Europe", value: "EU" }] });
const price: Command = { id: "1", name: "price", label: "цена", description: "", options: [item, region] };
const clanInfo: Command = { id: "2", name: "clan info", label: "clan info", description: "", options: [] };
const clanList: Command = { id: "2", name: "clan list", label: "clan list", description: "", options: [] };
const commands = [clanInfo, clanList, price];
const entry = (of: Option, text: string, picked?: Entry["picked"]): Entry => ({ option: of, text, picked });

describe("commands", () => {
  it("are found by their own name and by the translated one, those that begin so first", () => {
    expect(matchingCommands(commands, "/")).toEqual(commands);
    expect(matchingCommands(commands, "/pri")).toEqual([price]);
    expect(matchingCommands(commands, "/ЦЕ")).toEqual([price]);
    expect(matchingCommands([clanList, price], "/i")).toEqual([clanList, price]);
    expect(matchingCommands(commands, "/x")).toEqual([]);
  });

  it("are taken by a space after the whole name", () => {
    expect(typedCommand(commands, "/price ")).toBe(price);
    expect(typedCommand(commands, "/Цена ")).toBe(price);
    expect(typedCommand(commands, "/clan ")).toBeUndefined();
    expect(typedCommand(commands, "/clan list ")).toBe(clanList);
    expect(typedCommand(commands, "/price")).toBeUndefined();
  });
});

describe("options", () => {
  it("are offered until they are taken", () => {
    expect(matchingOptions(price, [entry(item, "")], "")).toEqual([region]);
    expect(matchingOptions(price, [entry(item, "")], "x")).toEqual([]);
  });

  it.each([
    [entry(item, "a"), { value: "a" }],
    [entry(item, " "), { fault: "missing" }],
    [entry(region, ""), { value: undefined }],
    [entry(region, "europe"), { value: "EU" }],
    [entry(region, "Mars"), { fault: "choice" }],
    [entry(item, "AK-74M", { name: "AK-74M", value: "zyv9" }), { value: "zyv9" }],
    [entry(option("n", { kind: "integer" }), "7"), { value: 7 }],
    [entry(option("n", { kind: "integer" }), "7.5"), { fault: "number" }],
    [entry(option("n", { kind: "number" }), "7.5"), { value: 7.5 }],
    [entry(option("n", { kind: "number", max: 5 }), "7"), { fault: "range" }],
    [entry(option("s", { min: 2 }), "a"), { fault: "length" }],
  ] as const)("are read as what the bot is sent: %#", (given, reading) => {
    expect(readEntry(given)).toEqual(reading);
  });

  it("are sent by their own names, without the empty ones", () => {
    expect(values([entry(item, "a"), entry(region, "")])).toEqual({ item: "a" });
    expect(firstFault([entry(item, "a"), entry(region, "x")])).toMatchObject({ fault: "choice" });
    expect(firstFault([entry(item, "a"), entry(region, "")])).toBeUndefined();
  });
});

describe("times", () => {
  const now = Date.UTC(2026, 10, 23, 12);

  it.each([
    [-1_000, "en-US", "1 second ago"],
    [-90_000, "en-US", "1 minute ago"],
    [-5 * 60_000, "ru", "5 минут назад"],
    [2 * 86_400_000, "fr", "après-demain"],
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
