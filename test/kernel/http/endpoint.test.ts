import { METHODS, request } from "node:http";
import { InteractionResponseType as Answer } from "discord-api-types/v10";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Delivery } from "../../../src/kernel/delivery.js";
import { Endpoint, type Met } from "../../../src/kernel/http/endpoint.js";
import type { Interaction, UnreadableInteraction } from "../../../src/kernel/interaction.js";
import type { Responder } from "../../../src/kernel/responder.js";
import { createLog } from "../../../src/log.js";
import { Web } from "../../../src/web/server.js";
import { SigningKey } from "../../../packages/sandbox/src/discord/http/signing-key.js";
import { ManualClock } from "../../manual-clock.js";

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | string[] | undefined>>;
  /** In as many pieces; one goes with its length. */
  readonly pieces?: readonly Buffer[];
}
interface Got {
  readonly status: number | undefined;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

const discord = new SigningKey();
const clock = new ManualClock();
const JSON_TYPE = { "content-type": "application/json" };
let web: Web;
let endpoint: Endpoint;
let log: { level: number; msg: string; seconds?: number }[] = [];
let met: Met[] = [];
let taken: (Interaction | UnreadableInteraction)[] = [];
let answer: (responder: Responder) => Promise<unknown> = () => Promise.resolve();

function open(): Endpoint {
  const pino = createLog("debug", {
    terminal: false,
    destination: { write: (line: string) => void log.push(JSON.parse(line) as (typeof log)[number]) },
  });
  const delivery = new Delivery({ apiUrl: "http://127.0.0.1:9/api", clock, random: () => 0.5, log: pino });
  return new Endpoint({
    ...{ publicKey: discord.publicKey, delivery, clock, log: pino },
    onMet: (one) => met.push(one),
  });
}

beforeAll(async () => {
  endpoint = open();
  web = await Web.start({
    ...{ host: "127.0.0.1", port: 0, missing: () => [] },
    interactions: (incoming, response) => endpoint.take(incoming, response),
  });
});
afterAll(() => web.close());
beforeEach(() => {
  endpoint = open();
  endpoint.serve(async (interaction, responder) => {
    taken.push(interaction);
    await answer(responder);
  });
  answer = (responder) => responder.callback({ type: Answer.ChannelMessageWithSource, data: { content: "Да" } });
  [log, met, taken] = [[], [], []];
});

function send({ method = "POST", path = "/interactions", headers = {}, pieces = [] }: Sent): Promise<Got> {
  const { port } = new URL(web.address);
  return new Promise((resolve, reject) => {
    const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
    let answered = false;
    const sent = request({ host: "127.0.0.1", port, method, path, headers: given, agent: false }, (response) => {
      answered = true;
      let body = "";
      response.setEncoding("utf8").on("data", (part: string) => (body += part));
      response.on("end", () => {
        resolve({ status: response.statusCode, headers: response.headers, body });
      });
    });
    // Who is told early that it is too much finds the connection ended.
    sent.on("error", (error) => {
      if (!answered) reject(error);
    });
    if (pieces.length === 1) sent.end(pieces[0]);
    else {
      for (const piece of pieces) sent.write(piece);
      sent.end();
    }
  });
}

const signed = (text: string, extra: Sent["headers"] = JSON_TYPE, at = clock.now()): Sent => ({
  headers: { ...extra, ...discord.headers(text, at) },
  pieces: [Buffer.from(text)],
});
let count = 0n;
const interaction = (more: object = {}) =>
  JSON.stringify({
    ...{ id: String(1_400_000_000_000_000_000n + count++), application_id: "1", token: "t0ken", type: 2, locale: "ru" },
    ...{ user: { id: "7", username: "wren" }, data: { id: "1", name: "regions", type: 1 } },
    ...more,
  });
const PING = JSON.stringify({ id: "1", application_id: "1", type: 1, token: "t", version: 1 });

describe("the endpoint", () => {
  test("answers a PING, and an interaction in the response", async () => {
    const pong = await send(signed(PING));
    expect(pong).toMatchObject({ status: 200, body: '{"type":1}' });
    expect(pong.headers["content-type"]).toBe("application/json");
    const { status, headers, body } = await send(signed(interaction()));
    expect([status, JSON.parse(body)]).toEqual([200, { type: 4, data: { content: "Да" } }]);
    expect(headers).toMatchObject({ "content-type": "application/json", "cache-control": "no-store" });
    expect(met).toEqual(["ping", "interaction"]);
    expect(log).toEqual([]);
  });

  test.each(METHODS.filter((method) => !["POST", "CONNECT"].includes(method)))("is not for %s", async (method) => {
    const { status, headers } = await send({ method, headers: { connection: "close" } });
    expect([status, headers.allow]).toEqual([405, "POST"]);
  });

  test("is at one path", async () => {
    expect((await send({ ...signed(PING), path: "/interactions?from=discord" })).status).toBe(200);
    for (const path of ["/interactions/", "/Interactions", "/interactions/x", "/x/interactions"])
      expect((await send({ ...signed(PING), path })).status).toBe(404);
  });

  test("refuses false signatures with 401, every time, and nobody is told", async () => {
    for (let n = 0; n < 100; n++) {
      for (const headers of discord.falseHeaders(PING, clock.now())) {
        const { status, body } = await send({ headers: { ...JSON_TYPE, ...headers }, pieces: [Buffer.from(PING)] });
        expect([status, body]).toEqual([401, ""]);
      }
    }
    expect((await send(signed(PING))).status).toBe(200);
    expect(new Set(met)).toEqual(new Set(["false-signature", "ping"]));
    expect(log).toEqual([]);
  });

  test("refuses what has no signature with 401, before it reads the body", async () => {
    const { "x-signature-ed25519": signature, "x-signature-timestamp": timestamp } = discord.headers(PING, clock.now());
    for (const headers of [
      {},
      { "x-signature-ed25519": signature },
      { "x-signature-timestamp": timestamp },
      { "x-signature-ed25519": "none", "x-signature-timestamp": timestamp },
      { "x-signature-ed25519": [signature, signature], "x-signature-timestamp": timestamp },
    ])
      expect((await send({ headers: { ...JSON_TYPE, ...headers }, pieces: [Buffer.from(PING)] })).status).toBe(401);
    expect(new Set(met)).toEqual(new Set(["unsigned"]));
  });

  test("refuses old requests and those of the future, and says once an hour that a clock is wrong", async () => {
    for (const ms of [-301_000, 301_000, -86_400_000]) {
      const { status } = await send(signed(interaction(), JSON_TYPE, clock.now() + ms));
      expect(status).toBe(401);
    }
    expect(log).toMatchObject([{ level: 40, seconds: 301 }]);
    expect((await send(signed(interaction(), JSON_TYPE, clock.now() - 299_000))).status).toBe(200);
    clock.advance(3_600_000);
    await send(signed(interaction(), JSON_TYPE, clock.now() + 400_000));
    expect(log.map(({ seconds }) => seconds)).toEqual([301, -400]);
    expect(met).toEqual(["stale", "stale", "stale", "interaction", "stale"]);
  });

  test.each([
    ["application/json; charset=utf-8", 200],
    ["Application/JSON", 200],
    ["application/x-www-form-urlencoded", 415],
    ["text/plain", 415],
    ["", 415],
    [undefined, 415],
  ])("takes JSON alone: %s, %i", async (type, expected) => {
    expect((await send(signed(PING, { "content-type": type }))).status).toBe(expected);
  });

  test.each([
    "",
    "{",
    "[]",
    "null",
    '"1"',
    "{}",
    '{"type":2}',
    '{"type":2,"id":"1"}',
    '{"type":2,"id":"x","token":"t"}',
  ])("says 400 to what nobody can answer: %s", async (body) => {
    expect((await send(signed(body))).status).toBe(400);
    expect(met).toEqual(["unreadable"]);
    expect(log).toMatchObject([{ level: 40, msg: "an interaction that cannot be answered" }]);
  });

  test("hands over what can be answered, even where it cannot be read", async () => {
    expect((await send(signed(interaction({ type: 99 })))).status).toBe(200);
    expect((await send(signed(interaction({ user: undefined })))).status).toBe(200);
    expect(taken.map(({ kind }) => kind)).toEqual(["unreadable", "unreadable"]);
  });

  test("reads bodies up to a mebibyte, in one piece or many", async () => {
    const large = interaction({ message: { content: "Ж".repeat(500_000) } });
    const bytes = Buffer.from(large);
    // Letters are cut in two.
    const pieces = Array.from({ length: 20 }, (_, n) => bytes.subarray(n * 50_021, (n + 1) * 50_021));
    expect((await send({ ...signed(large), pieces })).status).toBe(200);
    const larger = interaction({ message: { content: "Ж".repeat(530_000) } });
    const whole = await send(signed(larger));
    expect(whole.status).toBe(413);
    const chunked = await send({ ...signed(larger), pieces: [Buffer.from(larger), Buffer.alloc(1)] });
    expect(chunked.status).toBe(413);
    expect(met).toEqual(["interaction", "too-large", "too-large"]);
  });

  test("hands one interaction over once, however often it comes", async () => {
    const body = interaction();
    let release: () => void = () => undefined;
    const waiting = new Promise<void>((resolve) => (release = resolve));
    answer = async (responder) => {
      await waiting;
      await responder.callback({ type: Answer.DeferredChannelMessageWithSource });
    };
    const first = send(signed(body));
    await expect.poll(() => taken.length).toBe(1);
    const second = await send(signed(body));
    expect([second.status, second.body]).toEqual([202, ""]);
    release();
    expect(await first).toMatchObject({ status: 200, body: '{"type":5}' });
    expect((await send(signed(body))).status).toBe(202);
    expect(taken).toHaveLength(1);
    expect(met).toEqual(["repeated", "interaction", "repeated"]);
  });

  test("says 503 where nobody answers: before the bot has started, and what came too late", async () => {
    endpoint = open();
    expect((await send(signed(PING))).status).toBe(200);
    expect((await send(signed(interaction()))).status).toBe(503);
    endpoint.serve(() => Promise.resolve());
    expect((await send(signed(interaction()))).status).toBe(503);
    expect(met).toEqual(["ping", "starting", "interaction"]);
  });
});

test("the server gives interactions their responses before it closes", async () => {
  const own = await Web.start({
    ...{ host: "127.0.0.1", port: 0, missing: () => [] },
    interactions: (incoming, response) => endpoint.take(incoming, response),
  });
  let release: () => void = () => undefined;
  const waiting = new Promise<void>((resolve) => (release = resolve));
  answer = async (responder) => {
    await waiting;
    await responder.callback({ type: Answer.DeferredChannelMessageWithSource });
  };
  const body = interaction();
  const headers = { ...JSON_TYPE, ...discord.headers(body, clock.now()) };
  const { address } = own;
  const asked = fetch(`${address}/interactions`, { method: "POST", headers, body });
  await expect.poll(() => taken.length).toBe(1);
  const closed = own.close();
  await expect(fetch(address)).rejects.toThrow();
  release();
  expect((await asked).status).toBe(200);
  await closed;
});
