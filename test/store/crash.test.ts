import { expect, test } from "vitest";
import { embedded, opened } from "./engines.js";
import { environmentOf, run } from "./processes.js";

const ROUNDS = 2;

test("the embedded database opens after every kill -9, and has all that it acknowledged", async () => {
  const settings = await embedded.fresh();
  const stored: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const writer = run("test/store/holder.ts", ["write", `round-${round}`], environmentOf(settings));
    expect(await writer.next()).toBe(`open ${writer.pid}`);
    // After more and more of its writes; the next one is under way when the signal comes.
    for (let line = 0; line <= round * 4; line += 1) await writer.next();
    writer.kill();
    await writer.ended;
    stored.push(...writer.lines.filter((line) => line.startsWith("stored ")).map((line) => line.slice(7)));
  }
  const store = await opened(settings);
  expect(stored.length).toBeGreaterThanOrEqual(1 + 5);
  expect(await store.links.countUnreadable()).toBe(0);
  for (const name of stored) {
    expect(await store.people.get(name)).toMatchObject({ region: name });
    const link = await store.links.byExboId(name);
    expect(await store.links.tokens(link?.id ?? "")).toMatchObject({ access: name, refresh: name });
  }
});
