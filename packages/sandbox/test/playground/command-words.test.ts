import { describe, expect, it } from "vitest";
import { commandTexts, count } from "../../src/playground/page/command-texts.js";
import { faultOf, hintOf, withBooleans } from "../../src/playground/page/command-words.js";
import type { Option } from "../../src/playground/page/protocol.js";

const english = commandTexts["en-US"];

function option(kind: Option["kind"], changes: Partial<Option> = {}): Option {
  const common = { required: false, autocomplete: false, choices: [], min: undefined, max: undefined };
  return { ...common, kind, name: "n", label: "amount", description: "How many", ...changes };
}
const fault = (of: Option, text: string) => faultOf({ option: of, text, picked: undefined }, english);

describe("an option", () => {
  it.each([
    [option("integer", { min: 1, max: 10 }), "amount · How many · 1 to 10"],
    [option("number", { min: 0.5 }), "amount · How many · 0.5 or more"],
    [option("integer", { max: 10 }), "amount · How many · 10 or less"],
    [option("text", { max: 20 }), "amount · How many · Length: 20 or less"],
    [option("text", { min: 1 }), "amount · How many"],
    [option("text", { max: 100, autocomplete: true }), "amount · How many"],
    [option("integer"), "amount · How many"],
  ])("says what may stand in it: %#", (of, hint) => {
    expect(hintOf(of, english)).toBe(hint);
  });

  it.each([
    [option("integer", { min: 1, max: 10 }), "11", "amount: Enter a whole number, 1 to 10"],
    [option("integer"), "x", "amount: Enter a whole number"],
    [option("number", { min: 0.5 }), "0", "amount: Enter a number, 0.5 or more"],
    [option("text", { max: 3 }), "abcd", "amount: Length: 3 or less, now 4"],
    [option("text", { required: true }), "", "amount: This option is required. Specify a value"],
    [option("user"), "nobody", "amount: Choose one of the values offered"],
    [option("integer", { min: 1 }), "1", undefined],
  ])("says what is wrong with what stands in it: %#", (of, text, said) => {
    expect(fault(of, text)).toBe(said);
  });

  it("offers yes and no in the page's language", () => {
    const command = { id: "1", name: "c", label: "c", description: "", options: [option("boolean"), option("text")] };
    const [shown] = withBooleans([command], commandTexts.ru);
    expect(shown?.options.map(({ choices }) => choices.map(({ name, value }) => [name, value]))).toEqual([
      [
        ["Да", true],
        ["Нет", false],
      ],
      [],
    ]);
  });
});

describe("suggestions", () => {
  it.each([
    ["en-US", 1, "1 suggestion"],
    ["en-US", 2, "2 suggestions"],
    ["ru", 1, "1 вариант"],
    ["ru", 3, "3 варианта"],
    ["ru", 25, "25 вариантов"],
    ["ko", 1, "제안 1개"],
  ] as const)("are counted in the page's language: %s %d", (locale, n, said) => {
    expect(count(commandTexts[locale].suggestions, n, locale)).toBe(said);
  });
});
