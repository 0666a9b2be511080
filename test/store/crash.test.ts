import { describe, expect, test } from "vitest";
import { embedded, opened } from "./engines.js";
import { environmentOf, run } from "./processes.js";

/** On each of two directories at once. */
const ROUNDS = 3;

describe("the embedded database", () => {
  test("opens after every kill -9, and has all that it acknowledged", { timeout: 180_000 }, async () => {
    await Promise.all([killInRounds(1), killInRounds(2)]);
  });
});

async function killInRounds(pace: number): Promise<void> {
  const settings = await embedded.fresh();
  const stored: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const writer = run("test/store/holder.ts", ["write", `round-${round}`], environmentOf(settings));
    expect(await writer.next()).toBe(`open ${writer.pid}`);
    // After more and more of its writes; the next one is under way when the signal comes.
    for (let line = 0; line <= round * pace * 2; line += 1) await writer.next();
    writer.kill();
    await writer.ended;
    stored.push(...writer.lines.filter((line) => line.startsWith("stored ")).map((line) => line.slice(7)));
  }
  const store = await opened(settings);
  expect(stored.length).toBeGreaterThanOrEqual(ROUNDS * ROUNDS * pace - ROUNDS * (pace - 1));
  expect(await store.links.countUnreadable()).toBe(0);
  for (const name of stored) {
    expect(await store.people.get(name)).toMatchObject({ region: name });
    const link = await store.links.byExboId(name);
    expect(await store.links.tokens(link?.id ?? "")).toMatchObject({ access: name, refresh: name });
  }
}
