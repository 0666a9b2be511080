import { expect, test } from "vitest";
import { Stops } from "../../src/zonewire/stops.js";

test("each is stopped once, the last one first, whoever fails and however often it is asked", async () => {
  const done: string[] = [];
  const failures: unknown[] = [];
  const stops = new Stops((error) => failures.push(error));
  stops.push(() => void done.push("first"));
  stops.push(() => {
    done.push("throws");
    throw new Error("at once");
  });
  stops.push(async () => {
    await Promise.resolve();
    done.push("rejects");
    throw new Error("later");
  });
  stops.push(async () => {
    await new Promise((resolve) => setImmediate(resolve));
    done.push("last");
  });
  await Promise.all([stops.all(), stops.all()]);
  await stops.all();
  expect(done).toEqual(["last", "rejects", "throws", "first"]);
  expect(failures).toEqual([new Error("later"), new Error("at once")]);
});
