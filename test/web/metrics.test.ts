import { describe, expect, test } from "vitest";
import { Metrics } from "../../src/web/metrics.js";
import { get } from "../accounts/place.js";
import { ManualClock } from "../manual-clock.js";
import { withWeb } from "./with-web.js";

const asker = { discordId: "100000000000000001", name: "Wren", locale: "en" };

describe("metrics", () => {
  test("tell of the process, of requests, of interactions, of linkings and of the store", async () => {
    let up = true;
    const whenUp = <T>(value: T) => (up ? Promise.resolve(value) : Promise.reject(new Error("away")));
    const metrics = new Metrics({
      countLinks: () => whenUp({ live: 2, dead: 1, unreadable: 0 }),
      pingStore: () => whenUp(undefined),
    });
    metrics.api.request?.({
      route: "lots",
      path: "/EU/auction/x1/lots",
      method: "GET",
      status: 200,
      duration: 120,
      cost: 2,
      attempt: 1,
      priority: "interactive",
      outcome: "ok",
    });
    metrics.api.cacheHit?.({ route: "lots", path: "/EU/auction/x1/lots" });
    metrics.api.circuit?.("open");
    metrics.interaction({ command: "clan list", outcome: "ok", duration: 400 });
    metrics.linking({ kind: "linked", locale: "en", asker, login: "marten" });
    metrics.delivered({ kind: "price", outcome: "sent", lagMs: 400 });
    metrics.delivered({ kind: "price", outcome: "again", lagMs: 90_000 });
    metrics.looked({ kind: "roster", ok: false, ms: 200 });
    metrics.watchQueue(() => whenUp({ waiting: 3, oldestMs: 1_500 }));
    metrics.history(() => whenUp({ waiting: 7, oldestMs: 2_500 })).snapshot("changed");
    await withWeb({ metrics }, async (address) => {
      const { status, text, headers } = await get(`${address}/metrics`);
      expect(status).toBe(200);
      expect(headers.get("content-type")).toContain("text/plain; version=0.0.4");
      for (const line of [
        `zonewire_api_request_duration_seconds_count{route="lots",outcome="ok"} 1`,
        `zonewire_api_points_total 2`,
        `zonewire_api_unsent_total{route="lots",reason="cached"} 1`,
        `zonewire_api_circuit 2`,
        `zonewire_interaction_duration_seconds_sum{command="clan list",outcome="ok"} 0.4`,
        `zonewire_linkings_total{outcome="linked"} 1`,
        `zonewire_links{state="live"} 2`,
        `zonewire_links{state="unreadable"} 0`,
        `zonewire_store_up 1`,
        `zonewire_alert_lag_seconds_sum{kind="price"} 0.4`,
        `zonewire_deliveries_total{kind="price",outcome="again"} 1`,
        `zonewire_look_duration_seconds_count{kind="roster",outcome="failed"} 1`,
        `zonewire_deliveries_waiting 3`,
        `zonewire_delivery_queue_age_seconds 1.5`,
        `zonewire_history_snapshots_total{outcome="changed"} 1`,
        `zonewire_history_waiting 7`,
        `zonewire_history_due_age_seconds 2.5`,
      ]) {
        expect(text.split("\n")).toContain(line);
      }
      expect(text).toContain("zonewire_process_resident_memory_bytes");
      expect(text).not.toMatch(/Wren|marten|100000000000000001/);

      up = false;
      const without = (await get(`${address}/metrics`)).text;
      expect(without.split("\n")).toContain("zonewire_store_up 0");
      expect(without).not.toContain("zonewire_links{");
      expect(without).not.toMatch(
        /^zonewire_(deliveries_waiting|delivery_queue_age_seconds|history_waiting|history_due_age_seconds) /m,
      );
    });
  });

  test("of two processes in one do not meet, and are not for everyone all the time", async () => {
    const clock = new ManualClock();
    const [one, two] = [new Metrics(), new Metrics()];
    one.interaction({ command: "help", outcome: "ok", duration: 1 });
    expect(await two.render()).not.toContain(`command="help"`);
    await withWeb({ metrics: one, clock }, async (address) => {
      for (let n = 0; n < 120; n++) expect((await get(`${address}/metrics`)).status).toBe(200);
      expect((await get(`${address}/metrics`)).status).toBe(429);
    });
  });
});
