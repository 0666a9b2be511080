import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import {
  API,
  ConnectionError,
  InvalidRequestError,
  InvalidResponseError,
  MissingTokenError,
  NotFoundError,
  RateLimitError,
  ServerError,
  StalcraftError,
  TimeoutError,
  Token,
  TokenType,
  UnauthorizedError,
} from "../src/index.js";
import { clan, emission, lot, profile } from "./bodies.js";
import { client } from "./client.js";
import { ManualClock } from "../../../test/manual-clock.js";
import { type Reply, ScriptedServer } from "./scripted-server.js";

const html = { headers: { "content-type": "text/html" }, body: "<!DOCTYPE html><title>502 Bad Gateway</title>" };
const apiError = (status: number, title: string): Reply => ({ status, body: { title, status, details: {} } });

/** What a call to a server that always answers `reply` fails with. */
async function failure(reply: Reply, call: (api: API) => Promise<unknown> = (api) => api.emissions("EU").getInfo()) {
  const server = await ScriptedServer.start(() => reply);
  return await call(client(server, { attempts: 1 })).then(
    () => expect.unreachable("the call succeeded"),
    (error: unknown) => error,
  );
}

describe("each failure has its own class", () => {
  const kinds: [string, Reply, new (...args: never[]) => StalcraftError, object][] = [
    ["a wrong token", apiError(401, "Unauthorized"), UnauthorizedError, { status: 401, title: "Unauthorized" }],
    ["a forbidden thing", { status: 403, body: "" }, UnauthorizedError, { status: 403, title: undefined }],
    ["an unknown item", apiError(400, "Invalid item id"), InvalidRequestError, { status: 400, isUnknownItem: true }],
    ["a bad parameter", apiError(400, "Unknown sort"), InvalidRequestError, { isUnknownItem: false }],
    ["another 4xx", { status: 418 }, InvalidRequestError, { status: 418 }],
    ["an unknown character", apiError(404, "Not found"), NotFoundError, { status: 404, reason: "missing" }],
    ["no points left", apiError(429, "Rate limit exceeded"), RateLimitError, { status: 429 }],
    ["a server error", apiError(500, "Oops"), ServerError, { status: 500, title: "Oops", circuitOpen: false }],
    ["an HTML page on a 5xx", { status: 502, ...html }, ServerError, { status: 502, title: undefined }],
    ["an HTML page on a 200", html, InvalidResponseError, { status: 200, problem: "not JSON" }],
    ["cut JSON", { body: '{"previousStart":"2026-01' }, InvalidResponseError, { problem: "not JSON" }],
    ["JSON of another shape", { body: [] }, InvalidResponseError, { status: 200 }],
    ["a wrong time", { body: { previousEnd: "soon" } }, InvalidResponseError, { path: "/EU/emission" }],
    ["an empty answer", { body: "" }, InvalidResponseError, { problem: "empty" }],
    ["a redirect", { status: 302, headers: { location: "/" } }, InvalidResponseError, { status: 302 }],
    ["a foreign encoding", { headers: { "content-encoding": "br" }, body: "x" }, InvalidResponseError, {}],
    ["broken gzip", { headers: { "content-encoding": "gzip" }, body: "x" }, InvalidResponseError, {}],
    ["a reset connection", "reset", ConnectionError, { status: undefined }],
    ["an answer cut off", { body: emission, cutAfter: 10 }, ConnectionError, {}],
  ];
  it.each(kinds)("%s", async (_name, reply, kind, facts) => {
    const error = await failure(reply);
    expect(error).toBeInstanceOf(kind);
    expect(error).toBeInstanceOf(StalcraftError);
    expect(error).toMatchObject({ name: kind.name, method: "GET", path: "/EU/emission", ...facts });
  });

  it("a refused connection", async () => {
    const server = await ScriptedServer.start(() => "hang");
    const { url } = server;
    server.stop();
    const call = client({ url }, { attempts: 1 }).emissions("EU").getInfo();
    await expect(call).rejects.toMatchObject({ name: "ConnectionError", code: "ECONNREFUSED" });
  });

  it("a hang", async () => {
    const clock = new ManualClock();
    const server = await ScriptedServer.start(() => "hang");
    const call = client(server, { clock, attempts: 1 }).emissions("EU").getInfo();
    const outcome = expect(call).rejects.toBeInstanceOf(TimeoutError);
    await server.requests(1);
    await clock.pass(3_000);
    await outcome;
  });

  it("a hidden profile is not found, and says why", async () => {
    const error = await failure({ headers: { "content-type": "text/plain" } }, (api) =>
      api.characters("EU").getProfile("Too_Pivo"),
    );
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({ reason: "hidden", status: 200, path: "/EU/character/by-name/Too_Pivo/profile" });
    expect(String(error)).toContain("profile is hidden");
  });

  it("a listing of which nothing can be read is wrong as a whole, and its first entry is named", async () => {
    const { buyoutPrice: _price, ...broken } = lot;
    const error = await failure({ body: { total: 12, lots: Array(12).fill(broken) } }, (api) =>
      api.auction("EU").getItemLots("x"),
    );
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(String(error)).toContain("lots.0.buyoutPrice");
  });

  it("a part of an object that has another shape is named by its place", async () => {
    const broken = { ...profile, clan: { info: { ...clan, level: "two" }, member: profile.clan.member } };
    const error = await failure({ body: broken }, (api) => api.characters("EU").getProfile("x"));
    expect(error).toMatchObject({ name: "InvalidResponseError", path: "/EU/character/by-name/x/profile" });
    expect(String(error)).toContain("clan.info.level");
  });
});

describe("secrets", () => {
  const secret = "s3cr3t-t0ken-value";

  it("do not show in a token", () => {
    const token = new Token(secret, TokenType.USER);
    const api = new API({ tokens: token, credentials: { clientId: "1", clientSecret: secret } });
    expect(String(token) + String([token])).not.toContain(secret);
    for (const thing of [token, [token], api]) {
      const shown = [JSON.stringify(thing), inspect(thing, { depth: 10, showHidden: true, getters: false })];
      expect(shown.join("\n")).not.toContain(secret);
    }
    expect(token.value).toBe(secret);
  });

  it("do not show in any error nor in what an observer hears, even when the server echoes them", async () => {
    const bodies: Reply[] = [
      ...[400, 401, 403, 404, 418, 429, 500, 503].map((status) => apiError(status, `Bearer ${secret} is no good`)),
      { body: `Bearer ${secret}` },
      { body: { previousStart: secret, [secret]: secret } },
      { body: "" },
      { status: 302, headers: { location: `/?token=${secret}` } },
      { headers: { "content-encoding": secret }, body: "x" },
      "reset",
      { body: emission, cutAfter: 5 },
      "hang",
    ];
    const heard: unknown[] = [];
    const hear = (event: unknown): void => void heard.push(event);
    const observer = { request: hear, refused: hear, circuit: hear, joined: hear, cacheHit: hear };
    const errors: unknown[] = [];
    const keep = (error: unknown): void => void errors.push(error);
    for (const reply of bodies) {
      const server = await ScriptedServer.start(() => reply);
      for (const options of [
        { tokens: new Token(secret, TokenType.APPLICATION) },
        { tokens: [], credentials: { clientId: "1", clientSecret: secret } },
      ]) {
        const clock = new ManualClock();
        const api = client(server, { ...options, observer, attempts: 1, clock });
        const before = server.seen.length;
        const call = api.emissions("EU").getInfo().catch(keep);
        await server.requests(before + 1);
        if (reply === "hang") await clock.pass(3_000);
        await call;
      }
    }
    const spent = await ScriptedServer.start(() => apiError(429, secret));
    const api = client(spent, { tokens: new Token(secret, TokenType.APPLICATION), observer });
    await api.emissions("EU").getInfo({ timeout: 1_000 }).catch(keep);
    await api.emissions("EU").getInfo({ timeout: 1_000 }).catch(keep);
    await api.clans("EU").getMembers("x").catch(keep);
    const down = await ScriptedServer.start(() => "reset");
    const failing = client(down, { tokens: new Token(secret, TokenType.APPLICATION), observer, attempts: 1 });
    for (let call = 0; call < 6; call += 1) await failing.emissions("EU").getInfo().catch(keep);
    const closed = client(down, { tokens: new Token(secret, TokenType.APPLICATION) });
    await closed.close();
    await closed.emissions("EU").getInfo().catch(keep);
    try {
      closed.emissions(`${secret}/`);
    } catch (error) {
      keep(error);
    }

    const classes = new Set(errors.map((error) => (error instanceof Error ? error.constructor : undefined)));
    expect(classes).toEqual(
      new Set([
        ConnectionError,
        InvalidRequestError,
        InvalidResponseError,
        MissingTokenError,
        NotFoundError,
        RateLimitError,
        ServerError,
        TimeoutError,
        UnauthorizedError,
      ]),
    );
    expect(errors.some((error) => error instanceof ServerError && error.circuitOpen)).toBe(true);
    for (const error of errors) {
      if (!(error instanceof StalcraftError)) return expect.unreachable("every error is a StalcraftError");
      const shown = [error.message, error.stack, String(error), inspect(error, { depth: 10, showHidden: true })];
      shown.push(JSON.stringify(error), inspect(error.cause, { depth: 10, showHidden: true }));
      expect(shown.join("\n")).not.toContain(secret);
    }
    expect(heard.length).toBeGreaterThan(30);
    expect(inspect(heard, { depth: 10, maxArrayLength: null })).not.toContain(secret);
  });
});
