import { createHmac } from "node:crypto";
import * as oauth from "oauth4webapi";
import { z } from "zod";
import { DAY_MS, HOUR_MS, type Clock } from "../time.js";
import { Token, TokenType } from "@zonewire/stalcraft";
import type { ExboAccount, Tokens } from "../store/index.js";
import { ExboRefusedError, ExboUnavailableError, type ExboStep } from "./errors.js";

/** The application that was registered with EXBO, and where its login is. */
export interface ExboSettings {
  /** Without a slash at the end: `https://exbo.net/oauth`. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Below the 10 s for which the work on a link may keep others waiting. */
const PATIENCE_MS = 6_000;
const LARGEST_ANSWER = 64 * 1024;
/** For an answer that does not say how long its token lives. */
const SUPPOSED_LIFETIME_S = HOUR_MS / 1_000;
/** The longest life ever seen of one of EXBO's tokens. */
const LONGEST_LIFETIME_S = (100 * 365 * DAY_MS) / 1_000;

/** What a database can hold: PostgreSQL knows no NUL. */
const storable = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .refine((text) => !text.includes("\0"));
/** Other fields are of no use to us. */
const user = z.object({
  id: z.union([z.int(), storable(64)]).transform(String),
  login: storable(256),
});

/** EXBO has no scopes; its documentation says to send an empty one. */
const NO_SCOPE = { scope: "" };

/**
 * EXBO's OAuth 2.0: the authorization code flow with PKCE. EXBO does not say that it takes PKCE; it runs Laravel Passport,
 * which does, and who does not know it ignores it. Where it is taken, a code works only with the state it was made for:
 * whoever swaps the two of different people gets nothing.
 *
 * All methods that ask EXBO reject with ExboUnavailableError or ExboRefusedError only.
 */
export class ExboLogin {
  readonly #server: oauth.AuthorizationServer;
  readonly #client: oauth.Client;
  readonly #authentication: oauth.ClientAuth;
  readonly #secret: string;
  readonly #clock: Clock;
  readonly #plain: boolean;

  constructor({ url, clientId, clientSecret }: ExboSettings, clock: Clock) {
    this.#server = {
      issuer: url,
      authorization_endpoint: `${url}/authorize`,
      token_endpoint: `${url}/token`,
      userinfo_endpoint: `${url}/user`,
      // Not documented by EXBO: tried, and done without where it does not exist.
      revocation_endpoint: `${url}/revoke`,
    };
    this.#client = { client_id: clientId };
    this.#authentication = oauth.ClientSecretPost(clientSecret);
    this.#secret = clientSecret;
    this.#clock = clock;
    // http is for a login on this machine; the operator has configured it.
    this.#plain = new URL(url).protocol === "http:";
  }

  /** Where a person consents. */
  async consentUrl(state: string, redirectUri: string): Promise<string> {
    const url = new URL(`${this.#server.issuer}/authorize`);
    url.search = new URLSearchParams({
      client_id: this.#client.client_id,
      redirect_uri: redirectUri,
      response_type: "code",
      ...NO_SCOPE,
      state,
      code_challenge: await oauth.calculatePKCECodeChallenge(this.#verifierOf(state)),
      code_challenge_method: "S256",
    }).toString();
    return url.href;
  }

  /** Makes tokens of the code with which a person came back. `parameters` are those of the callback. */
  redeem(parameters: URLSearchParams, state: string, redirectUri: string): Promise<Tokens> {
    return this.#ask("token", async (options) => {
      const checked = oauth.validateAuthResponse(this.#server, this.#client, parameters, state);
      const asked = this.#clock.now();
      const response = await oauth.authorizationCodeGrantRequest(
        this.#server,
        this.#client,
        this.#authentication,
        checked,
        redirectUri,
        this.#verifierOf(state),
        options,
      );
      const answer = await oauth.processAuthorizationCodeResponse(this.#server, this.#client, response);
      return tokensOf(answer, asked, null);
    });
  }

  /** New tokens for a refresh token, which is used up by this unless the answer holds no other. */
  refresh(refreshToken: string): Promise<Tokens> {
    return this.#ask("token", async (options) => {
      const asked = this.#clock.now();
      const response = await oauth.refreshTokenGrantRequest(
        this.#server,
        this.#client,
        this.#authentication,
        refreshToken,
        {
          ...options,
          additionalParameters: NO_SCOPE,
        },
      );
      const answer = await oauth.processRefreshTokenResponse(this.#server, this.#client, response);
      return tokensOf(answer, asked, refreshToken);
    });
  }

  /** Whose token it is. */
  whoIs(accessToken: string): Promise<ExboAccount> {
    return this.#ask("user", async (options) => {
      const response = await oauth.userInfoRequest(this.#server, this.#client, accessToken, options);
      if (response.status === 401) throw new ExboRefusedError("user", "status 401");
      if (response.status !== 200) throw new ExboUnavailableError("user", `status ${response.status}`);
      const { id, login } = user.parse(await response.json());
      return { exboId: id, login };
    });
  }

  /** Makes tokens useless. False: EXBO did not do it. Never rejects. */
  async revoke({ access, refresh }: Tokens): Promise<boolean> {
    const revokeOne = (token: string, token_type_hint: string) =>
      this.#ask("revoke", async (options) => {
        const additionalParameters = { token_type_hint };
        const response = await oauth.revocationRequest(this.#server, this.#client, this.#authentication, token, {
          ...options,
          additionalParameters,
        });
        await oauth.processRevocationResponse(response);
      });
    const asked = [revokeOne(access, "access_token")];
    if (refresh !== null) asked.push(revokeOne(refresh, "refresh_token"));
    return (await Promise.allSettled(asked)).every(({ status }) => status === "fulfilled");
  }

  /** PKCE's code verifier. It follows from the state, by our secret, so that it need not be kept anywhere. */
  #verifierOf(state: string): string {
    return createHmac("sha256", this.#secret).update(`code verifier ${state}`).digest("base64url");
  }

  async #ask<T>(step: ExboStep, talk: (options: TalkOptions) => Promise<T>): Promise<T> {
    const giveUp = new AbortController();
    const cancel = this.#clock.setTimeout(() => {
      giveUp.abort();
    }, PATIENCE_MS);
    try {
      return await talk({
        signal: giveUp.signal,
        [oauth.allowInsecureRequests]: this.#plain,
        [oauth.customFetch]: fetchSmall,
      });
    } catch (error) {
      if (giveUp.signal.aborted) throw new ExboUnavailableError(step, `no answer within ${PATIENCE_MS} ms`);
      throw failure(step, error);
    } finally {
      cancel();
    }
  }
}

interface TalkOptions {
  readonly signal: AbortSignal;
  readonly [oauth.allowInsecureRequests]: boolean;
  readonly [oauth.customFetch]: typeof fetchSmall;
}

/** @throws TypeError when a token could not be sent as a header. */
function tokensOf(answer: oauth.TokenEndpointResponse, asked: number, previousRefresh: string | null): Tokens {
  const seconds = Math.min(answer.expires_in ?? SUPPOSED_LIFETIME_S, LONGEST_LIFETIME_S);
  return {
    access: new Token(answer.access_token, TokenType.USER).value,
    refresh: answer.refresh_token ?? previousRefresh,
    accessExpiresAt: new Date(asked + seconds * 1_000),
  };
}

/** What went wrong, in words that hold nothing of the answer but an OAuth error's code. */
function failure(step: ExboStep, error: unknown): ExboUnavailableError | ExboRefusedError {
  if (error instanceof ExboUnavailableError || error instanceof ExboRefusedError) return error;
  if (error instanceof oauth.ResponseBodyError) {
    const code = /^[a-z_]{1,40}$/.test(error.error) ? error.error : "an unknown error";
    // Laravel Passport, which EXBO runs, used to call a refused refresh token an invalid request, with a 401.
    const refused = code === "invalid_grant" || (code === "invalid_request" && error.status === 401);
    const reason = `status ${error.status}, ${code}`;
    return refused ? new ExboRefusedError(step, reason) : new ExboUnavailableError(step, reason);
  }
  if (error instanceof oauth.WWWAuthenticateChallengeError) {
    return new ExboUnavailableError(step, `status ${error.status}, the credentials were not accepted`);
  }
  if (error instanceof oauth.OperationProcessingError && error.cause instanceof Response) {
    return new ExboUnavailableError(step, `status ${error.cause.status}`);
  }
  return new ExboUnavailableError(step, isConnectionFailure(error) ? "the connection failed" : "an unexpected answer");
}

/** `fetch` tells it by a TypeError with the system's error inside. */
function isConnectionFailure(error: unknown): boolean {
  return error instanceof TypeError && error.cause instanceof Error;
}

/** `fetch` for answers of at most 64 KiB, read as a whole. */
async function fetchSmall(
  url: string,
  { body: sent, ...init }: oauth.CustomFetchOptions<string, URLSearchParams | undefined>,
): Promise<Response> {
  const { status, headers, body } = await fetch(url, { ...init, body: sent ?? null });
  const stream: AsyncIterable<Uint8Array> | Uint8Array[] = body ?? [];
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of stream) {
    length += part.length;
    if (length > LARGEST_ANSWER) throw new RangeError("the answer is too large");
    parts.push(part);
  }
  return new Response(length === 0 ? null : Buffer.concat(parts), { status, headers });
}
