import { expect, test } from "vitest";
import { Limit } from "../../src/charts/limit.js";
import { PictureCache } from "../../src/charts/picture-cache.js";

/** Works that end when they are told to. */
function works() {
  const running: { name: string; end: () => void; fail: () => void }[] = [];
  return {
    running,
    names: () => running.map(({ name }) => name),
    work: (name: string) => () =>
      new Promise<string>((resolve, reject) => {
        const leave = () =>
          running.splice(
            running.findIndex((one) => one.name === name),
            1,
          );
        running.push({
          name,
          end: () => {
            leave();
            resolve(name);
          },
          fail: () => {
            leave();
            reject(new Error(name));
          },
        });
      }),
  };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("no more than so many run at once; the others follow in their order, also after a failure", async () => {
  const limit = new Limit(2);
  const { running, names, work } = works();
  const results = ["a", "b", "c", "d"].map((name) => limit.run(work(name)).catch((error: unknown) => error));
  await settled();
  expect(names()).toEqual(["a", "b"]);
  running[1]!.fail();
  await settled();
  expect(names()).toEqual(["a", "c"]);
  // One that comes between waits behind those who were there.
  const late = limit.run(work("e"));
  running[0]!.end();
  await settled();
  expect(names()).toEqual(["c", "d"]);
  for (const name of ["c", "d", "e"]) {
    running.find((one) => one.name === name)!.end();
    await settled();
  }
  expect(await Promise.all(results)).toEqual(["a", new Error("b"), "c", "d"]);
  expect(await late).toBe("e");
  const again = ["f", "g", "h"].map((name) => limit.run(work(name)));
  await settled();
  expect(names()).toEqual(["f", "g"]);
  for (const name of ["f", "g", "h"]) {
    running.find((one) => one.name === name)!.end();
    await settled();
  }
  await Promise.all(again);
});

test("kept pictures have at most so many bytes together; one larger than that is not kept", () => {
  const cache = new PictureCache({ pictures: 10, bytes: 100 });
  cache.set("a", new Uint8Array(40));
  cache.set("b", new Uint8Array(40));
  cache.get("a");
  cache.set("c", new Uint8Array(40));
  expect(["a", "b", "c"].map((key) => cache.get(key)?.length)).toEqual([40, undefined, 40]);
  cache.set("a", new Uint8Array(60));
  expect(["a", "c"].map((key) => cache.get(key)?.length)).toEqual([60, 40]);
  cache.set("d", new Uint8Array(101));
  expect(["a", "c", "d"].map((key) => cache.get(key))).toEqual([undefined, undefined, undefined]);
  cache.set("e", new Uint8Array(100));
  expect(cache.get("e")?.length).toBe(100);
});
