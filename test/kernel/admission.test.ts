import { expect, test } from "vitest";
import { Admission } from "../../src/kernel/admission.js";
import { ManualClock, settled } from "../manual-clock.js";

test("what has time begins when nobody has waited for a tenth of a second", async () => {
  const clock = new ManualClock();
  const admission = new Admission(clock);
  const begun: string[] = [];
  const shown = Promise.resolve();
  void admission.postpone(() => shown).then(() => begun.push("work"));
  await settled();
  await clock.pass(99);
  await settled();
  expect(begun).toEqual([]);
  await clock.pass(1);
  await settled();
  expect(begun).toEqual(["work"]);
});
