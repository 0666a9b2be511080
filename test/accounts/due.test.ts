import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isDue } from "../../src/accounts/player-tokens.js";
import { DAY_MS } from "../../src/time.js";

describe("when a token is due", () => {
  const moments = fc.tuple(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 0, max: 400 * DAY_MS }));

  test("never before its last tenth or its last day; always when it has expired; and once due, due for good", () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 0, max: 500 * DAY_MS }), fc.nat(DAY_MS), ([start, life], later, more) => {
        const made = { refreshedAt: new Date(start), accessExpiresAt: new Date(start + life) };
        const due = isDue(made, start + later);
        const left = life - later;
        if (left <= 0) expect(due).toBe(true);
        if (left > Math.min(DAY_MS, life / 10)) expect(due).toBe(false);
        if (due) expect(isDue(made, start + later + more)).toBe(true);
      }),
    );
  });
});
