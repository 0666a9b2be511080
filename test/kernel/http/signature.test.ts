import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { signatureOf, Signatures, TIME_WINDOW_MS } from "../../../src/kernel/http/signature.js";
import { SigningKey, type SignatureHeaders } from "../../../packages/sandbox/src/discord/http/signing-key.js";
import { ManualClock } from "../../manual-clock.js";

const clock = new ManualClock();
const discord = new SigningKey();
const signatures = new Signatures(discord.publicKey, clock);

function check(headers: SignatureHeaders, body: string | Buffer) {
  const signature = signatureOf(headers["x-signature-ed25519"], headers["x-signature-timestamp"]);
  return signature && signatures.check(signature, Buffer.from(body));
}

describe("a signature", () => {
  test("of Discord's is valid, whatever the body says and however the digits are written", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom("a", '"', "\\", "{", "}", "\n", "\u0000", "ё", "방", "🙂") }),
        async (body) => {
          const right = discord.headers(body, clock.now());
          const loud = { ...right, "x-signature-ed25519": right["x-signature-ed25519"].toUpperCase() };
          expect(await Promise.all([check(right, body), check(loud, body)])).toEqual(["valid", "valid"]);
        },
      ),
    );
  });

  test("is false as soon as one bit of it, of the time or of the body is another", async () => {
    const body = Buffer.from(JSON.stringify({ type: 1, name: "Выброс 방출" }));
    const right = discord.headers(body.toString(), clock.now());
    const bytes = Buffer.from(right["x-signature-ed25519"], "hex");
    const flipped = (buffer: Buffer, bit: number) => {
      const copy = Buffer.from(buffer);
      copy[bit >> 3]! ^= 1 << (bit & 7);
      return copy;
    };
    for (let bit = 0; bit < bytes.length * 8; bit += 7)
      expect(await check({ ...right, "x-signature-ed25519": flipped(bytes, bit).toString("hex") }, body)).toBe("false");
    for (let bit = 0; bit < body.length * 8; bit += 3) expect(await check(right, flipped(body, bit))).toBe("false");
    const seconds = Number(right["x-signature-timestamp"]);
    for (const other of [seconds + 1, seconds - 1, `0${seconds}`])
      expect(await check({ ...right, "x-signature-timestamp": String(other) }, body)).toBe("false");
    for (const headers of discord.falseHeaders(body.toString(), clock.now()))
      expect(await check(headers, body)).toBe("false");
    expect(await check(right, body)).toBe("valid");
  });

  test.each([
    [0, "valid"],
    [TIME_WINDOW_MS - 1_000, "valid"],
    [1_000 - TIME_WINDOW_MS, "valid"],
    [TIME_WINDOW_MS + 1_000, "stale"],
    [-TIME_WINDOW_MS - 1_000, "stale"],
    [-1_000_000_000_000, "stale"],
  ] as const)("made %i ms from now is %s", async (ms, expected) => {
    expect(await check(discord.headers("{}", clock.now() + ms), "{}")).toBe(expected);
  });

  test.each([
    [undefined, undefined],
    ["ab".repeat(64), undefined],
    [undefined, "1764000000"],
    ["ab".repeat(63), "1764000000"],
    ["ab".repeat(65), "1764000000"],
    [`${"ab".repeat(63)}zz`, "1764000000"],
    [`${"ab".repeat(64)}, ${"ab".repeat(64)}`, "1764000000"],
    ["ab".repeat(64), ""],
    ["ab".repeat(64), "now"],
    ["ab".repeat(64), "-1764000000"],
    ["ab".repeat(64), "1.7e9"],
    ["ab".repeat(64), "1".repeat(20)],
    [["ab".repeat(64)], ["1764000000"]],
  ])("that is none is not looked at: %s, %s", (signature, timestamp) => {
    expect(signatureOf(signature, timestamp)).toBeUndefined();
  });
});
