import { expect, test } from "vitest";
import { Ongoing } from "../src/ongoing.js";

/** Whether the end has been told, each time it is looked at. */
function waitFor(ongoing: Ongoing): () => boolean {
  let isOver = false;
  void ongoing.over().then(() => (isOver = true));
  return () => isOver;
}
const turn = () => new Promise(setImmediate);

test("nothing going on is over at once", async () => {
  const ongoing = new Ongoing();
  expect(ongoing.any).toBe(false);
  await ongoing.over();
});

test("it is over when the last one ends, for all who wait", async () => {
  const ongoing = new Ongoing();
  ongoing.begin();
  ongoing.begin();
  const [one, other] = [waitFor(ongoing), waitFor(ongoing)];
  ongoing.end();
  await turn();
  expect([ongoing.any, one(), other()]).toEqual([true, false, false]);
  ongoing.end();
  await turn();
  expect([ongoing.any, one(), other()]).toEqual([false, true, true]);
});

test("it can begin again, and is then waited for anew", async () => {
  const ongoing = new Ongoing();
  ongoing.begin();
  ongoing.end();
  ongoing.begin();
  const again = waitFor(ongoing);
  await turn();
  expect(again()).toBe(false);
  ongoing.end();
  await turn();
  expect(again()).toBe(true);
});
