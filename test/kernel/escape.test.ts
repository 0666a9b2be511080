import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { escape, plain } from "../../src/kernel/escape.js";

/** What Discord would show of an escaped text. */
const shown = (text: string) => text.replace(/\\([^0-9A-Za-z\s])/g, "$1").replaceAll("\u200b", "");

describe("escaping", () => {
  test.each([
    ["@everyone", "@\u200beveryone"],
    ["<@123456789012345678>", "\\<@\u200b123456789012345678\\>"],
    ["<#123> <t:1:R> </price:1>", "\\<#123\\> \\<t:1:R\\> \\</price:1\\>"],
    ["[click](https://evil.example)", "\\[click\\]\\(https:\u200b//evil.example\\)"],
    ["**b** _i_ __u__ ~~s~~ ||x||", "\\*\\*b\\*\\* \\_i\\_ \\_\\_u\\_\\_ \\~\\~s\\~\\~ \\|\\|x\\|\\|"],
    ["```js\nx\n```", "\\`\\`\\`js\nx\n\\`\\`\\`"],
    ["# heading\n- list\n> quote\n-# small", "\\# heading\n\\- list\n\\> quote\n\\-# small"],
    ["1. first", "1\u200b. first"],
    ["6.5 kg", "6.5 kg"],
    ["a-b #3 x+y", "a-b #3 x+y"],
    [":skull: and :+1:", "\\:skull: and \\:+1:"],
    [":thumbsup::skin-tone-2:", "\\:thumbsup:\\:skin-tone-2:"],
    [":white_check_mark:", "\\:white\\_check\\_mark:"],
    ["<:zone:123456789012345678> <a:zone:1>", "\\<\\:zone:123456789012345678\\> \\<a\\:zone:1\\>"],
    ["Clan: Wolves, 12:30:45", "Clan: Wolves, 12:30:45"],
    [":100: :x: :8ball:", "\\:100: \\:x: \\:8ball:"],
    [">>> all of it\n### small heading\n+ plus", "\\>\\>\\> all of it\n\\### small heading\n\\+ plus"],
    ["<id:browse> <@&1> <t:0>", "\\<id:browse\\> \\<@\u200b&1\\> \\<t:0\\>"],
    ["\\*", "\\\\\\*"],
    ["§4red§r", "red"],
    ["a\u202eb\u0000c\u200bd", "abcd"],
  ])("%j", (text, escaped) => {
    expect(escape(text)).toBe(escaped);
  });

  test("reads as it was written, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-ascii" }), (text) => {
        expect(shown(escape(text))).toBe(text.trim());
      }),
    );
  });

  test("leaves no mark-up without a backslash before it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const bare = escape(text).replace(/\\[^0-9A-Za-z\s]/g, "");
        expect(bare).not.toMatch(/[*_~`|<>[\]()\\]|@(?!\u200b)|:\/\/|:(?!\d+:)[^\s:]+:/);
        expect(bare).not.toMatch(/^[^\S\n]*([#+-]|\d+[.)])/m);
      }),
    );
  });
});

test("plain text is one visible line", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(plain(text)).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]|^\s|\s$|\s\s/u);
    }),
  );
});
