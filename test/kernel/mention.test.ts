import { describe, expect, it } from "vitest";
import { time } from "../../src/kernel/index.js";
import { clickableMention, codeMention } from "../../src/kernel/mention.js";

describe("the mention of a command", () => {
  const mention = clickableMention((name) => ({ price: "12", clan: "345" })[name]);

  it.each([
    ["price", "</price:12>"],
    ["clan list", "</clan list:345>"],
    ["lots", "`/lots`"],
    ["privacy show", "`/privacy show`"],
  ])("%s is %s", (command, expected) => {
    expect(mention(command)).toBe(expected);
  });

  it("is code where nothing can be clicked", () => {
    expect(codeMention("clan list")).toBe("`/clan list`");
  });
});

it("a time is told to the second, also one before 1970", () => {
  expect(time(new Date("2026-11-28T12:00:00.999Z"), "R")).toBe("<t:1795867200:R>");
  expect(time(new Date(-1), "f")).toBe("<t:-1:f>");
});
