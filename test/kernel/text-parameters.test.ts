import { join } from "node:path";
import { expect, test } from "vitest";
import { Texts, type TextKey } from "../../src/kernel/texts.js";

const t = (await Texts.load(join(import.meta.dirname, "../../locales"))).translator("en");

test("what a text takes is known by type: no other parameter, none too few, none of another type", () => {
  expect(t("clan.level-points", { level: 1, points: "20" })).toContain("20");
  // @ts-expect-error a slip of the pen
  expect(() => t("clan.level-points", { levle: 1, points: 2 })).toThrow();
  // @ts-expect-error one is missing
  expect(() => t("clan.level-points", { level: 1 })).toThrow();
  // @ts-expect-error all are missing
  expect(() => t("clan.level-points")).toThrow();
  // @ts-expect-error nobody is told of it
  expect(t("regions.title", { level: 1 })).toBe(t("regions.title"));
});

test("a key out of several takes what all of them take, and one that is computed takes anything", () => {
  const one = (pages: number): "paging.title" | "paging.which" => (pages > 1 ? "paging.which" : "paging.title");
  expect(t(one(2), { pages: 2 })).toContain("2");
  // @ts-expect-error one of them needs it
  expect(() => t(one(2))).toThrow();
  const key: TextKey = ["regions.title" as const].at(0) ?? "paging.title";
  const computed = (any: TextKey) => t(any, { whatever: 1 });
  expect(computed(key)).toBe(t("regions.title"));
});
