import { describe, expect, test } from "vitest";
import type { Failed, Refusal } from "../../../src/watch/delivering/messenger.js";
import { verdict } from "../../../src/watch/delivering/verdict.js";

const HOUR = 3_600_000;
const cause = new Error("as Discord says");
const refused = (reason: Refusal): Failed => ({ kind: "refused", reason, cause });

interface Given {
  target?: string;
  failures?: number;
  attempts?: number;
  hours?: number;
}
const judge = (failed: Failed, { target = "channel:1", failures = 0, attempts = 0, hours = 0 }: Given = {}) =>
  verdict(failed, {
    target: { target, failures },
    delivery: { attempts, createdAt: new Date(0) },
    now: hours * HOUR,
    random: () => 0.5,
  });

describe("what follows from a failure", () => {
  test.each<Refusal>([
    "channel-gone",
    "server-gone",
    "person-gone",
    "not-accepted",
    "no-shared-server",
    "wrong-channel",
    "tag-needed",
    "locked",
  ])("%s pauses at once", (reason) => {
    expect(judge(refused(reason))).toEqual({ kind: "pause", reason });
  });

  test.each<Refusal>(["hidden", "permission", "archived", "threads-full"])("%s pauses the third time", (reason) => {
    expect(judge(refused(reason))).toMatchObject({ kind: "wait", tried: "again", release: { failures: "one" } });
    expect(judge(refused(reason), { failures: 1 })).toMatchObject({ kind: "wait" });
    expect(judge(refused(reason), { failures: 2 })).toEqual({ kind: "pause", reason });
  });

  test.each<Refusal>(["hidden", "permission", "channel-gone"])(
    "%s in direct messages is believed after hours, and the channel is opened anew",
    (reason) => {
      let waited = 0;
      for (const failures of [0, 1, 2]) {
        const found = judge(refused(reason), { target: "dm:1", failures });
        if (found.kind !== "wait") throw new Error(found.kind);
        expect(found.release.dmChannelId).toBeNull();
        waited += found.release.nextInMs ?? 0;
      }
      expect(waited).toBeGreaterThan(3 * HOUR);
      expect(judge(refused(reason), { target: "dm:1", failures: 3 })).toEqual({ kind: "pause", reason });
    },
  );

  test.each<Refusal>(["blocked", "bad", "message-gone", "not-own", "role-gone", "no-files"])(
    "%s drops the message alone",
    (reason) => {
      expect(judge(refused(reason))).toEqual({ kind: "drop", outcome: "dropped", reason });
    },
  );

  test("an outage is waited out with growing pauses of at most a minute, and pauses nothing", () => {
    const pauses = Array.from({ length: 60 }, (_, attempts) => {
      const found = judge({ kind: "away", cause }, { attempts });
      if (found.kind !== "wait") throw new Error(found.kind);
      expect(found.release.failures).toBeUndefined();
      return found.release.nextInMs ?? NaN;
    });
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(pauses[0]).toBe(1_000);
    expect(pauses.at(-1)).toBe(60_000);
  });

  test("a limit is obeyed, and is no try", () => {
    const found = judge({ kind: "limited", waitMs: 9_000, global: false, cause });
    if (found.kind !== "wait") throw new Error(found.kind);
    expect(found.tried).toBe("untried");
    expect(found.release.nextInMs).toBeGreaterThanOrEqual(9_000);
  });

  test("what may have arrived stays unknown", () => {
    expect(judge({ kind: "unclear", cause })).toMatchObject({ kind: "wait", tried: "unknown" });
  });

  test.each<Failed>([{ kind: "away", cause }, { kind: "unclear", cause }, refused("permission")])(
    "after a day of tries it is given up",
    (failed) => {
      expect(judge(failed, { attempts: 1, hours: 25 })).toMatchObject({ kind: "drop", outcome: "dead" });
      expect(judge(failed, { attempts: 1, hours: 23 })).toMatchObject({ kind: "wait" });
      // One that waited longer than that has had no chance yet.
      expect(judge(failed, { attempts: 0, hours: 25 })).toMatchObject({ kind: "wait" });
    },
  );
});
