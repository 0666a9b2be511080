import { expect, test } from "vitest";
import { Breaker } from "../src/session/breaker.js";

/** A breaker that opens after three failures for 100 ms, and a request that ends so. */
function start() {
  const states: string[] = [];
  const breaker = new Breaker(3, 100, (state) => states.push(state));
  const ask = (result: "success" | "failure", now: number) => {
    const admission = breaker.enter(now);
    if (admission) breaker.leave(admission, result, now);
  };
  return { breaker, states, ask };
}

test("it opens with the last of so many failures in a row, and a success between them counts them anew", () => {
  const { states, ask } = start();
  for (const result of ["failure", "failure", "success", "failure", "failure"] as const) ask(result, 0);
  expect(states).toEqual([]);
  ask("failure", 0);
  expect(states).toEqual(["open"]);
});

test("once it is closed again, failures are counted anew", () => {
  const { breaker, states, ask } = start();
  for (let n = 0; n < 3; n++) ask("failure", 0);
  expect([breaker.refuses(99), breaker.refuses(100)]).toEqual([true, false]);
  ask("success", 100);
  for (let n = 0; n < 2; n++) ask("failure", 100);
  expect(states).toEqual(["open", "half-open", "closed"]);
  ask("failure", 100);
  expect(states.at(-1)).toBe("open");
});
