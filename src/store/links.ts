import { randomUUID } from "node:crypto";
import { and, asc, count, desc, eq, notInArray, type SQL } from "drizzle-orm";
import type { Clock } from "../time.js";
import type { Database } from "./database.js";
import type { KeyRing } from "./encryption.js";
import { asLink } from "./link-record.js";
import { LockedLinks } from "./locked-links.js";
import { lockPerson } from "./people.js";
import type { ExboAccount, Link, LinkedCharacter, LockedLink, ReadLink, Tokens } from "./records.js";
import { links } from "./schema.js";
import { openTokens, sealTokens, type LinkRow } from "./sealed-tokens.js";

/** Linked EXBO accounts. */
export class Links {
  readonly #database: Database;
  readonly #keys: KeyRing;
  readonly #clock: Clock;
  readonly #locked: LockedLinks;

  constructor(database: Database, keys: KeyRing, clock: Clock) {
    this.#database = database;
    this.#keys = keys;
    this.#clock = clock;
    this.#locked = new LockedLinks(database, keys, clock);
  }

  /** A person's links: the main one first, then the oldest first. */
  async of(discordId: string): Promise<Link[]> {
    return (await this.readableOf(discordId)).map(({ link }) => link);
  }

  /** The same with their tokens. */
  async readableOf(discordId: string): Promise<ReadLink[]> {
    return (await this.#rows(eq(links.discordId, discordId))).map((row) => this.#read(row));
  }

  /** A person's main link. */
  async main(discordId: string): Promise<ReadLink | undefined> {
    const [row] = await this.#rows(eq(links.discordId, discordId), 1);
    return row && this.#read(row);
  }

  async get(linkId: string): Promise<Link | undefined> {
    return (await this.readable(linkId))?.link;
  }

  async readable(linkId: string): Promise<ReadLink | undefined> {
    const [row] = await this.#rows(eq(links.id, linkId));
    return row && this.#read(row);
  }

  async byExboId(exboId: string): Promise<Link | undefined> {
    const [row] = await this.#rows(eq(links.exboId, exboId));
    return row && asLink(row);
  }

  /**
   * Links an account to a person, or renews the tokens of the link that they have. A person's first link is the main
   * one. "taken": another Discord user has linked this account, and nothing was stored.
   * @throws KeyMissingError when there is no key to seal with
   */
  async insertOrRenew(link: {
    readonly discordId: string;
    readonly account: ExboAccount;
    readonly tokens: Tokens;
  }): Promise<"linked" | "renewed" | "taken"> {
    const { discordId, account, tokens } = link;
    return this.#database.transaction(async (tx) => {
      await lockPerson(tx, discordId);
      const id = randomUUID();
      const [main] = await tx.select({ id: links.id }).from(links).where(mainOf(discordId));
      const inserted = await tx
        .insert(links)
        .values({
          ...account,
          ...sealTokens(this.#keys, id, tokens, this.#now()),
          id,
          discordId,
          isMain: main === undefined,
          linkedAt: this.#now(),
        })
        .onConflictDoNothing({ target: links.exboId })
        .returning({ id: links.id });
      if (inserted.length > 0) return "linked";
      const [there] = await tx.select().from(links).where(eq(links.exboId, account.exboId)).for("update");
      // Gone again since the insertion met it: then it belonged to somebody else, for we hold this person.
      if (there?.discordId !== discordId) return "taken";
      await tx
        .update(links)
        .set({ ...sealTokens(this.#keys, there.id, tokens, this.#now()), login: account.login })
        .where(eq(links.id, there.id));
      return "renewed";
    });
  }

  /**
   * Undefined: no such link.
   * @throws KeyMissingError, SealBrokenError
   */
  async tokens(linkId: string): Promise<Tokens | undefined> {
    return (await this.readable(linkId))?.tokens();
  }

  /**
   * Works on one link while nobody else does, in this process or another; undefined: no such link. Others wait, so the
   * work must be bounded (10 seconds). What it saves stays, even when it fails afterwards, and is saved again when the
   * connection breaks under it; its error is passed on. It must not change this link by the store's other functions:
   * they would wait for it.
   * @throws KeyMissingError, SealBrokenError
   */
  async withRow<T>(linkId: string, work: (link: LockedLink | undefined) => Promise<T>): Promise<T> {
    return this.#locked.use(linkId, work);
  }

  /** False: the person has no such link. */
  async chooseMain(discordId: string, linkId: string): Promise<boolean> {
    return this.#database.transaction(async (tx) => {
      await lockPerson(tx, discordId);
      const [chosen] = await tx.select({ id: links.id }).from(links).where(owned(discordId, linkId));
      if (!chosen) return false;
      await tx.update(links).set({ isMain: false }).where(mainOf(discordId));
      await tx.update(links).set({ isMain: true }).where(eq(links.id, linkId));
      return true;
    });
  }

  /** Null: no main character. False: the person has no such link. */
  async chooseCharacter(discordId: string, linkId: string, character: LinkedCharacter | null): Promise<boolean> {
    const changed = await this.#database.run((db) =>
      db
        .update(links)
        .set({
          characterId: character?.id ?? null,
          characterName: character?.name ?? null,
          characterRegion: character?.region ?? null,
        })
        .where(owned(discordId, linkId))
        .returning({ id: links.id }),
    );
    return changed.length > 0;
  }

  /** When it was the main one, the oldest of the others takes its place. False: the person has no such link. */
  async remove(discordId: string, linkId: string): Promise<boolean> {
    return this.#database.transaction(async (tx) => {
      await lockPerson(tx, discordId);
      const [gone] = await tx.delete(links).where(owned(discordId, linkId)).returning({ isMain: links.isMain });
      if (gone?.isMain === true) {
        const [oldest] = await tx
          .select({ id: links.id })
          .from(links)
          .where(eq(links.discordId, discordId))
          .orderBy(asc(links.linkedAt), asc(links.id))
          .limit(1);
        if (oldest) await tx.update(links).set({ isMain: true }).where(eq(links.id, oldest.id));
      }
      return gone !== undefined;
    });
  }

  /** How many links there are, by their state. */
  async countByState(): Promise<Readonly<Record<Link["state"], number>>> {
    const rows = await this.#database.read((db) =>
      db.select({ state: links.state, count: count() }).from(links).groupBy(links.state),
    );
    return { live: 0, dead: 0, ...Object.fromEntries(rows.map(({ state, count }) => [state, count])) };
  }

  /** How many links are sealed with keys that the ring does not have. */
  async countUnreadable(): Promise<number> {
    const [row] = await this.#database.read((db) =>
      db
        .select({ count: count() })
        .from(links)
        .where(notInArray(links.keyId, [...this.#keys.ids])),
    );
    return row?.count ?? 0;
  }

  #rows(where: SQL, most?: number): Promise<LinkRow[]> {
    const order = [desc(links.isMain), asc(links.linkedAt), asc(links.id)];
    return this.#database.read((db) => {
      const query = db
        .select()
        .from(links)
        .where(where)
        .orderBy(...order);
      return most === undefined ? query : query.limit(most);
    });
  }

  #read(row: LinkRow): ReadLink {
    return { link: asLink(row), tokens: () => openTokens(this.#keys, row) };
  }

  #now(): Date {
    return new Date(this.#clock.now());
  }
}

const owned = (discordId: string, linkId: string) => and(eq(links.discordId, discordId), eq(links.id, linkId));
const mainOf = (discordId: string) => and(eq(links.discordId, discordId), links.isMain);
