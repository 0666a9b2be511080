import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NICKNAME_LENGTH, nicknameOf, templateFault } from "../../src/roles/nickname.js";

const values = { name: "Vesper", rank: "Officer", tag: "WT" };

describe("a nickname", () => {
  test("is what the template says", () => {
    expect(nicknameOf("{name} [{rank}]", values)).toBe("Vesper [Officer]");
    expect(nicknameOf("[{tag}]  {name}", { ...values, tag: "" })).toBe("[] Vesper");
    expect(nicknameOf("{name}{name}", { ...values, name: "$&{rank}" })).toBe("$&{rank}$&{rank}");
  });

  test("is cut after it was filled in, by characters, and not within one", () => {
    expect(nicknameOf("{name} [{rank}]", { ...values, name: "N".repeat(30) })).toBe(`${"N".repeat(30)} [`);
    // Four code points that people see as one.
    const family = "👨‍👩‍👧";
    expect(nicknameOf("{name}", { ...values, name: family.repeat(10) })).toBe(family.repeat(6));
    expect(Array.from(nicknameOf("{name}", { ...values, name: "🦊".repeat(40) }))).toHaveLength(NICKNAME_LENGTH);
  });

  test("is never too long, never broken, never with blanks around it", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("\ud83e", "\udd8a", "🦊", "👨‍👩‍👧", "N", " ", "\0") }),
        fc.string({ unit: fc.constantFrom("👨‍👩‍👧", "é", "한", "a", " ") }),
        (name, rank) => {
          const nick = nicknameOf("{name} [{rank}]", { ...values, name, rank });
          expect(Array.from(nick).length).toBeLessThanOrEqual(NICKNAME_LENGTH);
          expect(nick).toBe(nick.trim());
          expect(nick).not.toMatch(/\p{Surrogate}/u);
        },
      ),
      { numRuns: 30 },
    );
  });
});

test("a template names the character, and nothing that there is not", () => {
  expect(["{name}", "{tag} {name} ({rank})"].map(templateFault)).toEqual([undefined, undefined]);
  expect(["", "[{rank}]", "{name} {level}", `{name}${"x".repeat(64)}`].map(templateFault)).toEqual([
    "name",
    "name",
    "placeholder",
    "length",
  ]);
});
