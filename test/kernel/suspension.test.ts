import { onTestFinished, expect, test } from "vitest";
import { button, row } from "../../src/kernel/card.js";
import { defineCommand } from "../../src/kernel/command.js";
import { defineComponent, stateOf } from "../../src/kernel/component.js";
import { Suspension } from "../../src/kernel/suspension.js";
import { uptimeClock, systemClock, type Clock } from "../../src/time.js";
import { ManualClock } from "../manual-clock.js";
import { openWorkshop } from "./workshop.js";

/** Clocks of which the times can leap, as they seem to for a process that was suspended. */
function leaping() {
  let ahead = 0;
  const ofLeaps = (clock: Clock) => ({ ...clock, now: () => clock.now() + ahead });
  return {
    clock: ofLeaps(systemClock),
    running: ofLeaps(uptimeClock),
    leap: (ms: number) => {
      ahead += ms;
    },
  };
}

test("what Discord no longer waits for after a suspension is not carried out", async () => {
  const { clock, running, leap } = leaping();
  const done: string[] = [];
  const press = defineComponent({
    command: "choose",
    action: "press",
    audience: "anyone",
    state: stateOf({}),
    run: () => {
      done.push("pressed");
      return { content: "pressed" };
    },
  });
  const choose = defineCommand({
    name: "choose",
    visibility: "public",
    components: [press],
    run: (_input, context) => {
      done.push("chosen");
      return {
        content: "chosen",
        components: [row(button({ label: "press", customId: press.customId({}, context) }))],
      };
    },
  });
  const workshop = await openWorkshop([choose], clock, { running });
  onTestFinished(() => workshop.close());
  const person = workshop.as();
  const { message } = await person.slash("choose");
  expect(done).toEqual(["chosen"]);

  leap(20_000);
  workshop.discord.faults.rest.add({ route: "/callback", status: 404, code: 10_062, times: 1 });
  void Promise.allSettled([person.slash("choose"), person.click(message!, "press")]);
  const told = () => workshop.log.flatMap(({ msg }) => (/^answered|suspended/.test(msg) ? msg : [])).sort();
  await expect.poll(told).toEqual(["answered", "answered", expect.stringContaining("was suspended")]);
  expect(done).toEqual(["chosen"]);
});

test("a fast clock, or one that is set, makes nothing old; a suspension does for five seconds", () => {
  const [clock, running] = [new ManualClock(0), new ManualClock(0)];
  const set = new Suspension(clock, running);
  clock.advance(90_000);
  running.advance(1_000);
  expect(set.covers(0)).toBe(false);
  const suspension = new Suspension(clock, clock);
  suspension.stop();
  clock.advance(20_000);
  expect([suspension.covers(90_000), suspension.covers(108_000)]).toEqual([true, false]);
  clock.advance(2_500);
  expect(suspension.covers(90_000)).toBe(true);
  clock.advance(2_500);
  expect(suspension.covers(90_000)).toBe(false);
});
