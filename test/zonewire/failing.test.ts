import { ServerError, TimeoutError } from "@zonewire/stalcraft";
import { expect, test } from "vitest";
import { MINUTE_MS } from "../../src/time.js";
import { seldom } from "../../src/zonewire/failing.js";
import { startBot } from "../bot/bot.js";
import { ManualClock } from "../manual-clock.js";
import { PATIENCE_MS } from "../patience.js";

test("a failure that comes again and again is told once in ten minutes, each kind by itself", () => {
  const clock = new ManualClock();
  const told: unknown[] = [];
  const tell = seldom(clock, (error) => told.push(error));
  const [slow, down] = [new TimeoutError(1, {}), new ServerError({})];
  for (const error of [slow, down, slow, down]) tell(error);
  expect(told).toEqual([slow, down]);
  clock.advance(10 * MINUTE_MS);
  tell(slow);
  expect(told).toEqual([slow, down, slow]);
});

test("credentials that the game's API does not accept are named", async () => {
  const bot = await startBot();
  bot.game.faults.add({ kind: "status", status: 401 }, { path: "/regions" });
  await bot.restart();
  const errors = () => bot.log.filter(({ level }) => level === 50).map(({ msg }) => msg);
  await expect
    .poll(errors, { timeout: PATIENCE_MS })
    .toEqual(["the game's API does not accept STALCRAFT_APP_TOKEN: wrong, or not approved yet"]);
  await bot.close();
});
