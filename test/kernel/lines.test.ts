import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dotted, lines, paragraphs, spaced, type Part } from "../../src/kernel/index.js";

const kinds = [
  ["lines", lines, "\n"],
  ["paragraphs", paragraphs, "\n\n"],
  ["dotted", dotted, " · "],
  ["spaced", spaced, " "],
] as const;

describe.each(kinds)("%s", (_name, join, between) => {
  it("join what there is, in its order, without a separator too many", () => {
    expect(join("a", undefined, "b", false, "", "c")).toBe(["a", "b", "c"].join(between));
  });

  it.each<[readonly Part[]]>([[[]], [[undefined]], [["", false, undefined]]])("are empty for %j", (parts) => {
    expect(join(...parts)).toBe("");
  });

  it("are the same whether parts that are not there are named or not", () => {
    const part = fc.oneof(fc.string(), fc.constantFrom(undefined, false as const, ""));
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        expect(join(...parts)).toBe(join(...parts.filter((one) => one !== undefined && one !== false && one !== "")));
      }),
    );
  });
});
