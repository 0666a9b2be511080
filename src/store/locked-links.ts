import { and, eq, ne, or } from "drizzle-orm";
import { retrying, type Clock } from "../time.js";
import type { Database, Db } from "./database.js";
import type { KeyRing } from "./encryption.js";
import { StoreUnavailableError } from "./errors.js";
import { asLink } from "./link-record.js";
import type { LockedLink } from "./records.js";
import { links } from "./schema.js";
import { openTokens, sealTokens, type LinkRow } from "./sealed-tokens.js";
import { translated } from "./translated.js";

/** How often it is tried to keep what a broken connection has lost: for a quarter of a minute. */
const TRIES = 5;
const PAUSES = { first: 1_000, longest: 8_000 };

type Outcome<T> = { readonly done: true; readonly value: T } | { readonly done: false; readonly error: unknown };
/** Changes a row that is still the one that was read. False: it is not. */
type Save = (db: Db) => Promise<boolean>;

/** Work on one link at a time. */
export class LockedLinks {
  readonly #database: Database;
  readonly #keys: KeyRing;
  readonly #clock: Clock;

  constructor(database: Database, keys: KeyRing, clock: Clock) {
    this.#database = database;
    this.#keys = keys;
    this.#clock = clock;
  }

  async use<T>(linkId: string, work: (link: LockedLink | undefined) => Promise<T>): Promise<T> {
    let outcome: Outcome<T> | undefined;
    let saving: { readonly save: Save; lost?: StoreUnavailableError } | undefined;
    const attempt = async (db: Db, save: Save): Promise<boolean> => {
      const mine: typeof saving = { save };
      saving = mine;
      try {
        return await translated(() => save(db));
      } catch (error) {
        // It is kept below. Until then it counts as saved: what was renewed is the only good token there is.
        if (!(error instanceof StoreUnavailableError)) throw error;
        mine.lost = error;
        return true;
      }
    };
    let lost: unknown;
    try {
      await this.#database.holding(linkId, async (db) => {
        const [row] = await db.select().from(links).where(eq(links.id, linkId)).for("update");
        const locked = row && this.#locked(row, (save) => attempt(db, save));
        // A failed work, too, ends the transaction well: tokens that it has renewed are the only good ones.
        outcome = await outcomeOf(work(locked));
      });
    } catch (error) {
      if (!(error instanceof StoreUnavailableError) || !saving || !outcome) throw error;
      lost = error;
    }
    const reason = saving?.lost ?? lost;
    if (saving && reason !== undefined) await this.#keep(saving.save, reason);
    if (!outcome) throw new Error("the work on a link was not done");
    if (!outcome.done) throw outcome.error;
    return outcome.value;
  }

  #locked(row: LinkRow, attempt: (save: Save) => Promise<boolean>): LockedLink {
    const save = (changes: Partial<LinkRow>) => attempt((on) => update(on, row, changes));
    return {
      ...asLink(row),
      tokens: openTokens(this.#keys, row),
      save: (tokens) => save(sealTokens(this.#keys, row.id, tokens, new Date(this.#clock.now()))),
      markDead: () => save({ state: "dead" }),
    };
  }

  /** The connection broke with a change on it. It is done again, and does nothing when it was in fact committed. */
  async #keep(save: Save, reason: unknown): Promise<void> {
    let failures = 0;
    await retrying(() => this.#database.run(save), {
      ...PAUSES,
      clock: this.#clock,
      onFailure: (error) => {
        if (!(error instanceof StoreUnavailableError)) throw error;
        failures += 1;
        if (failures === TRIES) throw reason;
      },
    });
  }
}

/**
 * The sealed bytes are never the same twice: they say whether the row is still the one that was read. A rotation of keys
 * changes them too, and with them the key, but not when the tokens were stored.
 */
async function update(
  db: Db,
  { id, accessToken, keyId, refreshedAt }: LinkRow,
  changes: Partial<LinkRow>,
): Promise<boolean> {
  const resealed = and(ne(links.keyId, keyId), eq(links.refreshedAt, refreshedAt));
  const saved = await db
    .update(links)
    .set(changes)
    .where(and(eq(links.id, id), or(eq(links.accessToken, accessToken), resealed)))
    .returning({ id: links.id });
  return saved.length > 0;
}

function outcomeOf<T>(work: Promise<T>): Promise<Outcome<T>> {
  return work.then(
    (value) => ({ done: true, value }),
    (error: unknown) => ({ done: false, error }),
  );
}
