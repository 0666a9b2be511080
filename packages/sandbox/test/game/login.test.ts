import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type Game, HOUR, MINUTE, type Reply, bearer, request, withGame } from "./game.js";

const CALLBACK = "http://127.0.0.1:9/callback?from=exbo";
const withLogin = { redirectUris: [CALLBACK], tokenLifetime: HOUR };

interface TokenBody {
  token_type: string;
  expires_in: number;
  access_token: string;
  refresh_token?: string;
}

function authorizeUrl({ simulator }: Game, changes: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    client_id: simulator.credentials.clientId,
    redirect_uri: CALLBACK,
    response_type: "code",
    scope: "",
    state: `"><b>&'`,
    ...changes,
  });
  return `${simulator.oauthUrl}/authorize?${query.toString()}`;
}

/** Presses a button of the consent page as a browser would: with the form's hidden fields. */
async function consent(game: Game, account: string, changes: Record<string, string> = {}): Promise<URL> {
  const { text } = await request(authorizeUrl(game, changes));
  const fields = [...text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
  const form = new URLSearchParams();
  for (const [, name, value] of fields) form.set(unescapeHtml(name!), unescapeHtml(value!));
  form.set("account", account);
  const reply = await request(`${game.simulator.oauthUrl}/authorize`, { method: "POST", body: form });
  expect(reply.status).toBe(302);
  return new URL(reply.headers.get("location")!);
}

function unescapeHtml(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}

function token({ simulator }: Game, parameters: Record<string, string>, endpoint = "token"): Promise<Reply> {
  const { clientId, clientSecret } = simulator.credentials;
  const body = new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...parameters });
  return request(`${simulator.oauthUrl}/${endpoint}`, { method: "POST", body });
}

function redeem(game: Game, code: string, changes: Record<string, string> = {}): Promise<Reply> {
  return token(game, { grant_type: "authorization_code", code, redirect_uri: CALLBACK, ...changes });
}

async function logIn(game: Game, account = "marten"): Promise<Required<TokenBody>> {
  const code = (await consent(game, account)).searchParams.get("code")!;
  return (await redeem(game, code)).json<Required<TokenBody>>();
}

describe("the consent page", () => {
  it("offers the three players and a way out, and escapes what it repeats", async () => {
    await withGame(withLogin, async (game) => {
      const { status, text, headers } = await request(authorizeUrl(game));
      expect(status).toBe(200);
      expect(headers.get("content-type")).toContain("text/html");
      for (const login of ["marten", "lynx", "heron"]) expect(text).toContain(`value="${login}"`);
      expect(text).toContain("Deny");
      expect(text).not.toContain(`"><b>`);
    });
  });

  it("works under a policy that allows its own style, its form, and the way back", async () => {
    await withGame(withLogin, async (game) => {
      const { text, headers } = await request(authorizeUrl(game));
      const style = /<style>([^]*)<\/style>/.exec(text)![1]!;
      const digest = createHash("sha256").update(style).digest("base64");
      expect(headers.get("content-security-policy")).toBe(
        `default-src 'none'; style-src 'sha256-${digest}'; form-action 'self' http://127.0.0.1:9; base-uri 'none'; frame-ancestors 'none'`,
      );
      expect(text).not.toContain("<script");
    });
  });

  it("sends nobody to an address that is not registered", async () => {
    await withGame(withLogin, async (game) => {
      for (const redirect_uri of ["https://evil.example/", CALLBACK.slice(0, -1), `${CALLBACK}&more`]) {
        const reply = await request(authorizeUrl(game, { redirect_uri }));
        expect(reply.status).toBe(401);
        expect(reply.headers.has("location")).toBe(false);
        expect(reply.json()).toMatchObject({ error: "invalid_client" });
        const body = new URLSearchParams({
          client_id: game.simulator.credentials.clientId,
          redirect_uri,
          response_type: "code",
          account: "marten",
        });
        expect((await request(`${game.simulator.oauthUrl}/authorize`, { method: "POST", body })).status).toBe(401);
      }
      expect((await request(authorizeUrl(game, { client_id: "7" }))).status).toBe(401);
      expect((await request(authorizeUrl(game, { response_type: "token" }))).status).toBe(400);
      game.simulator.allowRedirect("http://127.0.0.1:9/late");
      expect((await request(authorizeUrl(game, { redirect_uri: "http://127.0.0.1:9/late" }))).status).toBe(200);
    });
  });
});

describe("logging in", () => {
  it("brings the person back with a code and the state, and the code becomes tokens", async () => {
    await withGame(withLogin, async (game) => {
      const back = await consent(game, "marten");
      expect(back.href.startsWith(CALLBACK)).toBe(true);
      expect(back.searchParams.get("state")).toBe(`"><b>&'`);
      const reply = await redeem(game, back.searchParams.get("code")!);
      expect(reply.headers.get("cache-control")).toBe("no-store");
      const body = reply.json<TokenBody>();
      expect(body).toMatchObject({ token_type: "Bearer", expires_in: 3_600 });
      expect(body.access_token.split(".")).toHaveLength(3);
      expect((await game.get("/RU/characters", bearer(body.access_token))).text).toContain("Marten");
    });
  });

  it("denied: comes back with an error and the state", async () => {
    await withGame(withLogin, async (game) => {
      const back = await consent(game, "");
      expect(back.searchParams.get("error")).toBe("access_denied");
      expect(back.searchParams.get("state")).toBe(`"><b>&'`);
      expect(back.searchParams.has("code")).toBe(false);
    });
  });

  it("a code works once, for ten minutes, for its application and its address", async () => {
    await withGame(withLogin, async (game) => {
      const code = async () => (await consent(game, "lynx")).searchParams.get("code")!;
      const refused = async (reply: Promise<Reply>) => {
        const { status, json } = await reply;
        expect(status).toBe(400);
        expect(json()).toMatchObject({ error: "invalid_grant" });
      };
      const used = await code();
      expect((await redeem(game, used)).status).toBe(200);
      await refused(redeem(game, used));
      await refused(redeem(game, await code(), { redirect_uri: "http://127.0.0.1:9/other" }));
      const { clientId, clientSecret } = game.simulator.registerApplication();
      await refused(redeem(game, await code(), { client_id: clientId, client_secret: clientSecret }));
      await refused(redeem(game, "made-up"));
      const stale = await code();
      game.clock.advance(10 * MINUTE);
      await refused(redeem(game, stale));
    });
  });

  it("a code that was requested with a challenge needs its verifier, and only then", async () => {
    await withGame(withLogin, async (game) => {
      const verifier = "v".repeat(43);
      const code_challenge = createHash("sha256").update(verifier).digest("base64url");
      const pkce = { code_challenge, code_challenge_method: "S256" };
      const code = async (changes?: Record<string, string>) =>
        (await consent(game, "lynx", changes)).searchParams.get("code")!;
      expect((await redeem(game, await code(pkce), { code_verifier: verifier })).status).toBe(200);
      expect((await redeem(game, await code(pkce), { code_verifier: "w".repeat(43) })).status).toBe(400);
      expect((await redeem(game, await code(pkce))).status).toBe(400);
      expect((await redeem(game, await code(), { code_verifier: verifier })).status).toBe(400);
      const plain = authorizeUrl(game, { ...pkce, code_challenge_method: "plain" });
      expect((await request(plain)).json()).toMatchObject({ error: "invalid_request" });
    });
  });

  it("revoking one token of a pair makes both useless; strangers revoke nothing", async () => {
    await withGame(withLogin, async (game) => {
      const { access_token, refresh_token } = await logIn(game);
      const revoke = (changes: Record<string, string>) => token(game, changes, "revoke");
      const works = async () => (await game.get("/RU/characters", bearer(access_token))).status;
      expect((await revoke({ token: refresh_token, client_secret: "wrong" })).status).toBe(401);
      const other = game.simulator.registerApplication();
      const stranger = { client_id: other.clientId, client_secret: other.clientSecret };
      expect((await revoke({ token: refresh_token, ...stranger })).status).toBe(200);
      expect(await works()).toBe(200);
      expect((await revoke({ token: refresh_token })).status).toBe(200);
      expect(await works()).toBe(401);
      expect((await token(game, { grant_type: "refresh_token", refresh_token })).status).toBe(400);
      expect((await revoke({ token: "nonsense" })).status).toBe(200);
    });
    await withGame({ ...withLogin, revocation: false }, async (game) => {
      expect((await token(game, { token: "x" }, "revoke")).status).toBe(404);
    });
  });

  it("a player may take back everything at once", async () => {
    await withGame(withLogin, async (game) => {
      const [first, second] = [await logIn(game), await logIn(game)];
      game.simulator.revokeTokensOf("marten");
      for (const { access_token, refresh_token } of [first, second]) {
        expect((await game.get("/RU/characters", bearer(access_token))).status).toBe(401);
        expect((await token(game, { grant_type: "refresh_token", refresh_token })).status).toBe(400);
      }
      expect((await game.get("/RU/characters", bearer((await logIn(game)).access_token))).status).toBe(200);
    });
  });

  it("a refresh token rotates: the old one is refused", async () => {
    await withGame(withLogin, async (game) => {
      const first = await logIn(game);
      const refresh = (refresh_token: string) => token(game, { grant_type: "refresh_token", refresh_token, scope: "" });
      game.clock.advance(2 * HOUR);
      expect((await game.get("/RU/characters", bearer(first.access_token))).status).toBe(401);
      const second = (await refresh(first.refresh_token)).json<Required<TokenBody>>();
      expect((await game.get("/RU/characters", bearer(second.access_token))).status).toBe(200);
      // Renewing makes the old access token useless too.
      const third = (await refresh(second.refresh_token)).json<Required<TokenBody>>();
      expect((await game.get("/RU/characters", bearer(second.access_token))).status).toBe(401);
      expect((await refresh(first.refresh_token)).json()).toMatchObject({ error: "invalid_grant" });
      expect((await refresh(third.access_token)).status).toBe(400);
      expect((await game.get("/RU/characters", bearer(third.refresh_token))).status).toBe(401);
      expect((await refresh(third.refresh_token)).status).toBe(200);
    });
  });
});

describe("tokens for applications", () => {
  it("are granted for id and secret: as a form, as JSON, in a header", async () => {
    await withGame(withLogin, async (game) => {
      const { clientId: client_id, clientSecret: client_secret } = game.simulator.credentials;
      const url = `${game.simulator.oauthUrl}/token`;
      const grant = { grant_type: "client_credentials", scope: "" };
      const replies = [
        await token(game, grant),
        await request(url, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ ...grant, client_id: Number(client_id), client_secret }),
        }),
        await request(url, {
          method: "POST",
          headers: { authorization: `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString("base64")}` },
          body: new URLSearchParams(grant),
        }),
      ];
      for (const reply of replies) {
        const body = reply.json<TokenBody>();
        expect(body.refresh_token).toBeUndefined();
        expect((await game.get("/RU/emission", bearer(body.access_token))).status).toBe(200);
        expect((await game.get("/RU/characters", bearer(body.access_token))).status).toBe(401);
      }
    });
  });

  it("are refused with OAuth's errors", async () => {
    await withGame(withLogin, async (game) => {
      const wrong = await token(game, { grant_type: "client_credentials", client_secret: "wrong" });
      expect(wrong.status).toBe(401);
      expect(wrong.json()).toMatchObject({ error: "invalid_client" });
      const unknown = await token(game, { grant_type: "password" });
      expect(unknown.status).toBe(400);
      expect(unknown.json()).toMatchObject({ error: "unsupported_grant_type" });
      for (const field of ["error_description", "hint", "message"]) expect(unknown.json()).toHaveProperty(field);
      const url = `${game.simulator.oauthUrl}/token`;
      const broken = { method: "POST", headers: { "content-type": "application/json" }, body: "{" };
      expect((await request(url, broken)).status).toBe(400);
      expect((await request(`${game.simulator.oauthUrl}/nowhere`)).status).toBe(404);
    });
  });
});

describe("the user endpoint", () => {
  it("tells a player who they are, and applications nothing", async () => {
    await withGame(withLogin, async (game) => {
      const ask = (accessToken: string) => request(`${game.simulator.oauthUrl}/user`, { headers: bearer(accessToken) });
      const lynx = await ask((await logIn(game, "lynx")).access_token);
      expect(lynx.json()).toMatchObject({
        id: 502,
        login: "lynx",
        display_login: null,
        distributor: "exbo",
        distributor_id: null,
      });
      const marten = await ask(game.simulator.issueUserToken("marten"));
      expect(marten.json()).toMatchObject({ login: "marten", display_login: "Marten", distributor: "steam" });
      expect((await ask(game.simulator.credentials.appToken)).status).toBe(401);
      expect((await ask("nonsense")).status).toBe(401);
    });
  });
});
