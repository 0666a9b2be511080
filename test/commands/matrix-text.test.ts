import { join } from "node:path";
import { expect, test } from "vitest";
import { matrixTexts } from "../../commands/price/matrix-text.js";
import { LOCALES } from "../../src/kernel/index.js";
import { Texts } from "../../src/kernel/texts.js";
import { matrix } from "../../src/market/index.js";

test.each(LOCALES)(
  "every price of every quality and level is told in %s, in as many fields as it takes",
  async (locale) => {
    const texts = await Texts.load(join(import.meta.dirname, "../../locales"));
    const sold = Array.from({ length: 6 * 16 }, (_, n) => ({
      unit: 123_456 * 3 ** Math.floor(n / 16) + n,
      grade: { quality: Math.floor(n / 16), level: n % 16, studied: undefined },
    }));
    const offers = sold.filter((_, n) => n % 3 === 0);
    const fields = matrixTexts(matrix(offers, sold), {
      t: texts.translator(locale),
      short: (value) => texts.short(locale, value),
    });
    expect(fields.length).toBeGreaterThan(1);
    for (const field of fields) expect(field.length).toBeLessThanOrEqual(1_024);
    const lines = fields.join("\n").split("\n");
    expect(lines.filter((line) => line.startsWith("**"))).toHaveLength(6);
    expect(lines.flatMap((line) => line.match(/\+\d+ \(?\d/g) ?? [])).toHaveLength(6 * 16);
    expect(lines.flatMap((line) => line.match(/\+\d+ \(/g) ?? [])).toHaveLength(64);
  },
);
