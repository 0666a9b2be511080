import { describe, expect, test } from "vitest";
import { rolesWatcher } from "../../src/roles/index.js";
import { planOf, type Plan } from "../../src/roles/plan.js";
import type { PassResult } from "../../src/roles/pass.js";
import type { ClanReading } from "../../src/roles/reading.js";
import type { SyncResult } from "../../src/roles/results.js";
import type { Look, RolesEvent } from "../../src/watch/index.js";
import { CLAN, input, NOON, reading } from "./scene.js";

const HOUR_MS = 60 * 60_000;
const NOTHING: PassResult = { done: [], refused: [], left: 0 };

/** A server whose roles are looked at again and again. */
function watched() {
  const server = {
    now: NOON,
    readings: [reading({ Ada: "OFFICER" })] as readonly ClanReading[],
    due: false,
    result: synced(NOTHING),
    syncs: 0,
  };
  const watcher = rolesWatcher({
    roles: {
      read: () => Promise.resolve({ mappings: [], kept: [], readings: server.readings }),
      isDue: () => Promise.resolve(server.due),
      sync: () => {
        server.syncs += 1;
        return Promise.resolve(server.result);
      },
    },
    clock: { now: () => server.now },
  });
  let state: unknown;
  const own = { id: "w", ownerId: "1", guildId: "9", locale: "en", rule: {}, memory: null, createdAt: new Date(0) };
  const look = async (): Promise<Look<unknown, unknown>> => {
    const { signal } = new AbortController();
    const led = await watcher.look({
      subject: "9",
      state,
      at: new Date(server.now),
      lookedAt: undefined,
      shown: false,
      watches: [own],
      signal,
    });
    state = JSON.parse(JSON.stringify(led.state));
    return led;
  };
  return { server, look };
}

function synced(pass: PassResult, plan: Partial<Plan> = {}): SyncResult {
  return { kind: "synced", pass, plan: { ...planOf(input({})), ...plan }, strangers: undefined };
}

const told = ({ events = [] }: Look<unknown, unknown>) => events.map(({ event }) => event as RolesEvent);

describe("roles that follow by themselves", () => {
  test("are checked when a list changes, when a waiting time is over, and every six hours", async () => {
    const { server, look } = watched();
    await look();
    await look();
    expect(server.syncs).toBe(1);
    server.readings = [reading({ Ada: "LEADER" })];
    await look();
    await look();
    expect(server.syncs).toBe(2);
    server.readings = [{ ...CLAN, doubt: "silent" }];
    await look();
    expect(server.syncs).toBe(3);
    server.due = true;
    await look();
    server.due = false;
    expect(server.syncs).toBe(4);
    server.now += 6 * HOUR_MS - 1;
    await look();
    expect(server.syncs).toBe(4);
    server.now += 1;
    await look();
    expect(server.syncs).toBe(5);
  });

  test("go on soon where something is left, or somebody else is at it", async () => {
    const { server, look } = watched();
    server.result = synced({ ...NOTHING, left: 3 });
    expect((await look()).nextInMs).toBeLessThan(60_000);
    server.result = { kind: "busy" };
    expect((await look()).nextInMs).toBe(60_000);
    server.result = synced(NOTHING);
    expect(await look()).toMatchObject({ events: [] });
    expect(server.syncs).toBe(3);
    await look();
    expect(server.syncs).toBe(3);
  });

  test("tell what was done, and what is in the way once", async () => {
    const { server, look } = watched();
    const give = { what: "give", userId: "5", roleId: "7" } as const;
    const doubts: readonly ClanReading[] = [{ ...CLAN, doubt: "shrunk", now: 3, before: 30 }];
    const refused = [{ change: { ...give, userId: "6" }, reason: "permission" as const }];
    server.result = synced({ done: [give], refused, left: 0 }, { readings: doubts });
    expect(told(await look())).toMatchObject([
      {
        given: [{ userId: "5", roleId: "7" }],
        refused: [{ userId: "6", why: "discord:permission" }],
        doubts: [{ ...CLAN, doubt: "shrunk", before: 30, now: 3 }],
      },
    ]);
    server.now += 6 * HOUR_MS;
    expect(told(await look())).toMatchObject([{ given: [{ userId: "5" }], refused: [], doubts: [] }]);
    server.now += 6 * HOUR_MS;
    server.result = synced({ done: [], refused, left: 0 }, { readings: doubts });
    expect(told(await look())).toEqual([]);
    // It was right in between.
    server.now += 6 * HOUR_MS;
    server.result = synced(NOTHING);
    await look();
    server.now += 6 * HOUR_MS;
    server.result = synced({ done: [], refused, left: 0 }, { readings: doubts });
    expect(told(await look())).toHaveLength(1);
  });

  test("come again when Discord does not answer", async () => {
    const { server, look } = watched();
    server.result = { kind: "discord", failure: { kind: "away", cause: new Error("503") } };
    await expect(look()).rejects.toThrow("503");
  });
});
