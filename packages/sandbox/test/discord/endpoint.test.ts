import { createPublicKey, verify } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ApplicationCommandOptionType } from "discord.js";
import { expect, onTestFinished, test } from "vitest";
import { ManualClock } from "../../../../test/manual-clock.js";
import type { DiscordSimulatorOptions } from "../../src/discord/index.js";
import { call, register, startDiscord } from "./bot.js";

interface Request {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly json: { readonly type: number; readonly id: string; readonly token: string };
}
interface Given {
  readonly status: number;
  readonly type?: string;
  readonly body?: string | Buffer;
}
type Bot = (request: Request, response: ServerResponse) => Given | Promise<Given>;

const json = (value: unknown): Given => ({ status: 200, type: "application/json", body: JSON.stringify(value) });
const says = (content: string) => json({ type: 4, data: { content } });

/** A bot that is nothing but a handler. */
async function serve(bot: Bot): Promise<string> {
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (part: string) => (body += part));
    request.on("end", () => {
      void (async () => {
        const given = await bot(
          { headers: request.headers, body, json: JSON.parse(body) as Request["json"] },
          response,
        );
        response
          .writeHead(given.status, given.type === undefined ? {} : { "content-type": given.type })
          .end(given.body);
      })();
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/interactions`;
}

function isSigned(publicKey: string, { headers, body }: Request): boolean {
  const x = Buffer.from(publicKey, "hex").toString("base64url");
  const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  const signature = Buffer.from(String(headers["x-signature-ed25519"]), "hex");
  return verify(null, Buffer.from(String(headers["x-signature-timestamp"]) + body), key, signature);
}

/** A Discord whose interactions go to a bot that checks signatures and then does `answer`. */
async function scene(answer: Bot, options: DiscordSimulatorOptions = {}) {
  const discord = await startDiscord(options);
  const item = {
    type: ApplicationCommandOptionType.String as const,
    name: "item",
    description: "Item",
    autocomplete: true,
  };
  await register(discord, [{ name: "ping", description: "Answers", options: [item] }]);
  const taken: Request[] = [];
  const url = await serve((request, response) => {
    if (!isSigned(discord.endpoint.publicKey, request)) return { status: 401 };
    if (request.json.type === 1) return json({ type: 1 });
    taken.push(request);
    return answer(request, response);
  });
  await discord.endpoint.set(url);
  return { discord, url, taken, actor: discord.as(discord.users[1]!) };
}

test("people use a bot over HTTP as they use any other", async () => {
  const { discord, url, taken, actor } = await scene(({ json: { type } }) =>
    type === 4 ? json({ type: 8, data: { choices: [{ name: "Rifle", value: "r" }] } }) : says("pong"),
  );
  expect(await actor.slash("ping")).toMatchObject({ answers: 1, acknowledgement: { kind: "reply" } });
  expect(await actor.autocomplete("ping", "item", "ri")).toEqual([{ name: "Rifle", value: "r" }]);
  expect(taken[0]?.headers).toMatchObject({ "content-type": "application/json" });
  expect(taken[0]?.json).toMatchObject({ type: 2, data: { name: "ping" }, application_id: discord.applicationId });
  expect(discord.endpoint.counts).toMatchObject({ interactions: 2, inResponse: 2, refused: 0, lost: 0 });
  const { json: page } = await call(discord, "GET", "/applications/@me");
  expect(page).toMatchObject({ verify_key: discord.endpoint.publicKey, interactions_endpoint_url: url });
  expect(discord.problems).toEqual([]);
});

test("files come in the response, or by a callback with an empty 202", async () => {
  const type = "multipart/form-data; boundary=b";
  const body = [
    '--b\r\ncontent-disposition: form-data; name="payload_json"\r\n',
    JSON.stringify({ type: 4, data: { content: "look" } }),
    '--b\r\ncontent-disposition: form-data; name="files[0]"; filename="chart.png"\r\ncontent-type: image/png\r\n',
    "a picture",
    "--b--\r\n",
  ].join("\r\n");
  let byCallback = false;
  const { discord, actor } = await scene(async ({ json: { id, token } }) => {
    if (!byCallback) return { status: 200, type, body };
    await fetch(`${discord.restUrl}/v10/interactions/${id}/${token}/callback`, {
      method: "POST",
      headers: { "content-type": type },
      body,
    });
    return { status: 202 };
  });
  for (byCallback of [false, true]) {
    const { message } = await actor.slash("ping");
    expect(message?.files.map(({ filename, size }) => [filename, size])).toEqual([["chart.png", 9]]);
  }
  await discord.until("the response", () => discord.endpoint.counts.byCallback === 1);
  expect(discord.endpoint.counts).toMatchObject({ inResponse: 1, byCallback: 1 });
});

test.each<[string, Given, RegExp]>([
  ["a field that is too long", says("x".repeat(2_001)), /50035 .*content/],
  ["a type that does not fit", json({ type: 8, data: { choices: [] } }), /50035 .*type/],
  ["no JSON", { status: 200, type: "application/json", body: "pong" }, /50109/],
  ["another content type", { ...says("pong"), type: "text/html" }, /50035/],
  ["a failure", { status: 500, body: "oh no" }, /500 -> oh no/],
])("a response with %s is a problem, and the person waits in vain", async (_what, given, problem) => {
  const clock = new ManualClock();
  const { discord, actor } = await scene(() => given, { clock });
  const asked = actor.slash("ping");
  await discord.until("the problem", () => discord.problems.length > 0);
  clock.advance(3_000);
  expect(await asked).toMatchObject({ answers: 0, failure: "The application did not respond" });
  expect(discord.problems).toEqual([expect.stringMatching(problem)]);
  expect(discord.endpoint.counts.refused).toBe(1);
});

test("after three seconds Discord ends the connection", async () => {
  const clock = new ManualClock();
  let hungUp: Promise<unknown> | undefined;
  const { discord, actor } = await scene(
    async (_request, response) => {
      hungUp = once(response, "close");
      clock.advance(3_000);
      await hungUp;
      return says("late");
    },
    { clock },
  );
  expect(await actor.slash("ping")).toMatchObject({ answers: 0, failure: "The application did not respond" });
  await hungUp;
  await discord.until("the loss", () => discord.endpoint.counts.lost === 1);
});

test.each<[string, (signed: boolean) => Given]>([
  ["does not know PINGs", () => ({ status: 404 })],
  ["does not say that it is JSON", () => ({ status: 200, type: "text/plain", body: '{"type":1}' })],
  ["answers something else", () => says("pong")],
  ["takes false signatures", () => json({ type: 1 })],
  ["limits who sends false signatures", (signed) => (signed ? json({ type: 1 }) : { status: 429 })],
])("an endpoint is not taken that %s", async (_what, answer) => {
  const discord = await startDiscord();
  const url = await serve((request) => answer(isSigned(discord.endpoint.publicKey, request)));
  await expect(discord.endpoint.set(url)).rejects.toThrow("could not be verified");
  await expect(discord.endpoint.set("http://127.0.0.1:9/interactions")).rejects.toThrow("could not be verified");
  expect(discord.endpoint.url).toBeUndefined();
});

test("false signatures come later, too, and who accepts one loses the endpoint", async () => {
  let careless = false;
  const discord = await startDiscord({ falseSignatureEvery: 2 });
  await register(discord, [{ name: "ping", description: "Answers" }]);
  const url = await serve((request) => {
    if (!careless && !isSigned(discord.endpoint.publicKey, request)) return { status: 401 };
    return request.json.type === 1 ? json({ type: 1 }) : says("pong");
  });
  await discord.endpoint.set(url);
  const actor = discord.as(discord.users[1]!);
  const { counts } = discord.endpoint;
  const atFirst = counts.falseSignatures;
  for (let n = 0; n < 4; n++) await actor.slash("ping");
  expect(counts.falseSignatures - atFirst).toBe(2);
  expect(discord.endpoint.url).toBe(url);
  careless = true;
  for (let n = 0; n < 2; n++) await actor.slash("ping");
  await discord.until("the end of it", () => discord.endpoint.url === undefined);
  expect(discord.problems.at(-1)).toContain("Interactions Endpoint URL is removed");
});
