import { afterEach, describe, expect, test } from "vitest";
import { card } from "../../src/kernel/card.js";
import { Admission } from "../../src/kernel/admission.js";
import { defineCommand } from "../../src/kernel/command.js";
import type { Outcome } from "@zonewire/sandbox/discord";
import { ManualClock, settled } from "../manual-clock.js";
import { openWorkshop, type Workshop } from "./workshop.js";

/** Above those that begin with their work: the first ones, before it is clear that there is a crowd. */
const MOST_AT_ONCE = 60;
const CROWD = 300;

let workshop: Workshop | undefined;
afterEach(async () => {
  await workshop?.close();
  workshop = undefined;
});

async function crowd(): Promise<{ clock: ManualClock; begun: () => number; all: Promise<Outcome[]> }> {
  const clock = new ManualClock(Date.now());
  let begun = 0;
  const busy = defineCommand({
    name: "busy",
    visibility: "public",
    run: () => {
      begun++;
      return { embeds: [card({ title: "done" })] };
    },
  });
  workshop = await openWorkshop([busy], clock);
  const { discord, as } = workshop;
  const all = Promise.all(Array.from({ length: CROWD }, () => as().slash("busy")));
  const seen = () => discord.requests.filter(({ route }) => route.endsWith("/callback")).length;
  await discord.until("everybody to see something", () => seen() === CROWD);
  return { clock, begun: () => begun, all };
}

/** A moment, once everything that is on its way has set its timers. */
async function passSome(clock: ManualClock, ms = 300): Promise<void> {
  await settled();
  await settled();
  await clock.pass(ms);
  await settled();
}

describe("a crowd", () => {
  test("is shown “thinking…” before anything is worked on; the work begins when nobody waits any more", async () => {
    const { clock, begun, all } = await crowd();
    expect(begun()).toBeLessThan(MOST_AT_ONCE);
    await passSome(clock);
    const outcomes = await all;
    expect(outcomes.map(({ message }) => message?.embeds[0]?.title)).toEqual(Array(CROWD).fill("done"));
    expect(outcomes.filter(({ answers }) => answers !== 1)).toEqual([]);
    expect(begun()).toBe(CROWD);
  });
});

describe("admission", () => {
  test("lets a few in at once, and the others in the order of their coming", async () => {
    const admission = new Admission(new ManualClock());
    const entered: number[] = [];
    const turns = Array.from({ length: 30 }, async (_, index) => {
      await admission.enter();
      entered.push(index);
    });
    await Promise.resolve();
    await Promise.resolve();
    expect(entered.length).toBeLessThan(10);
    await Promise.all(turns);
    expect(entered).toEqual(turns.map((_, index) => index));
  });

  test("postponed work waits for the first answers of others, a lull, or four seconds", async () => {
    const clock = new ManualClock();
    const admission = new Admission(clock);
    let answer: () => void = () => undefined;
    const slow = admission.postpone(() => new Promise<void>((resolve) => (answer = resolve)));
    let begun = false;
    void admission.postpone(() => Promise.resolve()).then(() => (begun = true));
    for (let ms = 0; ms < 3_900; ms += 100) await passSome(clock, 100);
    expect(begun).toBe(false);
    await passSome(clock);
    expect(begun).toBe(true);
    answer();
    await passSome(clock);
    await slow;
  });

  test("what goes wrong first is told, and holds nobody up", async () => {
    const clock = new ManualClock();
    const admission = new Admission(clock);
    await expect(admission.postpone(() => Promise.reject(new Error("cut")))).rejects.toThrow("cut");
    const next = admission.postpone(() => Promise.resolve());
    await passSome(clock);
    await expect(next).resolves.toBeUndefined();
  });
});
