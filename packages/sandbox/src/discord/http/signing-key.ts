import { generateKeyPairSync, randomBytes, sign, type KeyObject } from "node:crypto";

/** What goes with a request, so that the bot knows that it comes from Discord. */
export interface SignatureHeaders {
  readonly "x-signature-ed25519": string;
  readonly "x-signature-timestamp": string;
}

/** The key with which the application's interactions are signed. */
export class SigningKey {
  /** 64 hexadecimal digits: what the developer portal shows, and the bot is given. */
  readonly publicKey: string;
  readonly #privateKey: KeyObject;

  constructor() {
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    this.publicKey = Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url").toString("hex");
    this.#privateKey = privateKey;
  }

  /** @param at milliseconds since the Unix epoch */
  headers(body: string, at: number): SignatureHeaders {
    const timestamp = String(Math.floor(at / 1000));
    const signature = sign(null, Buffer.from(timestamp + body), this.#privateKey);
    return { "x-signature-ed25519": signature.toString("hex"), "x-signature-timestamp": timestamp };
  }

  /** Signatures that are wrong, each in another way: by chance, by another key, of another body, of another time. */
  falseHeaders(body: string, at: number): SignatureHeaders[] {
    const right = this.headers(body, at);
    return [
      { ...right, "x-signature-ed25519": randomBytes(64).toString("hex") },
      new SigningKey().headers(body, at),
      this.headers(`${body} `, at),
      { ...right, "x-signature-timestamp": this.headers(body, at - 1_000)["x-signature-timestamp"] },
    ];
  }
}
