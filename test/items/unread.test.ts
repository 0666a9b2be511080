import { describe, expect, test } from "vitest";
import { settled } from "../manual-clock.js";
import type { Reply } from "../../packages/stalcraft/test/scripted-server.js";
import { FileHost, itemsOf } from "./file-host.js";

const SECOND = 1_000;
const DAY = 86_400 * SECOND;
/** The pause that follows a first failure by itself. */
const OWN = 5 * SECOND;

const limited = (pause: string): Reply => ({ status: 429, headers: { "retry-after": pause } });
const html: Reply = { headers: { "content-type": "text/html" }, body: "<!doctype html><title>Sign in</title>" };

describe("a source that has no items", () => {
  test.each<[string, (now: number) => Reply, number]>([
    ["asks for a pause in seconds", () => limited("120"), 120 * SECOND],
    ["asks for a pause until a date", (now) => limited(new Date(now + 7_200 * SECOND).toUTCString()), 7_200 * SECOND],
    ["is down, and asks for a pause", () => ({ status: 503, headers: { "retry-after": "60" } }), 60 * SECOND],
    ["asks for a pause of a year", () => limited("31536000"), DAY],
    ["asks for a shorter pause than ours", () => limited("1"), OWN],
    ["names a date gone by", (now) => limited(new Date(now - DAY).toUTCString()), OWN],
    ["names no time at all", () => limited("soon"), OWN],
    ["does not have them", () => ({ status: 404 }), OWN],
    ["answers with a page", () => html, OWN],
  ])("and %s is asked again then, and not before", async (_what, reply, wait) => {
    const host = await FileHost.start();
    const { items, clock, failures } = itemsOf({ source: host.server.url });
    const answer = reply(clock.now());
    host.script = () => answer;
    await items.start();
    expect(host.take().length).toBeGreaterThan(0);
    expect([items.state("EU").count, items.state("RU").count]).toEqual([0, 0]);
    expect(failures.length).toBeGreaterThan(0);

    host.script = () => undefined;
    await clock.pass(wait - 1);
    await settled();
    expect(host.server.seen).toEqual([]);
    await clock.pass(1);
    await host.server.requests(10);
    await expect.poll(() => items.state("EU").count).toBe(2);
  });

  test("and asks for a pause is not asked for single files either, until then", async () => {
    const host = await FileHost.start();
    const { items, clock } = itemsOf({ source: host.server.url });
    await items.start();
    host.take();
    host.script = () => limited("90");
    expect(await items.file("0aaa", "EU")).toBeUndefined();
    expect(host.take()).toHaveLength(1);
    host.script = () => ({ status: 404 });
    await clock.pass(90 * SECOND - 1);
    expect(await items.file("0bbb", "EU")).toBeUndefined();
    expect(host.take()).toEqual([]);
    await clock.pass(1);
    await items.file("0bbb", "EU");
    // The other file's own rest is over as well.
    await clock.pass(60 * SECOND);
    await items.file("0bbb", "RU");
    expect(host.take()).not.toEqual([]);
  });
});
