import { describe, expect, it, vi } from "vitest";
import type { Clock } from "../../../../src/time.js";
import { HEARTBEAT_MS, MOST_OF_ONE, MOST_STREAMS } from "../../src/playground/index.js";
import { OpenStreams } from "../../src/playground/open-streams.js";
import { ManualClock } from "../../../../test/manual-clock.js";
import { openStage } from "./stage.js";

describe("the event stream", () => {
  it("begins with the history and tells what is written, edited and deleted", async () => {
    const { act, events, discord } = await openStage();
    await act("slash", { command: "price", options: { item: "a" } });
    const stream = await events();
    expect(stream.response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    expect(await stream.next()).toMatchObject({ kind: "history", messages: [{ content: "a en-US" }] });
    await act("slash", { command: "slow" });
    const [shown, edited] = [await stream.nextOf("created"), await stream.nextOf("updated")];
    expect(shown.message).toMatchObject({ loading: true, content: "" });
    expect(edited.message).toMatchObject({ loading: false, content: "done" });
    expect(discord.problems).toEqual([]);
  });

  it("shows an ephemeral message to its person only", async () => {
    const { act, events, get } = await openStage();
    const hers = await events("?person=vesper");
    const his = await events("?person=mira");
    await Promise.all([hers.next(), his.next()]);
    await act("slash", { command: "secret", person: "vesper" });
    await act("slash", { command: "price", options: { item: "a" }, person: "vesper" });
    expect(await hers.nextOf("created")).toMatchObject({ message: { content: "hush", ephemeral: true } });
    expect(await his.nextOf("created")).toMatchObject({ message: { content: "a en-US", ephemeral: false } });
    const seen = async (person: string) => (await get(`/api/messages?person=${person}`)).json();
    expect(await seen("vesper")).toHaveLength(2);
    expect(await seen("mira")).toHaveLength(1);
  });

  it("tells of channels that come and go, and of news elsewhere that the person sees", async () => {
    const { discord, events } = await openStage();
    const { world } = discord;
    const [, vesper, mira] = discord.users;
    const [general, trading, alerts] = discord.channels;
    const hers = await events("?person=vesper&channel=general");
    expect(await hers.next()).toMatchObject({ kind: "history" });
    const thread = world.addThread(trading!, "talk");
    const added = await hers.nextOf("place");
    expect(added.place.channels.map(({ name }) => name)).toContain("talk");
    world.setOverwrite(alerts!, vesper!, { deny: 1n << 10n });
    expect((await hers.nextOf("place")).place.channels.map(({ name }) => name)).not.toContain("alerts");
    for (const channel of [alerts!, general!, trading!]) discord.as(mira!, { channel }).say(`<@${vesper!.id}>`);
    discord.as(mira!, { channel: thread }).say("psst");
    expect(await hers.nextOf("created")).toMatchObject({ message: { pings: "you" } });
    expect(await hers.next()).toEqual({ kind: "elsewhere", channel: trading!.id, pings: true });
    expect(await hers.next()).toEqual({ kind: "elsewhere", channel: thread.id, pings: false });
    world.removeChannel(thread);
    expect((await hers.nextOf("place")).place.channels.map(({ name }) => name)).not.toContain("talk");
  });

  it("tells what somebody did, and what the bot asked of Discord for it, to that person only", async () => {
    const { act, events } = await openStage();
    const hers = await events("?person=vesper");
    const his = await events("?person=mira");
    const { interaction } = await act("slash", { command: "slow", person: "vesper" });
    expect(await hers.nextOf("began")).toMatchObject({ interaction, name: "slow", what: "command" });
    const steps = [await hers.nextOf("step"), await hers.nextOf("step")];
    expect(steps).toMatchObject([
      { interaction, to: "discord", request: "POST /interactions/:interaction/:token/callback", status: 204 },
      { interaction, to: "discord", outcome: "sent", status: 200 },
    ]);
    expect(steps[1]!.body).toContain('"content": "done"');
    await act("slash", { command: "secret", person: "mira" });
    expect(await his.nextOf("began")).toMatchObject({ name: "secret" });
  });

  it("tells a page that is loaded again what was asked before, to that person in that channel only", async () => {
    const { act, events } = await openStage();
    const { interaction } = await act("slash", { command: "price", options: { item: "a" }, person: "vesper" });
    const again = await events("?person=vesper");
    expect(await again.next()).toMatchObject({ kind: "history" });
    expect(await again.next()).toMatchObject({ kind: "began", interaction, name: "price" });
    expect(await again.nextOf("step")).toMatchObject({ interaction, to: "discord" });
    const his = await events("?person=mira");
    const elsewhere = await events("?person=vesper&channel=trading");
    await Promise.all([his.next(), elsewhere.next()]);
    await act("slash", { command: "secret", person: "mira" });
    await act("slash", { command: "secret", person: "vesper", channel: "trading" });
    expect(await his.nextOf("began")).toMatchObject({ name: "secret" });
    expect(await elsewhere.nextOf("began")).toMatchObject({ name: "secret" });
  });

  it("tells its person that the bot did not answer", async () => {
    const clock = new ManualClock();
    const { act, events, discord } = await openStage({ clock });
    const stream = await events();
    await stream.next();
    const sent = new Promise<void>((resolve) => {
      discord.subscribe((event) => {
        if (event.type === "interaction" && event.phase === "sent") resolve();
      });
    });
    const acted = act("slash", { command: "clan list" });
    await sent;
    clock.advance(3_000);
    expect(await stream.nextOf("failed")).toMatchObject({
      command: "clan list",
      reason: "The application did not respond",
    });
    expect((await acted).failure).toBe("The application did not respond");
  });

  it("beats while nothing happens", async () => {
    const clock = new ManualClock();
    const { events } = await openStage({ clock });
    const stream = await events();
    await stream.next();
    clock.advance(HEARTBEAT_MS);
    expect(await stream.chunk()).toMatch(/^:/);
    clock.advance(HEARTBEAT_MS);
    expect(await stream.chunk()).toMatch(/^:/);
  });

  it("ends its work when the reader goes away", async () => {
    const clock = new ManualClock();
    let stopped: () => void;
    const over = new Promise<void>((resolve) => (stopped = resolve));
    const watched: Clock = {
      now: () => clock.now(),
      setTimeout: (callback, ms) => clock.setTimeout(callback, ms),
      setBackgroundTimeout(callback, ms) {
        const cancel = clock.setBackgroundTimeout(callback, ms);
        return () => {
          cancel();
          if (ms === HEARTBEAT_MS) stopped();
        };
      },
    };
    const { events } = await openStage({ clock: watched });
    const stream = await events();
    await stream.next();
    stream.close();
    await expect(over).resolves.toBeUndefined();
  });
});

describe("too many event streams", () => {
  it("of one person are refused, and there is room again when one is closed", async () => {
    const { events, get, origin } = await openStage();
    await fetch(`${origin}/api/events`, { method: "HEAD" });
    const streams = await Promise.all(Array.from({ length: MOST_OF_ONE }, () => events()));
    expect(streams.map(({ response }) => response.status)).toEqual(streams.map(() => 200));
    const refused = await get("/api/events");
    expect(refused.status).toBe(429);
    expect(await refused.json()).toEqual({ error: "too many windows of the playground are open" });
    expect(await (await events("?person=mira")).next()).toMatchObject({ kind: "history" });
    streams[0]?.close();
    await vi.waitFor(async () => {
      expect((await events()).response.status).toBe(200);
    });
  });

  it("of all together are refused", () => {
    const streams = new OpenStreams();
    const closes = Array.from({ length: MOST_STREAMS }, (_, n) => streams.open(`reader ${n}`));
    expect(closes).not.toContain(undefined);
    expect(streams.open("one more")).toBeUndefined();
    closes[0]?.();
    closes[0]?.();
    expect(streams.open("one more")).toBeDefined();
    expect(streams.open("another")).toBeUndefined();
  });
});
