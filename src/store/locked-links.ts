import { and, eq } from "drizzle-orm";
import type { Clock } from "../clock.js";
import type { Database, Db } from "./database.js";
import type { KeyRing } from "./encryption.js";
import { StoreUnavailableError } from "./errors.js";
import { asLink } from "./link-record.js";
import type { LockedLink } from "./records.js";
import { links } from "./schema.js";
import { openTokens, sealTokens, type LinkRow } from "./sealed-tokens.js";

/** Pauses before each further try to keep what a broken connection has lost. */
const TRY_AGAIN_MS = [0, 1_000, 2_000, 4_000, 8_000];

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
    let lastSave: Save | undefined;
    const onSave = (save: Save) => {
      lastSave = save;
    };
    try {
      await this.#database.holding(linkId, async (db) => {
        const [row] = await db.select().from(links).where(eq(links.id, linkId)).for("update");
        const locked = row && this.#locked(db, row, onSave);
        // A failed work, too, ends the transaction well: tokens that it has renewed are the only good ones.
        outcome = await outcomeOf(work(locked));
      });
    } catch (error) {
      if (!(error instanceof StoreUnavailableError) || !lastSave || !outcome) throw error;
      await this.#keep(lastSave, error);
    }
    if (!outcome) throw new Error("the work on a link was not done");
    if (!outcome.done) throw outcome.error;
    return outcome.value;
  }

  #locked(db: Db, row: LinkRow, onSave: (save: Save) => void): LockedLink {
    const save = (changes: Partial<LinkRow>): Promise<boolean> => {
      const apply: Save = (on) => update(on, row, changes);
      onSave(apply);
      return apply(db);
    };
    return {
      ...asLink(row),
      tokens: openTokens(this.#keys, row),
      save: (tokens) => save(sealTokens(this.#keys, row.id, tokens, new Date(this.#clock.now()))),
      markDead: () => save({ state: "dead" }),
    };
  }

  /** The connection broke with a change on it. It is done again, and does nothing when it was in fact committed. */
  async #keep(save: Save, reason: StoreUnavailableError): Promise<void> {
    for (const pause of TRY_AGAIN_MS) {
      if (pause > 0) await new Promise<void>((resolve) => this.#clock.setTimeout(resolve, pause));
      try {
        await this.#database.run(save);
        return;
      } catch (error) {
        if (!(error instanceof StoreUnavailableError)) throw error;
      }
    }
    throw reason;
  }
}

/** The sealed bytes are never the same twice: they say whether the row is still the one that was read. */
async function update(db: Db, { id, accessToken }: LinkRow, changes: Partial<LinkRow>): Promise<boolean> {
  const saved = await db
    .update(links)
    .set(changes)
    .where(and(eq(links.id, id), eq(links.accessToken, accessToken)))
    .returning({ id: links.id });
  return saved.length > 0;
}

function outcomeOf<T>(work: Promise<T>): Promise<Outcome<T>> {
  return work.then(
    (value) => ({ done: true, value }),
    (error: unknown) => ({ done: false, error }),
  );
}
