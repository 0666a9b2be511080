import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import type { Clock } from "../../clock.js";
import { ACCOUNTS, type Account, findAccount, findAccountById } from "../world/accounts.js";
import { DAY, MINUTE } from "../world/time.js";
import { type Answer, type GameRequest, header, json } from "./answer.js";
import type { Application, Applications } from "./applications.js";
import { consentPage } from "./consent-page.js";
import type { Tokens } from "./tokens.js";

const CODE_LIFETIME = 10 * MINUTE;
const REFRESH_LIFETIME = 2 * 365 * DAY;

interface Code {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly account: Account;
  /** PKCE's, by SHA-256. */
  readonly challenge: string | undefined;
  readonly expiresAt: number;
}

export interface LoginParts {
  readonly clock: Clock;
  readonly tokens: Tokens;
  readonly applications: Applications;
  /** How long access tokens live, in milliseconds. */
  readonly tokenLifetime: number;
  /** Whether there is a revocation endpoint (RFC 7009). Of the real login this is not known. */
  readonly revocation: boolean;
}

/**
 * The EXBO login: OAuth 2.0 with the grants client_credentials, authorization_code and refresh_token. Refreshing makes
 * the old pair of tokens useless, the access token too, as Laravel Passport does. PKCE is taken where a client uses it.
 */
export class Login {
  readonly #parts: LoginParts;
  readonly #codes = new Map<string, Code>();

  constructor(parts: LoginParts) {
    this.#parts = parts;
  }

  /** `path` is relative to the login's root: `/token`. */
  async answer(request: GameRequest, path: string): Promise<Answer> {
    switch (`${request.method} ${path}`) {
      case "GET /authorize":
        return this.#showConsent(Object.fromEntries(request.query));
      case "POST /authorize":
        return this.#takeConsent(await readParameters(request));
      case "POST /token":
        return this.#grant(withBasicAuth(await readParameters(request), request));
      case "POST /revoke":
        return this.#parts.revocation
          ? this.#revoke(withBasicAuth(await readParameters(request), request))
          : json(404, { message: "Not Found" });
      case "GET /user":
        return this.#user(request);
      default:
        return json(404, { message: "Not Found" });
    }
  }

  #showConsent(parameters: Parameters): Answer {
    const refusal = this.#checkAuthorization(parameters);
    if (refusal !== undefined) return refusal;
    return consentPage(ACCOUNTS, parameters, new URL(parameters.redirect_uri ?? ""));
  }

  #takeConsent(parameters: Parameters): Answer {
    const refusal = this.#checkAuthorization(parameters);
    if (refusal !== undefined) return refusal;
    const { client_id = "", redirect_uri = "", state, account: login = "", code_challenge: challenge } = parameters;
    const account = findAccount(login);
    const target = new URL(redirect_uri);
    if (account === undefined) {
      target.searchParams.set("error", "access_denied");
      target.searchParams.set("error_description", "The resource owner or authorization server denied the request.");
    } else {
      target.searchParams.set(
        "code",
        this.#issueCode({ clientId: client_id, redirectUri: redirect_uri, account, challenge }),
      );
    }
    if (state !== undefined) target.searchParams.set("state", state);
    return { status: 302, headers: { location: target.href }, body: "" };
  }

  /** Who cannot be sent back safely is not sent back at all. */
  #checkAuthorization(parameters: Parameters): Answer | undefined {
    const { client_id = "", redirect_uri = "", response_type, code_challenge, code_challenge_method } = parameters;
    const application = this.#parts.applications.find(client_id);
    if (application?.redirectUris.has(redirect_uri) !== true) return invalidClient();
    if (response_type !== "code") return oauthError("unsupported_grant_type");
    const provable = code_challenge === undefined || code_challenge_method === "S256";
    return provable ? undefined : oauthError("invalid_request");
  }

  #issueCode(given: Omit<Code, "expiresAt">): string {
    const now = this.#parts.clock.now();
    for (const [code, { expiresAt }] of this.#codes) if (expiresAt <= now) this.#codes.delete(code);
    const code = randomBytes(32).toString("hex");
    this.#codes.set(code, { ...given, expiresAt: now + CODE_LIFETIME });
    return code;
  }

  #grant(parameters: Parameters): Answer {
    const application = this.#parts.applications.identify(parameters.client_id, parameters.client_secret);
    switch (parameters.grant_type ?? "") {
      case "client_credentials":
        return application === undefined ? invalidClient() : this.#applicationToken(application);
      case "authorization_code":
        return application === undefined ? invalidClient() : this.#redeemCode(application, parameters);
      case "refresh_token":
        return application === undefined ? invalidClient() : this.#refresh(application, parameters);
      default:
        return oauthError("unsupported_grant_type");
    }
  }

  #applicationToken({ clientId }: Application): Answer {
    const { tokens, tokenLifetime } = this.#parts;
    const token = tokens.issue(clientId, tokenLifetime);
    return tokenAnswer({ expires_in: Math.floor(tokenLifetime / 1_000), access_token: token });
  }

  #redeemCode({ clientId }: Application, { code = "", redirect_uri, code_verifier }: Parameters): Answer {
    const issued = this.#codes.get(code);
    // Asking with a code uses it up, whatever else is wrong with the request.
    this.#codes.delete(code);
    const valid =
      issued?.clientId === clientId &&
      issued.redirectUri === redirect_uri &&
      issued.challenge === challengeOf(code_verifier) &&
      issued.expiresAt > this.#parts.clock.now();
    return valid ? this.#playerTokens(clientId, String(issued.account.id)) : oauthError("invalid_grant");
  }

  #refresh({ clientId }: Application, { refresh_token = "" }: Parameters): Answer {
    const { tokens } = this.#parts;
    const claims = tokens.check(refresh_token, "refresh");
    if (claims?.sub === undefined || claims.aud !== clientId) return oauthError("invalid_grant");
    tokens.revoke(claims);
    return this.#playerTokens(clientId, claims.sub);
  }

  #playerTokens(clientId: string, accountId: string): Answer {
    const { tokens, tokenLifetime } = this.#parts;
    const lifetimes = { access: tokenLifetime, refresh: REFRESH_LIFETIME };
    const { access, refresh } = tokens.issuePair(clientId, accountId, lifetimes);
    return tokenAnswer({
      expires_in: Math.floor(tokenLifetime / 1_000),
      access_token: access,
      refresh_token: refresh,
    });
  }

  /** A token that is unknown, or another application's, is as useless as it can be: that is a success too. */
  #revoke(parameters: Parameters): Answer {
    const application = this.#parts.applications.identify(parameters.client_id, parameters.client_secret);
    if (application === undefined) return invalidClient();
    const { tokens } = this.#parts;
    const { token = "" } = parameters;
    const claims = tokens.check(token, "access") ?? tokens.check(token, "refresh");
    if (claims?.aud === application.clientId) tokens.revoke(claims);
    return { status: 200, headers: {}, body: "" };
  }

  #user(request: GameRequest): Answer {
    const bearer = /^Bearer (\S+)$/i.exec(header(request, "authorization") ?? "")?.[1] ?? "";
    const account = findAccountById(this.#parts.tokens.check(bearer, "access")?.sub ?? "");
    if (account === undefined) return json(401, { message: "Unauthenticated." });
    const { id, uuid, login, displayLogin, distributor, distributorId } = account;
    return json(200, { id, uuid, login, display_login: displayLogin, distributor, distributor_id: distributorId });
  }
}

function challengeOf(verifier: string | undefined): string | undefined {
  return verifier === undefined ? undefined : createHash("sha256").update(verifier).digest("base64url");
}

type Parameters = Readonly<Record<string, string | undefined>>;

const jsonParameters = z.record(z.string(), z.coerce.string());

/** The fields of a form or of a JSON object; none when the body is neither. */
async function readParameters(request: GameRequest): Promise<Parameters> {
  const body = await request.readBody();
  if (!(header(request, "content-type") ?? "").includes("json")) return Object.fromEntries(new URLSearchParams(body));
  try {
    return jsonParameters.parse(JSON.parse(body));
  } catch {
    return {};
  }
}

/** Credentials may come in an `Authorization: Basic` header instead of the body. */
function withBasicAuth(parameters: Parameters, request: GameRequest): Parameters {
  const encoded = /^Basic (\S+)$/i.exec(header(request, "authorization") ?? "")?.[1];
  if (encoded === undefined) return parameters;
  const [client_id, client_secret] = Buffer.from(encoded, "base64").toString().split(":");
  return { client_id, client_secret, ...parameters };
}

function tokenAnswer(fields: Readonly<Record<string, string | number>>): Answer {
  return json(200, { token_type: "Bearer", ...fields }, { "cache-control": "no-store", pragma: "no-cache" });
}

const ERRORS = {
  unsupported_grant_type: {
    text: "The authorization server does not know this grant type.",
    hint: "Check that all required parameters have been provided",
  },
  invalid_request: { text: "The request is missing a parameter, or has one that is not valid.", hint: "Use S256" },
  invalid_grant: { text: "The grant is invalid, expired, revoked or another client's.", hint: "Start again" },
} as const;

function oauthError(error: keyof typeof ERRORS): Answer {
  const { text, hint } = ERRORS[error];
  return json(400, { error, error_description: text, hint, message: text });
}

function invalidClient(): Answer {
  const text = "Client authentication failed";
  return json(401, { error: "invalid_client", error_description: text, message: text });
}
