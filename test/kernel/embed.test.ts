import type { APIEmbed } from "discord-api-types/v10";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EMBED_LIMITS, fitEmbeds, truncate } from "../../src/kernel/embed.js";
import { card } from "../../src/kernel/card.js";
import { UserError } from "../../src/kernel/errors.js";
import { messageBody } from "../../src/kernel/view.js";

const long = (max: number) =>
  fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.string({ minLength: max - 5, maxLength: max + 50, unit: "grapheme" }),
    fc.constantFrom("", " ", "\n"),
  );
const embed: fc.Arbitrary<APIEmbed> = fc.record(
  {
    title: long(256),
    description: long(4096),
    footer: fc.record({ text: long(2048) }),
    author: fc.record({ name: long(256) }),
    fields: fc.array(fc.record({ name: long(256), value: long(1024) }), { maxLength: 40 }),
  },
  { requiredKeys: [] },
);

const sum = (embeds: readonly APIEmbed[]) =>
  embeds
    .flatMap(({ title, description, footer, author, fields }) => [
      title,
      description,
      footer?.text,
      author?.name,
      ...(fields ?? []).flatMap(({ name, value }) => [name, value]),
    ])
    .reduce((total, text) => total + (text?.length ?? 0), 0);

describe("fitting embeds", () => {
  test("whatever comes in, Discord takes what comes out", () => {
    fc.assert(
      fc.property(fc.array(embed, { maxLength: 14 }), (embeds) => {
        const fitted = fitEmbeds(embeds);
        expect(fitted.length).toBeLessThanOrEqual(EMBED_LIMITS.embeds);
        expect(sum(fitted)).toBeLessThanOrEqual(EMBED_LIMITS.total);
        for (const { title, description, footer, author, fields = [] } of fitted) {
          expect(title?.length ?? 1).toBeLessThanOrEqual(EMBED_LIMITS.title);
          expect(description?.length ?? 1).toBeLessThanOrEqual(EMBED_LIMITS.description);
          expect(footer?.text.length ?? 1).toBeLessThanOrEqual(EMBED_LIMITS.footer);
          expect(author?.name.length ?? 1).toBeLessThanOrEqual(EMBED_LIMITS.author);
          expect(fields.length).toBeLessThanOrEqual(EMBED_LIMITS.fields);
          for (const text of [title, description, footer?.text, author?.name]) expect(text).not.toBe("");
          for (const { name, value } of fields) {
            expect(name.length).toBeGreaterThan(0);
            expect(name.length).toBeLessThanOrEqual(EMBED_LIMITS.fieldName);
            expect(value.length).toBeGreaterThan(0);
            expect(value.length).toBeLessThanOrEqual(EMBED_LIMITS.fieldValue);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test("what fits already stays as it is", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 80 }),
        fc.string({ minLength: 1, maxLength: 200 }),
        (title, value) => {
          fc.pre(title.trim() === title && value.trim() === value);
          const source = { title, fields: [{ name: title, value, inline: true }], color: 5 };
          expect(fitEmbeds([source])).toEqual([source]);
        },
      ),
    );
  });

  test("an embed with nothing in it is dropped", () => {
    expect(fitEmbeds([{}, { title: "  " }, { title: "a" }])).toHaveLength(1);
  });

  test("a card keeps its small print however long its description is", () => {
    const { description } = card({ title: "t", description: "x".repeat(9_000), note: "Data from now" });
    expect(description?.length).toBe(EMBED_LIMITS.description);
    expect(description).toMatch(/x…\n\n-# Data from now$/);
  });

  test("small print begins with a capital, and what comes first without one stays as it is", () => {
    const printed = (text: string) => {
      const { description, footer } = card({ title: "t", note: text, footer: text });
      return [description, footer?.text];
    };
    expect(printed("до 5 ₽ · API")).toEqual(["-# До 5 ₽ · API", "До 5 ₽ · API"]);
    for (const text of ["🟡 legendary", "</link:1> adds one", "굵은 글씨"])
      expect(printed(text)).toEqual([`-# ${text}`, text]);
  });
});

describe("cutting texts", () => {
  test("never longer than allowed, never half of a character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.nat(30), (text, limit) => {
        const cut = truncate(text, limit);
        expect(cut.length).toBeLessThanOrEqual(limit);
        if (encodable(text)) expect(encodable(cut)).toBe(true);
        if (text.length <= limit) expect(cut).toBe(text);
      }),
    );
  });

  test("an escape is not cut in two, which would escape the dots", () => {
    expect(truncate("ab\\*c", 4)).toBe("ab…");
    expect(truncate("ab\\\\cd", 5)).toBe("ab\\\\…");
  });
});

/** Whether no character is cut in half. */
function encodable(text: string): boolean {
  try {
    encodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

test("a text without an embed is cut as well, and what an error names leaves room for its words", () => {
  const long = "x".repeat(10_000);
  expect(messageBody({ content: long }, { private: false }).content).toHaveLength(2_000);
  expect(new UserError("error.amount", { value: long }).params.value).toHaveLength(1_000);
});
