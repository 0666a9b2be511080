import { defineConfig } from "vitest/config";

/**
 * In these a bot of discord.js' own `Client` sends files. Its HTTP client hands its forms to whichever HTTP client of the
 * process was loaded first, and ours does not know them: each of these files has a process to itself.
 */
const FOREIGN_BOT = ["test/sandbox/discord/**/*.test.ts", "test/sandbox/playground/{playground,views}.test.ts"];
// A test that asserts nothing cannot fail.
const expect = { requireAssertions: true };

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "node",
          include: ["test/**/*.test.ts"],
          exclude: ["test/browser/**", ...FOREIGN_BOT],
          expect,
        },
      },
      { extends: true, test: { name: "foreign bot", include: FOREIGN_BOT, isolate: true, expect } },
      {
        extends: true,
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          globalSetup: "test/browser/chromium.ts",
        },
      },
    ],
    globalSetup: "test/scratch.ts",
    // Nothing in our modules is global, so the files of a worker share them: to load them anew takes longer than most tests.
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // Many of the tests wait for sockets and processes more than they compute.
    maxWorkers: 3,
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts", "commands/**/*.ts"],
      // What draws in a browser is not run by these tests; its pure modules are, and count.
      exclude: ["src/sandbox/playground/page/{api,chat,command-line,dom,draw-*,main,modal,suggestions}.ts"],
      thresholds: { lines: 90 },
      reporter: ["text-summary"],
    },
  },
});
