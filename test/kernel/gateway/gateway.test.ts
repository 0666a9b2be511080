import { describe, expect, test } from "vitest";
import { RefusedError } from "../../../src/kernel/connect.js";
import type { Gateway } from "../../../src/kernel/gateway.js";
import { ManualClock } from "../../manual-clock.js";
import { isUp, startListener } from "./listener.js";

const CONNECTED = "gateway connected";
const LOST = "gateway lost, coming back";
const RESUMED = "gateway resumed";
const TROUBLE = "Discord's gateway cannot be used: still trying";
const GIVEN_UP = "the gateway session cannot be resumed: beginning a new one";

/** Between two heartbeats at the simulated Discord. */
const BEAT_MS = 41_250;

const event = (sequence: number | null, t: unknown, d: unknown) => ({ op: 0, t, s: sequence, d });
const ping = (id: string) => ({ id, token: "token", type: 2, data: { name: "ping" }, user: { id: "1" } });
const up = (gateway: Gateway, state = true) => expect.poll(() => isUp(gateway)).toBe(state);

describe("a Discord that is not there at the start", () => {
  test.each([503, 429, 200])("answers %s: one session when it is back, and one warning until then", async (status) => {
    const { discord, gateway, faults, tries, told, until } = await startListener();
    faults.refuseConnection = status;
    const connecting = gateway.connect();
    await until("six tries", () => tries.connections >= 6);
    expect(isUp(gateway)).toBe(false);
    expect(gateway.sessions()).toEqual(new Map([[0, false]]));
    discord.faults.clear();
    expect(await connecting).toEqual({ applicationId: discord.applicationId });
    expect(isUp(gateway)).toBe(true);
    expect(tries).toMatchObject({ identifies: 1, resumes: 0 });
    expect(told()).toEqual([TROUBLE, CONNECTED]);
    expect(discord.problems).toEqual([]);
  });

  test("refuses its address: connecting again works, with one session", async () => {
    const { discord, gateway, tries } = await startListener();
    discord.faults.rest.add({ route: "/gateway/bot", status: 500, times: Infinity });
    await expect(gateway.connect()).rejects.toThrow();
    await expect(gateway.connect()).rejects.toThrow();
    discord.faults.clear();
    await gateway.connect();
    expect(tries).toMatchObject({ connections: 1, identifies: 1 });
  });

  test("says HELLO late", async () => {
    const { discord, gateway, faults, tries, until } = await startListener();
    faults.withholdHello = true;
    const connecting = gateway.connect();
    await until("a connection", () => tries.connections === 1);
    discord.faults.gateway.hello();
    await connecting;
    discord.faults.gateway.hello();
    expect(tries).toEqual({ connections: 1, identifies: 1, resumes: 0 });
  });

  test.each([
    ["HELLO", { withholdHello: true }, { hello: 40 }],
    ["READY", { withholdReady: true }, { confirmation: 40 }],
  ] as const)("never says %s: it is tried again", async (_what, fault, timing) => {
    const { discord, gateway, faults, tries, told, until } = await startListener({ timing });
    Object.assign(faults, fault);
    const connecting = gateway.connect();
    await until("six tries", () => tries.connections >= 6);
    discord.faults.clear();
    await connecting;
    expect(told()).toEqual([TROUBLE, CONNECTED]);
  });

  test("is left within two seconds, whatever it does not say", async () => {
    const clock = new ManualClock();
    const { gateway, faults, tries, until } = await startListener({ clock });
    faults.withholdHello = true;
    const connecting = expect(gateway.connect()).rejects.toThrow("leaves");
    await until("a connection", () => tries.connections === 1);
    const closing = gateway.close();
    clock.advance(2_000);
    await closing;
    await connecting;
    clock.advance(3_600_000);
    expect(tries.connections).toBe(1);
  });
});

describe("a session that is lost", () => {
  test("by a gateway that answers 503 for a while is there again, with one line for each state", async () => {
    const { discord, gateway, faults, tries, told, until } = await startListener();
    await gateway.connect();
    faults.refuseConnection = 503;
    discord.faults.gateway.drop();
    await up(gateway, false);
    await until("many tries", () => tries.connections >= 12);
    faults.refuseConnection = undefined;
    await up(gateway);
    expect(told()).toEqual([CONNECTED, LOST, GIVEN_UP, TROUBLE, CONNECTED]);
    expect(tries.identifies).toBe(2);
  });

  test.each([4000, 4001, 4002, 4005, 4008, 1000, 1001, 1011, 4999])("with %s is resumed", async (code) => {
    const { gateway, faults, tries, told, discord } = await startListener();
    await gateway.connect();
    faults.closeWith = code;
    discord.faults.gateway.drop();
    await discord.until("a RESUME", () => tries.resumes === 1);
    faults.closeWith = undefined;
    await up(gateway);
    expect(tries.identifies).toBe(1);
    expect(told()).toEqual([CONNECTED, LOST, RESUMED]);
  });

  test.each([4003, 4007, 4009])("with %s is started again", async (code) => {
    const { gateway, faults, tries, told, discord } = await startListener();
    await gateway.connect();
    faults.closeWith = code;
    discord.faults.gateway.drop();
    await discord.until("a RESUME", () => tries.resumes === 1);
    faults.closeWith = undefined;
    await up(gateway);
    expect(tries).toMatchObject({ identifies: 2, resumes: 1 });
    expect(told()).toEqual([CONNECTED, LOST, CONNECTED]);
  });

  test("again and again by Discord's word: one warning until it stays", async () => {
    const { gateway, faults, tries, told, discord } = await startListener();
    await gateway.connect();
    faults.invalidate = true;
    discord.faults.gateway.drop();
    await discord.until("eight sessions that were refused", () => tries.identifies >= 9);
    expect(isUp(gateway)).toBe(false);
    faults.invalidate = false;
    await up(gateway);
    expect(told()).toEqual([CONNECTED, LOST, TROUBLE, CONNECTED]);
  });

  test.each(["ws://127.0.0.1:9", "no address", "", "ftp://127.0.0.1"])(
    "cannot be resumed at %j: after a few tries it is begun anew",
    async (address) => {
      const { gateway, faults, tries, told, discord } = await startListener();
      faults.resumeUrl = address;
      await gateway.connect();
      discord.faults.gateway.drop();
      await discord.until("another session", () => tries.identifies === 2);
      await up(gateway);
      expect(tries).toEqual({ connections: 2, identifies: 2, resumes: 0 });
      expect(told()).toEqual([CONNECTED, LOST, GIVEN_UP, CONNECTED]);
    },
  );

  test("and never confirmed when resumed is started again", async () => {
    const { gateway, faults, tries, discord } = await startListener({ timing: { confirmation: 40 } });
    await gateway.connect();
    // A busy machine may take longer than that for the first one, too.
    const { identifies, resumes } = tries;
    faults.withholdReady = true;
    discord.faults.gateway.drop();
    await discord.until("another session", () => tries.identifies > identifies);
    expect(tries.resumes).toBe(resumes + 3);
    discord.faults.clear();
    await up(gateway);
  });

  test("because Discord no longer answers heartbeats", async () => {
    const clock = new ManualClock();
    const { gateway, faults, tries, told, discord } = await startListener({ clock });
    await gateway.connect();
    expect(gateway.latency()).toBeUndefined();
    clock.advance(BEAT_MS);
    await expect.poll(() => gateway.latency()).toBeLessThanOrEqual(BEAT_MS);
    faults.ignoreHeartbeats = true;
    clock.advance(BEAT_MS);
    expect(isUp(gateway)).toBe(true);
    clock.advance(BEAT_MS);
    await discord.until("a RESUME", () => tries.resumes === 1);
    await up(gateway);
    expect(told()).toEqual([CONNECTED, LOST, RESUMED]);
  });

  test("is not started again while Discord allows no more, which is said once", async () => {
    const { gateway, tries, told, log, discord } = await startListener({ simulator: { sessionLimit: 1 } });
    await gateway.connect();
    discord.faults.gateway.invalidateSessions({ resumable: false });
    await expect.poll(() => told().at(-1)).toContain("allows no more sessions");
    const asked = () => discord.requests.filter(({ route }) => route === "/gateway/bot").length;
    const before = asked();
    await discord.until("Discord to be asked again", () => asked() > before + 2);
    expect(told()).toHaveLength(3);
    expect(log.filter(({ level }) => level >= 40)).toHaveLength(1);
    expect(tries.identifies).toBe(1);
  });
});

describe("what Discord sends", () => {
  test("again after a RESUME is handed over once", async () => {
    const { gateway, faults, received, tries, discord } = await startListener();
    await gateway.connect();
    const ids = ["1000000000000000001", "1000000000000000002", "1000000000000000003"];
    for (const id of ids) discord.faults.gateway.dispatch("INTERACTION_CREATE", ping(id));
    await expect.poll(() => received).toEqual(ids);
    faults.replayAll = true;
    discord.faults.gateway.drop();
    await discord.until("a RESUME", () => tries.resumes === 1);
    await up(gateway);
    discord.faults.gateway.dispatch("INTERACTION_CREATE", ping("1000000000000000004"));
    await expect.poll(() => received).toEqual([...ids, "1000000000000000004"]);
  });

  const odd: [string, object | string | Buffer][] = [
    ["no JSON", "{"],
    ["nothing", ""],
    ["null", "null"],
    ["a number", "5"],
    ["a list", "[]"],
    ["a text", '"op"'],
    ["bytes", Buffer.from([0, 1, 2, 255])],
    ["no opcode", {}],
    ["an opcode that is a text", { op: "0", t: "INTERACTION_CREATE", d: {} }],
    ["an opcode of null", { op: null }],
    ["an opcode of half", { op: 0.5 }],
    ["an opcode of tomorrow", { op: 99, d: { any: "thing" } }],
    ["a negative opcode", { op: -1 }],
    ["an opcode that only clients send", { op: 2, d: {} }],
    ["a second HELLO", { op: 10, d: { heartbeat_interval: 1 } }],
    ["HELLO without an interval", { op: 10, d: {} }],
    ["HELLO of null", { op: 10, d: null }],
    ["an acknowledgement of nothing", { op: 11 }],
    ["an acknowledgement with something", { op: 11, d: { a: 1 } }],
    ["an event without a name", { op: 0, d: {}, s: 9 }],
    ["an event named null", event(10, null, {})],
    ["an event named by a number", event(11, 7, {})],
    ["an event of tomorrow", event(12, "TELEPATHY_CREATE", { a: [1] })],
    ["an event named like a property of objects", event(13, "__proto__", {})],
    ["an event without a sequence", event(null, "GUILD_CREATE", null)],
    ["a sequence that is a text", { op: 0, t: "TYPING_START", s: "14", d: {} }],
    ["a server of null", event(15, "GUILD_CREATE", null)],
    ["a server without an id", event(16, "GUILD_CREATE", {})],
    ["a server whose id is a number", event(17, "GUILD_DELETE", { id: 5 })],
    ["a server that is a text", event(18, "GUILD_DELETE", "5")],
    ["a server whose availability is a text", event(19, "GUILD_DELETE", { id: "5", unavailable: "yes" })],
    ["an interaction of null", event(20, "INTERACTION_CREATE", null)],
    ["an interaction without anything", event(21, "INTERACTION_CREATE", {})],
    ["an interaction without a token", event(22, "INTERACTION_CREATE", { ...ping("5"), token: null })],
    ["an interaction whose id is a number", event(23, "INTERACTION_CREATE", { ...ping("5"), id: 5 })],
    ["an interaction whose id is no number", event(24, "INTERACTION_CREATE", ping("five"))],
    ["an interaction that is a list", event(25, "INTERACTION_CREATE", [])],
    ["RESUMED out of nowhere", event(26, "RESUMED", null)],
    ["READY of null", event(27, "READY", null)],
    ["READY without a session", event(28, "READY", { guilds: null, application: null })],
    ["READY with servers that are none", event(29, "READY", { session_id: "a", guilds: [null, { id: 5 }] })],
    ["a call for a heartbeat", { op: 1, d: null }],
  ];

  test("may be odd in 42 ways: nothing stops, and what is sense is still heard", async () => {
    const left: string[] = [];
    const present: number[] = [];
    const servers = {
      joined: () => Promise.resolve(),
      left: (id: string) => Promise.resolve(void left.push(id)),
      present: (ids: ReadonlySet<string>) => Promise.resolve(void present.push(ids.size)),
    };
    const { discord, gateway, received, tries } = await startListener({ servers });
    await gateway.connect();
    for (const [index, [what, frame]] of odd.entries()) {
      discord.faults.gateway.say(frame);
      const id = String(2_000_000_000_000_000_000n + BigInt(index));
      discord.faults.gateway.say(event(1_000 + index, "INTERACTION_CREATE", ping(id)));
      await expect.poll(() => received, { message: what }).toContain(id);
    }
    expect(isUp(gateway)).toBe(true);
    expect(tries).toMatchObject({ connections: 1, identifies: 1 });
    // No list of servers that cannot be read counts as an empty one: all would be forgotten.
    expect(present).toEqual([1]);
    expect(left).toEqual(["5"]);
  });

  test.each([
    ["an invalid session of null", { op: 9, d: null }],
    ["an invalid session of nothing", { op: 9 }],
    ["an invalid session that can be resumed", { op: 9, d: true }],
    ["a request to reconnect with something", { op: 7, d: { a: 1 } }],
  ])("comes back after %s", async (_what, frame) => {
    const { discord, gateway, tries } = await startListener();
    await gateway.connect();
    discord.faults.gateway.say(frame);
    await discord.until("another connection", () => tries.identifies + tries.resumes === 2);
    await up(gateway);
    expect(tries.identifies + tries.resumes).toBe(2);
  });

  test.each([
    ["a session without an id", { session_id: null }],
    ["no address to resume at", { resume_gateway_url: null }],
    ["no application", { application: null }],
    ["hardly anything", { session_id: undefined, application: undefined, user: null, guilds: 3, shard: "x", v: null }],
  ])("READY may have %s", async (_what, change) => {
    const { discord, gateway } = await startListener();
    const ready = { v: 10, session_id: "a", guilds: [], application: { id: discord.applicationId }, ...change };
    discord.faults.gateway.faults.withholdReady = true;
    const connecting = gateway.connect();
    await discord.until("IDENTIFY", () => discord.faults.gateway.tries.identifies === 1);
    discord.faults.gateway.say(event(1, "READY", ready));
    expect(await connecting).toEqual({ applicationId: discord.applicationId });
    expect(isUp(gateway)).toBe(true);
  });
});

describe("a Discord that refuses the bot for good", () => {
  const codes: [number, RegExp][] = [
    [4004, /DISCORD_TOKEN/],
    [4010, /number of the shard/],
    [4011, /more shards/],
    [4012, /version of its gateway.*newer Zonewire/],
    [4013, /does not know the requested intents/],
    [4014, /does not allow.*intents.*Developer Portal/],
  ];

  test.each(codes)("with %s at the start ends it, with a line of its own", async (code, line) => {
    const { gateway, faults, refusals, tries } = await startListener();
    faults.closeWith = code;
    const refused = await gateway.connect().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(RefusedError);
    expect(String(refused)).toMatch(line);
    expect(String(refused)).toContain(String(code));
    expect(refusals).toEqual([]);
    expect(tries.connections).toBe(1);
  });

  test.each(codes)("with %s while it runs, tells it once", async (code, line) => {
    const { gateway, faults, refusals, tries, discord } = await startListener();
    await gateway.connect();
    faults.closeWith = code;
    discord.faults.gateway.drop();
    await expect.poll(() => refusals).toEqual([expect.stringMatching(line)]);
    expect(isUp(gateway)).toBe(false);
    expect(tries).toMatchObject({ connections: 2 });
  });

  test("no longer knows the token when a new session is to be begun", async () => {
    const { gateway, refusals, discord } = await startListener();
    await gateway.connect();
    discord.faults.rest.add({ route: "/gateway/bot", status: 401, times: Infinity });
    discord.faults.gateway.invalidateSessions({ resumable: false });
    await expect.poll(() => refusals).toEqual([expect.stringMatching(/DISCORD_TOKEN/)]);
  });

  test("the lines differ", async () => {
    const { verdictOn } = await import("../../../src/kernel/gateway/close-codes.js");
    expect(new Set(codes.map(([code]) => JSON.stringify(verdictOn(code)))).size).toBe(codes.length);
  });
});
