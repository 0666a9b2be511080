import type { ClaimedSubject, LookResult, WatchKind, WatchRequest, WatchStore } from "../../../src/store/index.js";

export const PACE = { periodMs: 60_000, points: 2 };
export const LIMITS = { perPerson: 25, perServer: 50 };

/** A private watch of prices. */
export const request = (changes: Partial<WatchRequest> = {}): WatchRequest => ({
  ...{ kind: "price", subject: "EU:zyv9", ownerId: "1", guildId: null, target: "dm:1", roleId: null },
  ...{ crosspost: false, silent: false, rule: { below: 5 }, locale: "en", lifetimeDays: 30 },
  ...changes,
});

/** The id of a new watch. */
export async function added({ watches }: WatchStore, changes: Partial<WatchRequest> = {}): Promise<string> {
  const result = await watches.add(request(changes), LIMITS, PACE);
  if ("limit" in result) throw new Error("there are too many");
  return result.watch.id;
}

export const claimOf = (lease: string, kind: WatchKind = "price", leaseMs = 60_000) => ({
  lease,
  wanted: [{ kind, most: 10, earlyMs: 0, leaseMs }],
});

type Seen = NonNullable<LookResult["seen"]>;

/** What a look led to that saw nothing but `changes`, and comes again after an hour. */
export const result = (
  { kind, subject, lease }: Pick<ClaimedSubject, "kind" | "subject" | "lease">,
  changes: Partial<Seen> = {},
): LookResult => ({
  ...{ kind, subject, lease, nextInMs: 3_600_000, periodMs: 60_000 },
  seen: {
    ...{ state: { seen: true }, events: [], memories: [], pauses: [], panelsDirty: false, observed: [], log: [] },
    ...{ points: 2, ...changes },
  },
});

/** Puts events of a watch into the outbox, as a look does. */
export async function tell(
  { outbox }: Pick<WatchStore, "outbox">,
  target: string,
  ...events: readonly unknown[]
): Promise<void> {
  const to = { target, watchId: null, ownerId: "1", guildId: null, silent: false, locale: "en" };
  await outbox.post(events.map((event) => ({ ...to, event })));
}

export const sending = (lease: string, leaseMs = 60_000) => ({ lease, leaseMs, targets: 10, perTarget: 20 });
