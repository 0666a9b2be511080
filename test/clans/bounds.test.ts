import { expect, test } from "vitest";
import { ClanDirectory } from "../../src/clans/index.js";
import { ManualClock, settled } from "../manual-clock.js";
import { clan } from "../../packages/stalcraft/test/bodies.js";
import { client } from "../../packages/stalcraft/test/client.js";
import { ScriptedServer, type Reply } from "../../packages/stalcraft/test/scripted-server.js";

const PAGE = 200;
const MINUTE = 60_000;
const clanOf = (n: number) => ({ ...clan, id: `id-${n}`, name: `Clan ${n}`, tag: `T${n}` });
/** Of clans that are numbered from 0, those of one page. */
const clansAt = (offset: number, count = PAGE) => Array.from({ length: count }, (_, n) => clanOf(offset + n));

async function opened(pageAt: (offset: number, request: number) => Reply) {
  let requests = 0;
  const server = await ScriptedServer.start(({ path, query }) => {
    if (path === "/regions") return { body: [{ id: "EU", name: "EUROPE" }] };
    requests += 1;
    return pageAt(Number(query.get("offset")), requests);
  });
  const clock = new ManualClock(1_000_000 * MINUTE);
  const failures: unknown[] = [];
  const api = client(server, { attempts: 1 });
  const clans = new ClanDirectory({ stalcraft: api, clock, onFailure: (error) => failures.push(error) });
  /** Resolves when nothing is under way at the API any more: a request of our own comes behind the others. */
  const quiet = async () => {
    for (let seen = -1; seen !== requests;) {
      seen = requests;
      for (let n = 0; n < 20; n += 1) await settled();
      await api.regions().getAll({ maxAge: 0 });
    }
  };
  return { clans, clock, failures, quiet, requests: () => requests };
}

test("bad clans are left out, wherever they are, and the rest of the list is there", async () => {
  const { clans, requests, failures } = await opened((offset) => ({
    body: {
      data: clansAt(offset, Math.min(PAGE, 5_001 - offset)).map((one, n) =>
        n % 50 === 7 ? { ...one, id: null } : one,
      ),
      totalClans: 5_001,
    },
  }));
  await clans.start();
  expect(clans.peek("EU")).toMatchObject({ complete: true, total: 4_901 });
  expect([requests(), failures]).toEqual([26, []]);
});

test("a last page of nothing but bad clans does not spoil the list", async () => {
  const { clans, failures } = await opened((offset) => ({
    body: { data: offset === 0 ? clansAt(0) : [null, { id: 1 }], totalClans: 202 },
  }));
  await clans.start();
  expect(clans.peek("EU")).toMatchObject({ complete: true, total: 200 });
  expect(failures).toEqual([]);
});

test("a list that never ends is read to a bound, sixty pages a minute", async () => {
  const { clans, clock, quiet, requests } = await opened((offset) => ({
    body: { data: clansAt(offset), totalClans: 1e9 },
  }));
  const started = clans.start();
  await quiet();
  expect(requests()).toBe(60);
  expect(clans.peek("EU")).toMatchObject({ complete: false, total: 20_000 });
  clock.advance(MINUTE);
  await started;
  expect(requests()).toBe(100);
  expect(clans.peek("EU")).toMatchObject({ complete: true, total: 20_000 });
  expect(clans.peek("EU")?.clans).toHaveLength(20_000);
});

test.each([
  ["begins anew with each page", () => clansAt(0)],
  ["goes round", (offset: number) => clansAt(offset % 600)],
])("a list that %s ends where it brings nothing new", async (_what, data) => {
  const { clans, requests } = await opened((offset) => ({ body: { data: data(offset), totalClans: 1e6 } }));
  await clans.start();
  expect(clans.peek("EU")?.complete).toBe(true);
  expect(requests()).toBeLessThanOrEqual(4);
});

test.each([-5, 0, 1, 199, 1e300])("a total of %d is not believed against what is listed", async (totalClans) => {
  const { clans } = await opened((offset) => ({ body: { data: offset < 400 ? clansAt(offset) : [], totalClans } }));
  await clans.start();
  const list = clans.peek("EU");
  expect(list?.total).toBe(list?.clans.length);
});

test("a region whose list fails is asked ever less often, and what was read stays", async () => {
  const { clans, clock, quiet, requests, failures } = await opened((offset) =>
    offset >= 1_000 ? { status: 400 } : { body: { data: clansAt(offset), totalClans: 5_000 } },
  );
  await clans.start();
  const perMinute: number[] = [];
  for (let minute = 0; minute < 30; minute += 1) {
    const before = requests();
    for (let second = 0; second < 60; second += 5) {
      clock.advance(5_000);
      clans.peek("EU");
      await quiet();
    }
    perMinute.push(requests() - before);
  }
  expect(Math.max(...perMinute)).toBeLessThanOrEqual(60);
  // Each attempt takes six requests; two kinds of retries, each every five minutes at last.
  expect(perMinute.slice(10).reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(20 * 6 * 0.5);
  expect(failures.length).toBeGreaterThan(3);
  expect((await clans.read("EU", 0)).clans).toHaveLength(1_000);
  clans.stop();
});

test("a request during a failure fails at once, and works again after half a minute at most", async () => {
  let broken = true;
  const { clans, clock, requests } = await opened(() =>
    broken ? { status: 400 } : { body: { data: clansAt(0, 3), totalClans: 3 } },
  );
  for (let n = 0; n < 20; n += 1) {
    await expect(clans.read("EU", 1_000)).rejects.toMatchObject({ name: "InvalidRequestError" });
    clock.advance(1_000);
  }
  expect(requests()).toBeLessThanOrEqual(4);
  for (let n = 0; n < 20; n += 1) {
    await expect(clans.read("EU", 1_000)).rejects.toMatchObject({ name: "InvalidRequestError" });
    clock.advance(MINUTE);
  }
  broken = false;
  expect(await clans.read("EU", 1_000)).toMatchObject({ complete: true, total: 3 });
});
