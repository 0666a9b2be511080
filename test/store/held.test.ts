import { cp } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { backUp } from "../../src/store/backup.js";
import { freshFolder } from "./engines.js";
import { environmentOf, run } from "./processes.js";
import { borrowDatabase } from "./shared.js";

// What the three programs do while another container holds the folder stands in test/waits.test.ts.

const [BACKUP, RESTORE, ROTATE] = ["backup", "restore", "rotate-keys"].map((name) => `src/store/bin/${name}.ts`) as [
  string,
  string,
  string,
];

test("backup, restore and rotate-keys refuse while a process of this host works, and work after it was killed", async () => {
  const dataDir = await freshFolder();
  const env = (folder: string) => environmentOf({ dataDir: folder, databaseUrl: undefined, keys: undefined });
  const holder = run("test/store/holder.ts", ["write", "a"], env(dataDir));
  const pid = Number((await holder.next()).replace("open ", ""));
  await holder.next();
  const file = join(await freshFolder(), "saved");

  // A backup that can be read, so that the lock is what restore fails at.
  const empty = `${file}.empty`;
  const { database, giveBack } = await borrowDatabase();
  onTestFinished(giveBack);
  expect(await backUp(database, empty)).toBe(0);

  const refused = [
    run(BACKUP, [file], env(dataDir)),
    run(RESTORE, [empty], env(dataDir)),
    run(ROTATE, [], env(dataDir)),
  ];
  const line: unknown = expect.stringMatching(new RegExp(`^another process \\(pid ${pid}\\) works on .*stop the bot`));
  for (const { ended, lines } of refused) expect([await ended, lines]).toEqual([1, [line]]);

  holder.kill();
  await holder.ended;
  const copies = await Promise.all(
    ["backup", "restore", "rotate"].map(async (name) => {
      const copy = join(await freshFolder(), name);
      await cp(dataDir, copy, { recursive: true });
      return copy;
    }),
  );
  const [saved, restored, rotated] = copies as [string, string, string];
  const programs = [
    run(BACKUP, [file], env(saved)),
    // It works on the folder, finds what the killed one had written, and says so: the lock is no hindrance.
    run(RESTORE, [empty], env(restored)),
    run(ROTATE, [], env(rotated)),
  ];
  const ends: (readonly [number, RegExp])[] = [
    [0, /^[1-9]\d* rows are in /],
    [1, /empty/],
    [0, /^[1-9]\d* rows are now encrypted with the key /],
  ];
  for (const [at, { ended, lines }] of programs.entries()) {
    const [code, words] = ends[at]!;
    expect([await ended, lines]).toEqual([code, [expect.stringMatching(words)]]);
  }
});
