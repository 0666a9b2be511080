import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { KeyMissingError, SealBrokenError } from "./errors.js";

const CIPHER = "aes-256-gcm";
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_ID = /^[\w-]{1,32}$/;

/** A text that only the ring with this key can read. */
export interface Sealed {
  readonly keyId: string;
  /** Initialization vector (12 bytes), authentication tag (16 bytes), ciphertext. */
  readonly bytes: Uint8Array;
}

/** The text is not a key ring. The message holds no part of a key. */
export class KeyRingError extends Error {
  override readonly name = "KeyRingError";
}

/**
 * Keys by id, newest first: the first one seals, all of them open. AES-256-GCM with a random initialization vector and
 * the row's identity as associated data: what is sealed for one row does not open in another.
 */
export class KeyRing {
  readonly #keys: ReadonlyMap<string, Buffer>;

  private constructor(keys: ReadonlyMap<string, Buffer>) {
    this.#keys = keys;
  }

  /** A ring that can neither seal nor open. */
  static readonly empty = new KeyRing(new Map());

  /**
   * `id:key` pairs, newest first, separated by commas or white space; a key is 32 bytes in base64, an id 1 to 32
   * letters, digits, `-` or `_`.
   * @throws KeyRingError
   */
  static parse(text: string): KeyRing {
    const keys = new Map<string, Buffer>();
    const pairs = text.split(/[\s,]+/).filter((pair) => pair !== "");
    if (pairs.length === 0) throw new KeyRingError("has no key");
    for (const [index, pair] of pairs.entries()) {
      const colon = pair.indexOf(":");
      const id = pair.slice(0, Math.max(colon, 0));
      if (!KEY_ID.test(id)) throw new KeyRingError(`must be id:key pairs (pair ${index + 1} has no usable id)`);
      if (keys.has(id)) throw new KeyRingError(`has two keys with the id ${id}`);
      const encoded = pair.slice(colon + 1);
      const key = Buffer.from(encoded, "base64");
      if (key.length !== KEY_BYTES || key.toString("base64") !== encoded) {
        throw new KeyRingError(`must be id:key pairs (key ${id} is not ${KEY_BYTES} bytes in base64)`);
      }
      keys.set(id, key);
    }
    return new KeyRing(keys);
  }

  /** A new `id:key` pair. */
  static newKey(): string {
    return `${randomBytes(4).toString("hex")}:${randomBytes(KEY_BYTES).toString("base64")}`;
  }

  /** The other keys. */
  without(ids: readonly string[]): KeyRing {
    return new KeyRing(new Map([...this.#keys].filter(([id]) => !ids.includes(id))));
  }

  /** Newest first. */
  get ids(): readonly string[] {
    return [...this.#keys.keys()];
  }

  /**
   * The id of the key that seals.
   * @throws KeyMissingError when the ring is empty
   */
  get newest(): string {
    return this.#newest()[0];
  }

  /** @throws KeyMissingError when the ring is empty */
  seal(plain: string, identity: string): Sealed {
    const [keyId, key] = this.#newest();
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.from(identity));
    const ciphertext = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
    return { keyId, bytes: Buffer.concat([iv, cipher.getAuthTag(), ciphertext]) };
  }

  /**
   * The text that was sealed for this identity.
   * @throws KeyMissingError, SealBrokenError
   */
  open({ keyId, bytes }: Sealed, identity: string): string {
    const key = this.#keys.get(keyId);
    if (!key) throw new KeyMissingError(`the key ring has no key with the id ${keyId}`);
    try {
      const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(identity));
      decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      const plain = [decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()];
      return Buffer.concat(plain).toString("utf8");
    } catch {
      // The reason says nothing more: GCM only knows that something does not fit.
      throw new SealBrokenError(`what is stored for ${identity} does not open with its key: it was changed or moved`);
    }
  }

  /**
   * The same text, sealed with the newest key.
   * @throws KeyMissingError, SealBrokenError
   */
  reseal(sealed: Sealed, identity: string): Sealed {
    return this.seal(this.open(sealed, identity), identity);
  }

  #newest(): [id: string, key: Buffer] {
    const [newest] = this.#keys;
    if (!newest) throw new KeyMissingError("there is no key to encrypt with: set ENCRYPTION_KEYS");
    return newest;
  }
}
