import { join } from "node:path";
import { expect, expectTypeOf, test } from "vitest";
import { LinkNeededError } from "../../src/kernel/account.js";
import { defineConfirmation } from "../../src/kernel/confirmation.js";
import { defineCommand } from "../../src/kernel/command.js";
import { stateOf } from "../../src/kernel/component.js";
import { UserError } from "../../src/kernel/errors.js";
import type { KernelTexts } from "../../src/kernel/kernel-texts.js";
import { requiredChoice } from "../../src/kernel/option.js";
import { Texts, type PlainTextKey, type TextKey } from "../../src/kernel/texts.js";
import type { BotTexts } from "../../src/text-parameters.js";

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
  // @ts-expect-error there is no such text
  expect(() => t("regions.titel")).toThrow("no text");
});

test("a key out of several takes what all of them take", () => {
  const one = (pages: number): "paging.title" | "paging.which" => (pages > 1 ? "paging.which" : "paging.title");
  expect(t(one(2), { pages: 2 })).toContain("2");
  // @ts-expect-error one of them needs it
  expect(() => t(one(2))).toThrow();
});

test("a key that is known only when it is used is one that takes nothing", () => {
  const name: PlainTextKey = ["regions.title" as const].at(0) ?? "paging.title";
  const plain = (any: PlainTextKey) => t(any);
  expect(plain(name)).toBe(t("regions.title"));
  // @ts-expect-error it takes something
  expect(() => plain("paging.which")).toThrow();
  // @ts-expect-error nobody knows what it takes
  const anything = (any: TextKey) => t(any);
  expect(anything("regions.title")).toBe(t("regions.title"));
});

test("an error for people takes what its text takes", () => {
  expect(new UserError("error.no-such-page", { pages: 3 }).params).toEqual({ pages: 3 });
  expect(new UserError("error.blocked").params).toEqual({});
  expect(new UserError("error.blocked", undefined, { cause: "them" }).cause).toBe("them");
  const errors = [
    // @ts-expect-error a slip of the pen
    new UserError("error.no-such-page", { pagse: 3 }),
    // @ts-expect-error one too many
    new UserError("error.no-such-page", { pages: 3, page: 4 }),
    // @ts-expect-error it is missing
    new UserError("error.no-such-page"),
    // @ts-expect-error another type
    new UserError("error.no-such-page", { pages: "three" }),
    // @ts-expect-error nobody is told of it
    new UserError("error.blocked", { pages: 3 }),
    // @ts-expect-error there is no such text
    new UserError("error.no-such-pages", { pages: 3 }),
    // @ts-expect-error so it is where something may have been meant
    new UserError("error.did-you-mean", { txet: "prima" }, { alternatives: [] }),
    // @ts-expect-error a button hangs under it, and its text takes nothing
    new LinkNeededError("error.no-such-page", { pages: 3 }),
  ];
  expect(errors).toHaveLength(8);
});

test("where a key stands alone, its text takes nothing", () => {
  const run = () => ({});
  const definitions = [
    // @ts-expect-error the name of a choice
    requiredChoice([{ value: 1, name: "paging.which" }]),
    // @ts-expect-error the label of a button
    defineConfirmation({ command: "c", action: "a", state: stateOf({}), label: "paging.which", run }),
    // @ts-expect-error the heading of a list
    defineCommand({ name: "c", topic: "paging.which", visibility: "public", run }),
  ];
  expect(definitions).toHaveLength(3);
});

test("the bot has every text that the kernel shows, and each takes what the kernel gives", () => {
  expectTypeOf<BotTexts>().toExtend<KernelTexts>();
  expectTypeOf<Pick<BotTexts, keyof KernelTexts>>().toEqualTypeOf<KernelTexts>();
  expect(t("paging.position", { page: 1, pages: 2 })).toContain("2");
});
