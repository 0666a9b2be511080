import { describe, expect, test } from "vitest";
import type { ClaimedSubject, LookResult, WatchRequest, WatchStore } from "../../../src/store/index.js";
import { engines, workbench } from "../engines.js";

const PACE = { periodMs: 60_000, points: 2 };
const LIMITS = { perPerson: 25, perServer: 50 };

describe.each(engines)("on $name", (engine) => {
  const bench = workbench(engine);
  const store = (): WatchStore => bench.store().watching("production");

  test("a look's alert is claimed with its target, once, and sent", async () => {
    const watching = store();
    const added = await watching.watches.add(request(), LIMITS, PACE);
    expect(added).toMatchObject({ existed: false, watch: { state: "running", subject: "EU:zyv9" } });
    const { subjects } = await watching.looks.claim(claim("a"));
    expect(subjects).toMatchObject([{ kind: "price", subject: "EU:zyv9", state: null, watches: [{ memory: null }] }]);
    expect((await watching.looks.claim(claim("b"))).subjects).toEqual([]);
    const [subject] = subjects;
    expect(await watching.looks.commit([told(subject!, [{ n: 1 }, { n: 2 }])])).toEqual({
      subjects: 1,
      alerts: 2,
    });

    const { targets } = await watching.outbox.claim({ lease: "s", leaseMs: 60_000, targets: 10, perTarget: 20 });
    expect(targets).toMatchObject([{ target: "dm:1", deliveries: [{ event: { n: 1 } }, { event: { n: 2 } }] }]);
    const [first, second] = targets[0]!.deliveries;
    await watching.outbox.note([
      { delivery: first!, outcome: "sent", messageId: "7" },
      { delivery: second!, outcome: "untried" },
    ]);
    await watching.outbox.release("s", [{ target: "dm:1", failures: "none" }]);
    const again = await watching.outbox.claim({ lease: "t", leaseMs: 60_000, targets: 10, perTarget: 20 });
    expect(again.targets).toMatchObject([{ deliveries: [{ id: second!.id, begunAgoMs: null, nonce: second!.nonce }] }]);
    expect(await watching.watches.list({ ownerId: "1" })).toMatchObject([{ lastToldAt: expect.any(Date) as Date }]);
  });
});

const claim = (lease: string) => ({
  lease,
  leaseMs: 60_000,
  wanted: [{ kind: "price", most: 10, earlyMs: 0 } as const],
});

const request = (changes: Partial<WatchRequest> = {}): WatchRequest => ({
  ...{ kind: "price", subject: "EU:zyv9", ownerId: "1", guildId: null, target: "dm:1", roleId: null },
  ...{ crosspost: false, silent: false, rule: { below: 5 }, locale: "en", lifetimeDays: 30 },
  ...changes,
});

function told({ kind, subject, lease, watches }: ClaimedSubject, events: readonly unknown[]): LookResult {
  const alerts = watches.flatMap(({ id }) => events.map((event) => ({ watchId: id, event })));
  const memories = watches.map(({ id }) => ({ watchId: id, memory: { told: events.length } }));
  const nothing = { pauses: [], observed: [], log: [], panelsDirty: true, points: 2 };
  return {
    ...{ kind, subject, lease },
    seen: { state: { seen: 1 }, events: alerts, memories, ...nothing },
    nextInMs: 5,
    periodMs: 5,
  };
}
