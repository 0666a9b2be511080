import { expect, test } from "vitest";
import { Cancellation, Cancelled } from "../src/session/cancellation.js";
import { Scheduler } from "../src/session/scheduler.js";
import { ManualClock } from "../../../test/manual-clock.js";

test("a request that nobody waits for any more leaves the queue, and takes no connection from those behind it", async () => {
  const clock = new ManualClock();
  const scheduler = new Scheduler(clock, 1);
  const ask = () => {
    const cancellation = new Cancellation();
    const flight = {
      cancellation,
      priority: "interactive" as const,
      asker: undefined,
      deadline: clock.now() + 8_000,
      onJoin: undefined,
      queued: true,
    };
    return { cancellation, permit: Promise.resolve(scheduler.acquire("app", 1, flight)) };
  };
  const busy = await ask().permit;
  const [given, next] = [ask(), ask()];
  expect(scheduler.queued).toBe(2);
  given.cancellation.cancel();
  await expect(given.permit).rejects.toBeInstanceOf(Cancelled);
  expect(scheduler.queued).toBe(1);
  scheduler.release(busy);
  expect(await next.permit).toBeDefined();
  expect(scheduler.queued).toBe(0);
});
