import { eq, lte } from "drizzle-orm";
import type { Database } from "./database.js";
import type { KeyRing } from "./encryption.js";
import type { Attempt } from "./records.js";
import { attempts } from "./schema.js";
import { attemptIdentity } from "./sealed-columns.js";

/** Linkings under way. */
export class Attempts {
  readonly #database: Database;
  readonly #keys: KeyRing;

  constructor(database: Database, keys: KeyRing) {
    this.#database = database;
    this.#keys = keys;
  }

  /** @throws KeyMissingError when there is no key to seal with */
  async add({ discordName, interaction, ...attempt }: Attempt): Promise<void> {
    const identity = attemptIdentity(attempt.stateHash);
    const name = this.#keys.seal(discordName, identity.discordName);
    const token = this.#keys.seal(interaction.token, identity.interactionToken);
    await this.#database.run((db) =>
      db.insert(attempts).values({
        ...attempt,
        discordName: name.bytes,
        applicationId: interaction.applicationId,
        interactionToken: token.bytes,
        keyId: token.keyId,
      }),
    );
  }

  /**
   * Takes it out: only one concurrent caller gets it. An expired one is given too, so that its person can be told: look at
   * `expiresAt`.
   * @throws KeyMissingError; the attempt is then gone
   */
  async take(stateHash: string): Promise<Attempt | undefined> {
    const [row] = await this.#database.run((db) =>
      db.delete(attempts).where(eq(attempts.stateHash, stateHash)).returning(),
    );
    if (!row) return undefined;
    const { keyId, applicationId, discordName, interactionToken, ...attempt } = row;
    const identity = attemptIdentity(stateHash);
    const token = this.#keys.open({ keyId, bytes: interactionToken }, identity.interactionToken);
    return {
      ...attempt,
      discordName: this.#keys.open({ keyId, bytes: discordName }, identity.discordName),
      interaction: { applicationId, token },
    };
  }

  /** Returns how many were forgotten. */
  async forgetExpired(now: Date): Promise<number> {
    const gone = await this.#database.run((db) =>
      db.delete(attempts).where(lte(attempts.expiresAt, now)).returning({ stateHash: attempts.stateHash }),
    );
    return gone.length;
  }
}
