import { createServer, type RequestListener } from "node:http";
import { describe, expect, test } from "vitest";
import { ExboRefusedError, ExboUnavailableError } from "../../src/accounts/index.js";
import { ExboLogin } from "../../src/accounts/exbo-login.js";
import { ManualClock } from "../manual-clock.js";
import { HOUR } from "./place.js";

const clock = new ManualClock();

/** Asks a login that answers as `listener` does. */
async function against(listener: RequestListener, ask: (login: ExboLogin) => Promise<void>): Promise<void> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not listening");
  try {
    const url = `http://127.0.0.1:${address.port}/oauth`;
    await ask(new ExboLogin({ url, clientId: "7", clientSecret: "the-secret" }, clock));
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

const saying =
  (status: number, body: unknown): RequestListener =>
  (_, response) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  };
const refresh = (listener: RequestListener, check: (renewal: Promise<unknown>) => Promise<unknown>) =>
  against(listener, async (login) => {
    await check(login.refresh("old"));
  });
const good = { token_type: "Bearer", expires_in: 3_600, access_token: "new", refresh_token: "newer" };

describe("a renewal", () => {
  test("sends what EXBO wants, as a form", async () => {
    let sent = "";
    const listener: RequestListener = (request, response) => {
      request.on("data", (part: Buffer) => (sent += part.toString()));
      request.on("end", () => {
        saying(200, good)(request, response);
      });
    };
    await refresh(listener, (renewal) =>
      expect(renewal).resolves.toEqual({
        access: "new",
        refresh: "newer",
        accessExpiresAt: new Date(clock.now() + HOUR),
      }),
    );
    expect(Object.fromEntries(new URLSearchParams(sent))).toEqual({
      grant_type: "refresh_token",
      refresh_token: "old",
      scope: "",
      client_id: "7",
      client_secret: "the-secret",
    });
  });

  test("without a new refresh token: the old one is kept", async () => {
    const { refresh_token: _, ...bare } = good;
    await refresh(saying(200, bare), (renewal) => expect(renewal).resolves.toMatchObject({ refresh: "old" }));
  });

  test("with a lifetime that is absent or absurd: never an invalid date", async () => {
    for (const expires_in of [undefined, 1e300, 1]) {
      await refresh(saying(200, { ...good, expires_in }), async (renewal) => {
        const { accessExpiresAt } = (await renewal) as { accessExpiresAt: Date };
        expect(accessExpiresAt.getTime()).toBeGreaterThan(clock.now());
      });
    }
  });

  test.each([
    ["as OAuth says it", 400, { error: "invalid_grant" }],
    ["as older Laravel Passports say it", 401, { error: "invalid_request", message: "The refresh token is invalid." }],
  ])("refused for good, %s", async (_, status, body) => {
    await refresh(saying(status, body), (renewal) => expect(renewal).rejects.toThrow(ExboRefusedError));
  });

  test.each([
    ["our own mistake", saying(400, { error: "invalid_request" })],
    ["the application's credentials", saying(401, { error: "invalid_client" })],
    ["an error that is a text of its own", saying(400, { error: "old the-secret" })],
    ["too many requests", saying(429, { message: "Too Many Attempts." })],
    ["a page", saying(200, "<!DOCTYPE html>")],
    ["a redirection", saying(302, "")],
    ["a token with a line break", saying(200, { ...good, access_token: "a\r\nb" })],
    ["another kind of token", saying(200, { ...good, token_type: "mac" })],
    ["an endless answer", saying(200, { ...good, more: "x".repeat(70_000) })],
  ])("that fails for another reason does not end the link: %s", async (_, listener) => {
    await refresh(listener, async (renewal) => {
      const error: unknown = await renewal.catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(ExboUnavailableError);
      expect(String(error)).not.toMatch(/the-secret|old|new/);
    });
  });
});

describe("whose token it is", () => {
  test("comes from the user endpoint; an id may be a number or a text", async () => {
    for (const id of [501, "501"]) {
      await against(saying(200, { id, login: "marten", display_login: null }), async (login) => {
        expect(await login.whoIs("token")).toEqual({ exboId: "501", login: "marten" });
      });
    }
  });

  test("cannot be told of a token that is not accepted, or from an answer of another shape", async () => {
    await against(saying(401, { message: "Unauthenticated." }), async (login) => {
      await expect(login.whoIs("token")).rejects.toThrow(ExboRefusedError);
    });
    for (const body of [{ id: 1 }, { login: "x" }, { id: 1.5, login: "x" }, { id: "", login: "x" }, "[]", "null"]) {
      await against(saying(200, body), async (login) => {
        await expect(login.whoIs("token")).rejects.toThrow(ExboUnavailableError);
      });
    }
  });
});
