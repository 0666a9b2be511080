import { createHash, createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { Clock } from "../../clock.js";
import { DAY, ORIGIN } from "../world/time.js";

const claimsSchema = z.object({
  use: z.enum(["access", "refresh"]),
  /** The application's client id. */
  aud: z.string(),
  jti: z.string(),
  iat: z.number(),
  nbf: z.number(),
  exp: z.number(),
  /** The account's id; only tokens of a player have one. */
  sub: z.string().optional(),
});
export type Claims = z.infer<typeof claimsSchema>;

const HEADER = encode({ typ: "JWT", alg: "HS256" });
/** Tokens that come with the application last a hundred years, as the demo host's do. */
const CENTURY = 100 * 365 * DAY;

/**
 * Signs and checks tokens. They carry everything themselves and the key follows from the seed, so a token outlives a
 * restart of the simulator. What was revoked is remembered by this process only.
 */
export class Tokens {
  readonly #key: Buffer;
  readonly #clock: Clock;
  readonly #revoked = new Set<string>();
  /** Ids of the tokens of each account. */
  readonly #issued = new Map<string, Set<string>>();

  constructor(seed: number, clock: Clock) {
    this.#key = createHash("sha256").update(`simulated exbo login ${seed}`).digest();
    this.#clock = clock;
  }

  /** An application token that is the same in every run with this seed. */
  lasting(clientId: string): string {
    const jti = createHash("sha256").update(this.#key).update(clientId).digest("hex");
    return this.#sign({ use: "access", aud: clientId, jti, ...lifetime(ORIGIN, CENTURY) });
  }

  /** A new token for an application. Lifetime in milliseconds. */
  issue(aud: string, milliseconds: number): string {
    return this.#sign({ use: "access", aud, jti: randomUUID(), ...lifetime(this.#clock.now(), milliseconds) });
  }

  /** New tokens for a player. They share an id: revoking one revokes both. Lifetimes in milliseconds. */
  issuePair(aud: string, sub: string, lifetimes: { access: number; refresh: number }) {
    const now = this.#clock.now();
    const jti = randomUUID();
    this.#issued.set(sub, (this.#issued.get(sub) ?? new Set()).add(jti));
    return {
      access: this.#sign({ use: "access", aud, jti, ...lifetime(now, lifetimes.access), sub }),
      refresh: this.#sign({ use: "refresh", aud, jti, ...lifetime(now, lifetimes.refresh), sub }),
    };
  }

  /** The claims of a token of this kind that is ours, not revoked and not expired. */
  check(token: string, use: Claims["use"]): Claims | undefined {
    const [head, body, signature, ...rest] = token.split(".");
    if (head !== HEADER || body === undefined || signature === undefined || rest.length > 0) return undefined;
    const expected = Buffer.from(this.#signature(body));
    const given = Buffer.from(signature);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    const claims = claimsSchema.parse(JSON.parse(Buffer.from(body, "base64url").toString()));
    const expired = claims.exp * 1_000 <= this.#clock.now();
    return claims.use !== use || expired || this.#revoked.has(claims.jti) ? undefined : claims;
  }

  revoke(claims: Claims): void {
    this.#revoked.add(claims.jti);
  }

  /** Revokes what this process issued to an account. */
  revokeAllOf(sub: string): void {
    for (const jti of this.#issued.get(sub) ?? []) this.#revoked.add(jti);
    this.#issued.delete(sub);
  }

  #sign(claims: Claims): string {
    const body = encode(claims);
    return `${HEADER}.${body}.${this.#signature(body)}`;
  }

  #signature(body: string): string {
    return createHmac("sha256", this.#key).update(`${HEADER}.${body}`).digest("base64url");
  }
}

function lifetime(from: number, milliseconds: number): Pick<Claims, "iat" | "nbf" | "exp"> {
  const iat = Math.floor(from / 1_000);
  return { iat, nbf: iat, exp: Math.floor((from + milliseconds) / 1_000) };
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
