import { createPublicKey, verify, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { MINUTE_MS, type Clock } from "../../time.js";

/**
 * How far the time of a request may be from ours, before and after. Discord sends a request at once and waits three seconds;
 * the rest is for clocks that run apart.
 */
export const TIME_WINDOW_MS = 5 * MINUTE_MS;

const SIGNATURE = /^[\da-f]{128}$/i;
const SECONDS = /^\d{1,12}$/;

/** What comes with a request from Discord. */
export interface Signature {
  readonly bytes: Buffer;
  /** Seconds since the epoch, as they were signed. */
  readonly timestamp: string;
}

/** "stale": signed by Discord, but at another time than now. */
export type Signing = "valid" | "false" | "stale";

/**
 * The signature of a request by its headers `X-Signature-Ed25519` and `X-Signature-Timestamp`; undefined when they are
 * missing or can be none, so that no body needs to be read.
 */
export function signatureOf(signature: unknown, timestamp: unknown): Signature | undefined {
  if (typeof signature !== "string" || typeof timestamp !== "string") return undefined;
  if (!SIGNATURE.test(signature) || !SECONDS.test(timestamp)) return undefined;
  return { bytes: Buffer.from(signature, "hex"), timestamp };
}

/** On a thread of Node's pool: it takes a third of the time of an answer, in which the others go on. */
const verified = promisify(verify);

/** Tells whether a request comes from Discord. */
export class Signatures {
  readonly #key: KeyObject;
  readonly #clock: Pick<Clock, "now">;

  /** @param publicKey 64 hexadecimal digits */
  constructor(publicKey: string, clock: Pick<Clock, "now">) {
    const x = Buffer.from(publicKey, "hex").toString("base64url");
    this.#key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
    this.#clock = clock;
  }

  /** @param body as it came, byte for byte */
  async check({ bytes, timestamp }: Signature, body: Buffer): Promise<Signing> {
    const signed = Buffer.concat([Buffer.from(timestamp, "latin1"), body]);
    if (!(await verified(null, signed, this.#key, bytes))) return "false";
    return Math.abs(this.ageOf(timestamp)) <= TIME_WINDOW_MS ? "valid" : "stale";
  }

  /** How old a request is by our clock, in milliseconds; negative: it comes from the future. */
  ageOf(timestamp: string): number {
    return this.#clock.now() - Number(timestamp) * 1_000;
  }
}
