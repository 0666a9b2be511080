import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fold, matching } from "../../src/playground/page/matching.js";

const found = (all: readonly string[], typed: string) => matching(all, typed, (name) => [name]);

describe("what is typed", () => {
  it("means first what begins so, then what has a word that begins so, then what has it inside", () => {
    expect(found(["relist", "clan list", "list", "info"], "li")).toEqual(["list", "clan list", "relist"]);
    expect(found(["AK-74M", "SV-98"], "74")).toEqual(["AK-74M"]);
  });

  it("keeps the order of equals, and means everything while it is empty", () => {
    expect(found(["b", "a"], "")).toEqual(["b", "a"]);
    expect(found(["b2", "b1"], "b")).toEqual(["b2", "b1"]);
  });

  it.each([
    ["INFORMACIÓN", "informacion"],
    ["елка", "ёлка"],
    ["ａｋ", "AK"],
    ["İ", "i"],
  ])("is compared without case, accents and width: %s", (typed, name) => {
    expect(fold(typed)).toBe(fold(name));
  });

  it.each(["ㅋ", "크", "클", "클래"])("matches a Korean name while a syllable is being composed: %s", (typed) => {
    expect(found(["가격", "클랜"], typed)).toEqual(["클랜"]);
  });

  it("finds every name by each of its parts", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.nat(), fc.nat(), (name, a, b) => {
        const folded = fold(name);
        const [from = 0, to = 0] = [a, b].map((at) => at % (folded.length + 1)).sort((x, y) => x - y);
        expect(found([folded], folded.slice(from, to).trim())).toEqual([folded]);
      }),
    );
  });
});
