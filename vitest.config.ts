import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { LONGEST_WAIT_MS, PATIENCE_MS } from "./test/patience.js";

/** The packages of the project are tested as they stand, and not as they were built. */
const conditions = ["source"];
// A test that asserts nothing cannot fail. What is waited for may take longer than a second on a busy machine.
const expect = { requireAssertions: true, poll: { timeout: PATIENCE_MS, interval: 10 } };

/** The longest, and what mostly waits, come first: last, they would be alone and leave processors idle. */
const LONGEST = /test\/browser\b/;
const WAITING = /test\/(?:watch\/chaos|bot\/(?:process|[a-z]+-alerts|price-watches)|store\/held)\b/;

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const place = ({ moduleId }: TestSpecification) =>
      [LONGEST, WAITING, /(?:)/].findIndex((which) => which.test(moduleId));
    return sorted.toSorted((one, other) => place(one) - place(other));
  }
}

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    name: "node",
    include: ["test/**/*.test.ts", "packages/*/test/**/*.test.ts"],
    expect,
    setupFiles: ["test/discord-first.ts"],
    globalSetup: ["test/scratch.ts", "test/browser/chromium.ts"],
    // Nothing in our modules is global, so the files of a worker share them: to load them anew takes longer than most tests.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // As the bot runs: V8 compiles the 9 MB of WebAssembly of the embedded database once, and not twice.
    execArgv: ["--liftoff-only"],
    // They end what hangs, and measure nothing: no test has one of its own. What a test waits for gives up before it, and
    // says what did not come; what vitest ends goes on beside the tests that follow, which then fail for nothing.
    testTimeout: 2 * LONGEST_WAIT_MS,
    hookTimeout: 2 * LONGEST_WAIT_MS,
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
