import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/**
 * In these a bot of discord.js' own `Client` sends files. Its HTTP client hands its forms to whichever HTTP client of the
 * process was loaded first, and ours does not know them: each of these files has a process to itself.
 */
const FOREIGN_BOT = [
  "packages/sandbox/test/discord/**/*.test.ts",
  "packages/sandbox/test/playground/{event-streams,playground,views}.test.ts",
  // Messages of the bot's own accord go through discord.js' HTTP client, too.
  "test/kernel/messages/messenger.test.ts",
];
/** The packages of the project are tested as they stand, and not as they were built. */
const conditions = ["source"];
// A test that asserts nothing cannot fail. What is waited for may take longer than a second on a busy machine.
const expect = { requireAssertions: true, poll: { timeout: 30_000, interval: 10 } };

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "node",
          include: ["test/**/*.test.ts", "packages/*/test/**/*.test.ts"],
          exclude: FOREIGN_BOT,
          expect,
        },
      },
      { extends: true, test: { name: "foreign bot", include: FOREIGN_BOT, isolate: true, expect } },
    ],
    globalSetup: ["test/scratch.ts", "test/browser/chromium.ts"],
    // Nothing in our modules is global, so the files of a worker share them: to load them anew takes longer than most tests.
    isolate: false,
    // As the bot runs: V8 compiles the 9 MB of WebAssembly of the embedded database once, and not twice.
    execArgv: ["--liftoff-only"],
    // They end what hangs, and measure nothing: a busy machine may take ten times as long as a quiet one.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Many of the tests wait for sockets and processes more than they compute.
    maxWorkers: availableParallelism() + 1,
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts", "commands/**/*.ts", "packages/*/src/**/*.ts"],
      // What draws in a browser is not run by these tests; its pure modules are, and count.
      exclude: ["packages/sandbox/src/playground/page/{api,chat,command-line,dom,draw-*,main,modal,suggestions}.ts"],
      thresholds: { lines: 90 },
      reporter: ["text-summary"],
    },
  },
});
