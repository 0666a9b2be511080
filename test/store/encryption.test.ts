import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { KeyMissingError, KeyRing, KeyRingError, SealBrokenError } from "../../src/store/index.js";

const key = (id: string) => KeyRing.newKey().replace(/^[^:]+/, id);
const [a, b] = [key("a"), key("b")];

describe("a key ring", () => {
  test("opens what it has sealed, with any of its keys, and seals with the newest", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string(), (plain, identity) => {
        const old = KeyRing.parse(a).seal(plain, identity);
        const ring = KeyRing.parse(`${b},${a}`);
        const renewed = ring.reseal(old, identity);
        expect(ring.open(old, identity)).toBe(plain);
        expect(renewed.keyId).toBe("b");
        expect(KeyRing.parse(b).open(renewed, identity)).toBe(plain);
      }),
    );
  });

  test("seals the same text differently each time", () => {
    const ring = KeyRing.parse(a);
    const sealed = Array.from({ length: 100 }, () => Buffer.from(ring.seal("same", "row").bytes).toString("hex"));
    expect(new Set(sealed).size).toBe(100);
  });

  test("does not open what was sealed for another row", () => {
    const ring = KeyRing.parse(a);
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (plain, mine, other) => {
        fc.pre(mine !== other);
        expect(() => ring.open(ring.seal(plain, mine), other)).toThrow(SealBrokenError);
      }),
    );
  });

  test("does not open what was changed in any byte, cut, or extended", () => {
    const ring = KeyRing.parse(a);
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.integer({ min: 1, max: 255 }), (plain, at, change) => {
        const { keyId, bytes } = ring.seal(plain, "row");
        const changed = Uint8Array.from(bytes);
        const index = at % changed.length;
        changed[index] = (changed[index] ?? 0) ^ change;
        for (const broken of [changed, bytes.subarray(0, index), Uint8Array.from([...bytes, change])]) {
          expect(() => ring.open({ keyId, bytes: broken }, "row")).toThrow(SealBrokenError);
        }
      }),
    );
  });

  test("says which key it lacks", () => {
    const sealed = KeyRing.parse(a).seal("token", "row");
    expect(() => KeyRing.parse(b).open(sealed, "row")).toThrow(KeyMissingError);
    expect(() => KeyRing.empty.seal("token", "row")).toThrow(KeyMissingError);
  });

  test("with another key under the same id opens nothing", () => {
    const sealed = KeyRing.parse(a).seal("token", "row");
    expect(() => KeyRing.parse(key("a")).open(sealed, "row")).toThrow(SealBrokenError);
  });

  test.each([
    ["", "has no key"],
    [" , \n", "has no key"],
    ["no-colon", "pair 1 has no usable id"],
    [`${a},:AAAA`, "pair 2 has no usable id"],
    ["a:c2VjcmV0LXNlY3JldA==", "key a is not 32 bytes in base64"],
    [`a:${"!".repeat(44)}`, "key a is not 32 bytes in base64"],
    [`${a},${key("a")}`, "two keys with the id a"],
  ])("that is written as %j is refused, and its keys are not repeated", (text, reason) => {
    const refusal = catching(() => KeyRing.parse(text));
    expect(refusal).toBeInstanceOf(KeyRingError);
    expect(refusal.message).toContain(reason);
    expect(refusal.message).not.toContain("c2VjcmV0");
  });

  test("takes its keys from lines as well, and shows them to nobody", () => {
    const ring = KeyRing.parse(`${b}\n  ${a}\n`);
    expect(ring.ids).toEqual(["b", "a"]);
    expect(inspect(ring, { depth: 9, showHidden: true }) + JSON.stringify(ring)).not.toContain(a.slice(4, 20));
  });
});

function catching(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("nothing was thrown");
}
