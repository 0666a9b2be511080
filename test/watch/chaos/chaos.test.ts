import { expect, test } from "vitest";
import { engines, opened } from "../../store/engines.js";
import { environmentOf, run } from "../../store/processes.js";
import { runChaos } from "./chaos.js";

const CHAOS = {
  happens: {
    emission: { facts: 20, subjects: 3 },
    price: { facts: 50, subjects: 6 },
    roster: { facts: 10, subjects: 2 },
  },
  kills: 2,
  overMs: 4_000,
};

test.each(engines)(
  "each alert comes once and in its order, while processes are killed with -9 ($name)",
  async ({ fresh, name }) => {
    const settings = await fresh();
    const result = await runChaos({
      chaos: CHAOS,
      // The embedded database serves one process.
      workers: name === "the embedded database" ? 1 : 2,
      store: await opened(settings),
      async start(_n, env) {
        const worker = run("test/watch/chaos/worker.ts", [], { ...environmentOf(settings), ...env });
        expect(await worker.next()).toBe("runs");
        return {
          async kill() {
            worker.kill();
            await worker.ended;
          },
        };
      },
    });
    expect(result).toEqual({ expected: 160, told: 160, missing: [], doubled: [], disordered: [] });
  },
);
