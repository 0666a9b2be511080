import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";

const SCRIPTS = join(import.meta.dirname, "../scripts");

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "zonewire-build-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** A process that has these lines for its program, with what the build's scripts export. */
function run(lines: readonly string[]) {
  const imports = [
    `import { lockBuild } from ${JSON.stringify(pathToFileURL(join(SCRIPTS, "build-lock.js")).href)};`,
    `import { mirror, put } from ${JSON.stringify(pathToFileURL(join(SCRIPTS, "output.js")).href)};`,
    `import { appendFileSync, readFileSync, writeSync } from "node:fs";`,
  ];
  const child = spawn(process.execPath, ["--input-type=module", "-e", [...imports, ...lines].join("\n")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  const ended = once(child, "exit").then(([code]: unknown[]) => code);
  return { child, ended };
}

/** A build: says that it begins, works for a moment, says that it ends. */
function builder(folder: string) {
  const log = JSON.stringify(join(folder, "log"));
  return run([
    `const release = await lockBuild(${JSON.stringify(join(folder, "dist"))});`,
    `appendFileSync(${log}, "begin ");`,
    `await new Promise((resolve) => setTimeout(resolve, 20));`,
    `appendFileSync(${log}, "end ");`,
    `release();`,
  ]);
}

/** A build that was killed, or that ended without giving its lock back. */
async function deadBuilder(folder: string): Promise<void> {
  const { child } = run([
    `await lockBuild(${JSON.stringify(join(folder, "dist"))});`,
    `writeSync(1, "locked");`,
    `setInterval(() => {}, 1_000);`,
  ]);
  await once(child.stdout, "data");
  child.kill("SIGKILL");
  await once(child, "exit");
}

describe("builds of one checkout", () => {
  test.each([
    { name: "in a fresh checkout", before: () => Promise.resolve() },
    { name: "after one that was killed", before: deadBuilder },
  ])("take turns, $name", async ({ before }) => {
    const folder = freshFolder();
    await before(folder);
    const builds = Array.from({ length: 5 }, () => builder(folder));
    expect(await Promise.all(builds.map(({ ended }) => ended))).toEqual([0, 0, 0, 0, 0]);
    expect(readFileSync(join(folder, "log"), "utf8")).toBe("begin end ".repeat(5));
    expect(readdirSync(join(folder, "dist"))).toHaveLength(1);
  });

  test("leave files alone that are right already, and remove those that nothing makes", async () => {
    const folder = freshFolder();
    const from = join(folder, "from");
    const to = join(folder, "to");
    mkdirSync(join(from, "meta"), { recursive: true });
    writeFileSync(join(from, "same"), "a");
    writeFileSync(join(from, "meta/changed"), "b");
    const mirrored = () => run([`mirror(${JSON.stringify(from)}, ${JSON.stringify(to)});`]).ended;
    const told = (name: string) => {
      const { ino, mtimeMs } = statSync(join(to, name));
      return { ino, mtimeMs, text: readFileSync(join(to, name), "utf8") };
    };
    expect(await mirrored()).toBe(0);
    writeFileSync(join(to, "gone"), "c");
    const before = { same: told("same"), changed: told("meta/changed") };

    writeFileSync(join(from, "meta/changed"), "d");
    expect(await mirrored()).toBe(0);
    expect(told("same")).toEqual(before.same);
    expect(told("meta/changed")).toMatchObject({ text: "d" });
    expect(readdirSync(to, { recursive: true }).sort()).toEqual(["meta", "meta/changed", "same"].map((n) => join(n)));
  });
});
