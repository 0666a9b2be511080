import { METHODS, request } from "node:http";
import { connect } from "node:net";
import fc from "fast-check";
import { Hono } from "hono";
import { describe, expect, test } from "vitest";
import type { LinkingResult } from "../../src/accounts/index.js";
import { LOCALES } from "../../src/kernel/locale.js";
import { Metrics } from "../../src/web/metrics.js";
import { drawPage } from "../../src/web/page.js";
import type { WebOptions } from "../../src/web/server.js";
import { get, MINUTE, webTexts } from "../accounts/place.js";
import { ManualClock } from "../manual-clock.js";
import { withWeb } from "./with-web.js";

const asker = { discordId: "100000000000000001", name: "Wren", locale: "en" };

/** Sends exactly these bytes; the status of the answer. */
function sayTo(port: number, text: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(text, "latin1"));
    socket.on("error", reject).once("data", (answer) => {
      socket.destroy();
      resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(answer.toString("latin1"))?.[1]));
    });
  });
}

/** A server whose callback always ends with `result`. */
const ending = async (
  result: LinkingResult,
  test: (callback: string) => Promise<void>,
  options: Partial<WebOptions> = {},
) =>
  withWeb({ linking: { finish: () => Promise.resolve(result), texts: await webTexts() }, ...options }, (address) =>
    test(`${address}/oauth/callback`),
  );

const RESULTS: readonly (readonly [LinkingResult, number])[] = [
  [{ kind: "linked", locale: "en", asker, login: "marten" }, 200],
  [{ kind: "renewed", locale: "en", asker, login: "marten" }, 200],
  [{ kind: "denied", locale: "en", asker }, 200],
  [{ kind: "invalid" }, 400],
  [{ kind: "taken", locale: "en", asker, login: "marten" }, 409],
  [{ kind: "exbo-failed", locale: "en", asker }, 502],
  [{ kind: "store-failed" }, 503],
];

describe("the callback page", () => {
  test.each(RESULTS.map(([result, status]) => ({ result, status })))(
    "$result.kind has its own status and words in each language",
    async ({ result, status }) => {
      const seen = new Set<string>();
      for (const locale of LOCALES) {
        await ending({ ...result, locale }, async (callback) => {
          const reply = await get(callback);
          expect(reply.status).toBe(status);
          expect(reply.headers.get("content-type")).toBe("text/html; charset=UTF-8");
          expect(reply.text).toContain(`<html lang="${locale}">`);
          seen.add(/<h1>(.*)<\/h1>/.exec(reply.text)![1]!);
        });
      }
      expect(seen.size).toBe(LOCALES.length);
    },
  );

  test("speaks the browser's language where nothing else is known", async () => {
    await ending({ kind: "invalid" }, async (callback) => {
      for (const [header, language] of [
        ["ru-RU,ru;q=0.9,en;q=0.5", "ru"],
        ["de,ko;q=0.4", "ko"],
        ["de", "en"],
        ["*", "en"],
        ["en;q=banana,,;;", "en"],
      ] as const) {
        const { status, text } = await get(callback, { "accept-language": header });
        expect({ header, status, found: text.includes(`<html lang="${language}">`) }).toEqual({
          header,
          status: 400,
          found: true,
        });
      }
    });
  });

  test("runs no script, loads nothing, fits both colour schemes, and is kept nowhere", async () => {
    await ending(RESULTS[0]![0], async (callback) => {
      const { text, headers } = await get(`${callback}?code=c0de&state=st4te`);
      const policy = headers.get("content-security-policy")!;
      expect(policy).toMatch(
        /^default-src 'none'; style-src 'sha256-[^ ]+'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
      );
      const style = /<style>([^]*)<\/style>/.exec(text)![1]!;
      const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(style));
      expect(policy).toContain(`'sha256-${Buffer.from(digest).toString("base64")}'`);
      expect(style).toContain("prefers-color-scheme: dark");
      expect(text).not.toMatch(/<script|<img|<link|<iframe|https?:|url\(|@import| on\w+=| style=|c0de|st4te/);
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("x-frame-options")).toBe("SAMEORIGIN");
    });
  });

  test("a defect: a page that says so, and nothing of it", async () => {
    const errors: unknown[] = [];
    const finish = () => Promise.reject(new Error("hush hush"));
    await withWeb(
      { linking: { finish, texts: await webTexts() }, onError: (error) => errors.push(error) },
      async (address) => {
        const { status, text, headers } = await get(`${address}/oauth/callback`);
        expect(status).toBe(500);
        expect(text).toContain("Something broke");
        expect(text).not.toMatch(/hush|Error|\.ts/);
        expect(headers.get("content-security-policy")).toContain("default-src 'none'");
        expect(headers.get("cache-control")).toBe("no-store");
        expect(errors).toEqual([new Error("hush hush")]);
      },
    );
  });

  test("is for looking at: HEAD and POST use nothing up", async () => {
    let calls = 0;
    const finish = () => {
      calls++;
      return Promise.resolve<LinkingResult>({ kind: "invalid" });
    };
    await withWeb({ linking: { finish, texts: await webTexts() } }, async (address) => {
      expect((await get(`${address}/oauth/callback`, {}, "HEAD")).status).toBe(405);
      expect((await get(`${address}/oauth/callback`, {}, "POST")).status).toBe(405);
      expect(calls).toBe(0);
    });
  });

  test("loaded again before it came waits for the same end, in the same browser", async () => {
    let calls = 0;
    const finish = async (): Promise<LinkingResult> => {
      calls++;
      await new Promise((resolve) => setImmediate(resolve));
      return { kind: "linked", locale: "en", asker, login: "marten" };
    };
    await withWeb({ linking: { finish, texts: await webTexts() } }, async (address) => {
      const load = (browser: string, code: string, mode = "navigate") =>
        `GET /oauth/callback?code=${code} HTTP/1.1\r\nHost: x\r\nUser-Agent: ${browser}\r\nSec-Fetch-Mode: ${mode}\r\n\r\n`;
      for (const [loads, expected] of [
        [[load("one", "1"), load("one", "1"), load("one", "1")], 1],
        [[load("one", "2"), load("two", "2")], 2],
        [[load("one", "3"), load("one", "4")], 2],
        [[load("one", "5", "cors"), load("one", "5", "cors")], 2],
      ] as const) {
        calls = 0;
        // In one piece, so that they are there at once.
        await sayTo(Number(new URL(address).port), loads.join(""));
        expect(calls).toBe(expected);
      }
    });
  });

  test("hundreds a minute from one address are served; then it asks to wait, and does not go on", async () => {
    const clock = new ManualClock();
    await ending(
      { kind: "denied", locale: "en", asker },
      async (callback) => {
        for (let n = 0; n < 300; n++) expect((await get(callback)).status).toBe(200);
        const refused = await get(callback, { "accept-language": "es" });
        expect(refused.status).toBe(429);
        expect(refused.headers.get("retry-after")).toBe("60");
        expect(refused.text).toContain("Demasiadas");
        clock.advance(MINUTE);
        expect((await get(callback)).status).toBe(200);
      },
      { clock },
    );
  });

  test("whatever people call themselves stays text", async () => {
    const plain = String(await drawPage({ language: "en", mood: "good", title: "", text: "", facts: [["", ""]] }));
    const tags = (html: string) => html.match(/<[^>]*>/g)!.length;
    const names = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(..."<>&\"'/=b scriptimgon`".split("")) }));
    await fc.assert(
      fc.asyncProperty(names, names, async (name, value) => {
        const drawn = String(
          await drawPage({ language: "en", mood: "good", title: name, text: value, facts: [[name, value]] }),
        );
        expect(tags(drawn)).toBe(tags(plain));
      }),
    );
  });
});

describe("the server", () => {
  test("says whether it lives and whether it answers commands, under security headers", async () => {
    let missing = ["shards 2, 3", "registration of the commands"];
    await withWeb({ missing: () => missing }, async (address) => {
      expect((await get(`${address}/healthz`)).status).toBe(200);
      const not = await fetch(`${address}/readyz`);
      expect([not.status, await not.text()]).toEqual([503, "not ready: shards 2, 3; registration of the commands"]);
      missing = [];
      const { status, headers } = await get(`${address}/readyz`);
      expect(status).toBe(200);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.has("x-powered-by")).toBe(false);
      for (const path of ["/metrics", "/oauth/callback", "/nothing"])
        expect((await get(address + path)).status).toBe(404);
    });
  });

  test("serves the front, with the front's own policy", async () => {
    const front = new Hono();
    front.get("/", (context) => {
      context.header("content-security-policy", "default-src 'self'");
      return context.html("front");
    });
    await withWeb({ front }, async (address) => {
      const { text, headers } = await get(`${address}/`);
      expect(text).toBe("front");
      expect(headers.get("content-security-policy")).toBe("default-src 'self'");
    });
  });

  test("takes no large bodies, and tells nothing of a defect", async () => {
    const front = new Hono();
    front.post("/echo", async (context) => context.text(await context.req.text()));
    front.get("/broken", () => {
      throw new Error("hush hush");
    });
    const errors: unknown[] = [];
    await withWeb({ front, onError: (error) => errors.push(error) }, async (address) => {
      const post = (length: number) => fetch(`${address}/echo`, { method: "POST", body: "x".repeat(length) });
      expect((await post(1_000)).status).toBe(200);
      expect((await post(300 * 1024)).status).toBe(413);
      const { status, text } = await get(`${address}/broken`);
      expect([status, text]).toEqual([500, "something broke"]);
      expect(errors).toHaveLength(1);
    });
  });

  test("survives addresses that are none", async () => {
    await ending({ kind: "invalid" }, async (callback) => {
      const { port } = new URL(callback);
      for (const path of [
        "/oauth/callback?%",
        "/oauth/callback?state=%ff%fe",
        "//oauth/callback",
        "/%00",
        "/..%2f..%2fetc",
      ]) {
        const status = await new Promise<number | undefined>((resolve, reject) => {
          request({ host: "127.0.0.1", port, path }, (answer) => {
            answer.resume().on("end", () => {
              resolve(answer.statusCode);
            });
          })
            .on("error", reject)
            .end();
        });
        expect([400, 404]).toContain(status);
      }
    });
  });

  test("whatever method and body come, the answer is clear and nothing is logged", async () => {
    const errors: unknown[] = [];
    const front = new Hono();
    front.post("/said", async (context) => context.text(await context.req.text()));
    const finish = () => Promise.resolve<LinkingResult>({ kind: "invalid" });
    const linking = { finish, texts: await webTexts() };
    const options = { front, linking, metrics: new Metrics(), onError: (error: unknown) => errors.push(error) };
    await withWeb(options, async (address) => {
      const port = Number(new URL(address).port);
      const methods = METHODS.filter((method) => !["GET", "HEAD", "CONNECT"].includes(method));
      expect(methods.length).toBeGreaterThan(20);
      for (const method of methods) {
        for (const [path, expected] of [
          ["/healthz", 405],
          ["/readyz", 405],
          ["/metrics", 405],
          ["/oauth/callback", 405],
          ["/nothing", 404],
        ] as const) {
          for (const body of [
            "\r\n",
            "Content-Length: 2\r\n\r\nhi",
            "Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
          ]) {
            const status = await sayTo(port, `${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${body}`);
            // A few methods can have no body at all.
            expect([expected, ...(body.includes("chunked") ? [400] : [])], `${method} ${path} ${body}`).toContain(
              status,
            );
          }
        }
      }
      expect(await sayTo(port, "CONNECT evil.test:443 HTTP/1.1\r\nHost: evil.test\r\n\r\n")).toBe(405);
      const chunked = (head: string) => sayTo(port, `POST /said HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${head}`);
      expect(await chunked("Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n")).toBe(200);
      expect(await chunked("Content-Length: 300000\r\n\r\n")).toBe(413);
      const long = "x".repeat(300_000);
      expect(await chunked(`Transfer-Encoding: chunked\r\n\r\n493e0\r\n${long}\r\n0\r\n\r\n`)).toBe(413);
      for (const odd of [
        "OPTIONS * HTTP/1.1\r\nHost: x\r\n",
        "GET /healthz HTTP/1.1\r\nHost: a b\r\n",
        "GET /healthz HTTP/1.1\r\nHost: [::\r\n",
        "GET /healthz HTTP/1.1\r\n",
        "GET /healthz HTTP/1.0\r\n",
        "GET healthz HTTP/1.1\r\nHost: x\r\n",
        "GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n",
        "GET /oauth/callback?state=%00&code=%zz&error=%ff HTTP/1.1\r\nHost: x\r\n",
        "POST /said HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n",
        "GRAB /healthz HTTP/1.1\r\nHost: x\r\n",
      ]) {
        expect(await sayTo(port, `${odd}Connection: close\r\n\r\n`), odd).toBe(400);
      }
    });
    expect(errors).toEqual([]);
  });
});
