import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { rolesAlert } from "../../commands/alert-cards/roles.js";
import { messageContext } from "../../src/kernel/context.js";
import { LOCALES } from "../../src/kernel/locale.js";
import { Texts } from "../../src/kernel/texts.js";
import type { RolesEvent } from "../../src/watch/index.js";

let texts: Texts;
beforeAll(async () => {
  texts = await Texts.load(join(import.meta.dirname, "../../locales"));
});

const CLAN = { region: "EU", clanId: "8f14e45f-ceea-467f-9a5b-0b9f3c4d2e1a" };
const WHYS = [
  ...["gone", "managed", "linked", "permission", "above", "everyone"].map((why) => `role:${why}`),
  ...["owner", "above", "permission"].map((why) => `nickname:${why}`),
  ...["member-gone", "role-gone", "server-gone", "two-factor", "permission", "not-taken"].map(
    (why) => `discord:${why}`,
  ),
];
const event = (changes: Partial<RolesEvent>): RolesEvent => ({
  ...{ kind: "roles", given: [], taken: [], renamed: [], refused: [], doubts: [] },
  ...changes,
});

test.each(LOCALES)("a report on roles says what was done, and all that is in the way in words, in %s", (locale) => {
  const context = {
    ...messageContext({ texts, time: { now: () => 0 }, commandId: () => "7" }, locale),
    clans: { find: () => undefined } as never,
  };
  const linesOf = (changes: Partial<RolesEvent>) =>
    rolesAlert(event(changes), context).embeds?.[0]?.description?.split("\n") ?? [];
  expect(
    linesOf({
      given: [{ userId: "5", roleId: "7" }],
      taken: [{ userId: "6", roleId: "7" }],
      renamed: [{ userId: "8", nick: "*Ada*" }],
    }),
  ).toEqual(["➕ <@5> <@&7>", "➖ <@6> <@&7>", "✏️ <@8> \\*Ada\\*"]);
  const whys = WHYS.flatMap((why) => linesOf({ refused: [{ userId: "5", roleId: "7", why }] }));
  expect(new Set(whys).size).toBeGreaterThanOrEqual(WHYS.length - 1);
  expect(whys.filter((line) => /undefined|:above|discord:/.test(line))).toEqual([]);
  const doubts = (["refused", "gone", "silent"] as const).map((doubt) => ({ ...CLAN, doubt }));
  const shrunk = { ...CLAN, doubt: "shrunk", before: 30, now: 9 } as const;
  const doubted = linesOf({ doubts: [...doubts, shrunk] });
  expect(new Set(doubted).size).toBe(4);
  expect(doubted.at(-1)).toMatch(/30.*9|9.*30/);
  // A long one stays readable.
  expect(linesOf({ given: Array.from({ length: 50 }, (_, n) => ({ userId: `${n}`, roleId: "7" })) })).toHaveLength(16);
});
