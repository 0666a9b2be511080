import { describe, expect, test } from "vitest";
import { engines, workbench } from "../engines.js";
import { claimOf, result } from "./requests.js";

describe.each(engines)("on $name", (engine) => {
  const bench = workbench(engine);

  test("a panel comes when there may be something new to show, and again when that happens while it is edited", async () => {
    const { panels, looks } = bench.store().watching("production");
    await panels.add({ channelId: "5", region: "EU", guildId: "9", ownerId: "1", locale: "en" });
    // Before anybody has looked, there is nothing to show.
    expect(await panels.claim("early", 60_000, 10)).toEqual([]);
    const { subjects } = await looks.claim(claimOf("w", "emission"));
    expect(subjects[0]).toMatchObject({ shown: true, watches: [] });
    await looks.commit([{ ...result(subjects[0]!, { panelsDirty: true }), nextInMs: 0 }]);
    const [first] = await panels.claim("a", 60_000, 10);
    expect(first).toMatchObject({ channelId: "5", region: "EU", messageId: null, shownHash: null });
    expect(await panels.claim("b", 60_000, 10)).toEqual([]);
    await looks.claim(claimOf("x", "emission"));
    const seen = {
      state: 1,
      events: [],
      memories: [],
      pauses: [],
      panelsDirty: true,
      observed: [],
      log: [],
      points: 1,
    };
    await looks.commit([{ kind: "emission", subject: "EU", lease: "x", nextInMs: 1_000, periodMs: 1_000, seen }]);
    const key = { channelId: "5", region: "EU" };
    await panels.note("a", [{ ...key, shownVersion: first!.version, messageId: "77", shownHash: "h" }]);
    const [second] = await panels.claim("c", 60_000, 10);
    expect(second).toMatchObject({ messageId: "77", shownHash: "h" });
    await panels.note("late", [{ ...key, shownVersion: 99 }]);
    await panels.note("c", [{ ...key, shownVersion: second!.version, nextInMs: 60_000 }]);
    expect(await panels.claim("d", 60_000, 10)).toEqual([]);
    const [listed] = await panels.list("9");
    expect(listed).toMatchObject({ state: "ok", reason: null, shownAt: expect.any(Date) as Date });

    // One that is paused is shown again when somebody resumes it, also where nothing has changed.
    await panels.resume(key, "9");
    await panels.claim("e", 60_000, 10);
    await panels.note("e", [{ ...key, pausedFor: "permission.send-messages" }]);
    expect(await panels.list("9")).toMatchObject([{ state: "paused", reason: "permission.send-messages" }]);
    expect(await panels.resume(key, "8")).toBe(false);
    expect(await panels.claim("f", 60_000, 10)).toEqual([]);
    expect(await panels.resume(key, "9")).toBe(true);
    expect(await panels.claim("g", 60_000, 10)).toMatchObject([{ messageId: "77", shownHash: null }]);
    expect(await panels.list("9")).toMatchObject([{ state: "ok", reason: null, shownAt: listed?.shownAt }]);
    expect(await panels.remove(key, "8")).toBeUndefined();
    expect(await panels.remove(key, "9")).toBe("77");
    expect(await panels.list("9")).toEqual([]);
  });
});
