import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Pacing, REST_MS } from "../../src/playground/page/pacing.js";
import { ManualClock, settled } from "../../../../test/manual-clock.js";

interface Asked {
  readonly text: string;
  readonly signal: AbortSignal;
  /** Answered or failed. */
  over: boolean;
  readonly answer: () => Promise<void>;
  readonly fail: () => Promise<void>;
}

/** Somebody who types, and a bot that answers when it is told to. */
function typist() {
  const clock = new ManualClock();
  const asked: Asked[] = [];
  const told: string[] = [];
  const pacing = new Pacing<string, string>({
    timers: clock,
    ask: (text, signal) =>
      new Promise((resolve, reject) => {
        const end = (act: () => void) => () => {
          one.over = true;
          act();
          return settled();
        };
        const one: Asked = {
          text,
          signal,
          over: false,
          answer: end(() => {
            resolve(`${text}!`);
          }),
          fail: end(() => {
            reject(new Error("no answer"));
          }),
        };
        asked.push(one);
      }),
    answered: (answer) => told.push(answer),
    failed: () => told.push("failed"),
  });
  const texts = () => asked.map(({ text }) => text);
  return { clock, pacing, asked, told, texts };
}

describe("the bot", () => {
  it("is asked at once while no answer is awaited", async () => {
    const { pacing, asked, told, texts } = typist();
    pacing.ask("a");
    expect(texts()).toEqual(["a"]);
    expect(pacing.waiting).toBe(true);
    await asked[0]!.answer();
    expect(told).toEqual(["a!"]);
    expect(pacing.waiting).toBe(false);
    pacing.ask("ab");
    expect(texts()).toEqual(["a", "ab"]);
  });

  it("is requested for the newest text once it answered, and only that answer is shown", async () => {
    const { clock, pacing, asked, told, texts } = typist();
    for (const text of ["a", "ak", "ak-", "ak-7"]) pacing.ask(text);
    await asked[0]!.answer();
    expect(texts()).toEqual(["a", "ak-7"]);
    expect(told).toEqual([]);
    await asked[1]!.answer();
    expect(told).toEqual(["ak-7!"]);
    await clock.pass(10 * REST_MS);
    expect(texts()).toHaveLength(2);
  });

  it("is not waited for once the fingers rest", async () => {
    const { clock, pacing, asked, told, texts } = typist();
    pacing.ask("a");
    pacing.ask("ak");
    await clock.pass(REST_MS - 1);
    pacing.ask("ak-");
    await clock.pass(REST_MS - 1);
    expect(texts()).toEqual(["a"]);
    await clock.pass(1);
    expect(texts()).toEqual(["a", "ak-"]);
    expect(asked[0]!.signal.aborted).toBe(true);
    await asked[1]!.answer();
    await asked[0]!.answer();
    expect(told).toEqual(["ak-!"]);
  });

  it("is requested again after a failure, and only the newest failure is shown", async () => {
    const { pacing, asked, told } = typist();
    pacing.ask("a");
    pacing.ask("ak");
    await asked[0]!.fail();
    expect(told).toEqual([]);
    await asked[1]!.fail();
    expect(told).toEqual(["failed"]);
    expect(pacing.waiting).toBe(false);
  });

  it("is not heard any more after the end", async () => {
    const { clock, pacing, asked, told, texts } = typist();
    pacing.ask("a");
    pacing.ask("ak");
    pacing.stop();
    expect(asked[0]!.signal.aborted).toBe(true);
    await asked[0]!.answer();
    await clock.pass(REST_MS);
    expect(texts()).toEqual(["a"]);
    expect(told).toEqual([]);
  });

  it("is heard in the order of the texts, one at a time, and last for the last text", async () => {
    const step = fc.oneof(fc.constant("key"), fc.constant("answer"), fc.integer({ min: 1, max: 2 * REST_MS }));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const { clock, pacing, asked, told } = typist();
        let typed = 0;
        for (const one of steps) {
          if (one === "key") pacing.ask(String(++typed));
          else if (typeof one === "number") await clock.pass(one);
          else await asked.at(-1)?.answer();
          expect(asked.filter(({ signal, over }) => !signal.aborted && !over).length).toBeLessThanOrEqual(1);
        }
        for (let round = 0; round < 2; round++) await asked.at(-1)?.answer();
        const numbers = told.map((answer) => Number.parseInt(answer));
        expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
        expect(numbers.at(-1) ?? 0).toBe(typed);
      }),
    );
  });
});
