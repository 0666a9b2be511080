import { LRUCache } from "lru-cache";
import type { Logger } from "pino";
import { within, type Clock } from "../time.js";
import type { Interaction } from "./interaction.js";
import { LOCALES, type Locale } from "./locale.js";

/** What was chosen for a server; null: not chosen. The bot adds its own choices, with `declare module`. */
export interface ServerPreferences {
  /** One of our languages; anything else counts as not chosen. */
  readonly language: string | null;
}

/** What somebody chose for themselves. */
export interface PersonPreferences extends ServerPreferences {
  /** Whether they want even public answers for themselves alone. */
  readonly privateAnswers: boolean | null;
}

/** What follows from the bot's own choices. The bot says what it is, with `declare module`; it is part of every context. */
export interface Personal {}

/** What is known of a caller; undefined: nothing was ever chosen. */
export interface Chosen {
  readonly person: PersonPreferences | undefined;
  readonly server: ServerPreferences | undefined;
  /** Theirs, whether they chose it or Discord tells it. */
  readonly locale: Locale;
}

/** Where preferences are read from. May be slow, and may fail. */
export interface Preferences {
  readonly people: { get(userId: string): Promise<PersonPreferences | undefined> };
  readonly servers: { get(guildId: string): Promise<ServerPreferences | undefined> };
}

/** The caller, their place, and what follows from their own preferences and the server's. */
export interface Caller {
  readonly userId: string;
  readonly userName: string;
  readonly guildId: string | undefined;
  /** What they have in the server. */
  readonly standing: Standing;
  readonly locale: Locale;
  readonly privateAnswers: boolean;
  readonly personal: Personal;
}

type Standing = Pick<Interaction, "inBotsServer" | "permissions" | "roleIds">;
type Source = Pick<Interaction, "userId" | "userName" | "guildId" | "locale"> & Standing;

/** How long an answer may wait for preferences that were not read before. */
const PATIENCE_MS = 250;

export interface CallersOptions {
  /** Undefined: nobody has any. */
  readonly preferences: Preferences | undefined;
  readonly personal: (chosen: Chosen) => Personal;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Knows what callers prefer. Preferences are kept, and what is old is shown once more while it is read again: only
 * somebody new waits, for a moment, and has none where they cannot be read by then.
 */
export class Callers {
  readonly #people: Cached<PersonPreferences>;
  readonly #servers: Cached<ServerPreferences>;
  readonly #personal: CallersOptions["personal"];
  readonly #clock: Clock;

  constructor({ preferences, personal, clock, log }: CallersOptions) {
    const onFailure = (error: unknown) => {
      log.debug({ err: error }, "preferences could not be read");
    };
    this.#personal = personal;
    this.#clock = clock;
    this.#people = new Cached(async (id) => preferences?.people.get(id), clock, onFailure);
    this.#servers = new Cached(async (id) => preferences?.servers.get(id), clock, onFailure);
  }

  /** Never rejects. */
  async identify(source: Source): Promise<Caller> {
    const { userId, guildId } = source;
    const reading = [this.#people.ready(userId), guildId === undefined ? undefined : this.#servers.ready(guildId)];
    const missing = reading.filter((read) => read !== undefined);
    if (missing.length > 0) await this.#forAMoment(Promise.all(missing));
    return this.known(source);
  }

  /** By what has been read so far: first what the person chose, then the server, then what their client says. */
  known({ userId, userName, guildId, locale: spoken, inBotsServer, permissions, roleIds }: Source): Caller {
    const person = this.#people.peek(userId);
    const server = guildId === undefined ? undefined : this.#servers.peek(guildId);
    const locale = chosen(person?.language) ?? chosen(server?.language) ?? spoken;
    return {
      userId,
      userName,
      guildId,
      standing: { inBotsServer, permissions, roleIds },
      locale,
      privateAnswers: person?.privateAnswers ?? false,
      personal: this.#personal({ person, server, locale }),
    };
  }

  /** After a change. Rejects when the preferences cannot be read. */
  async reread(source: Source): Promise<Caller> {
    const { userId, guildId } = source;
    await Promise.all([this.#people.read(userId), ...(guildId === undefined ? [] : [this.#servers.read(guildId)])]);
    return this.known(source);
  }

  async #forAMoment(reading: Promise<unknown>): Promise<void> {
    await within(reading, PATIENCE_MS, this.#clock);
  }
}

function chosen(language: string | null | undefined): Locale | undefined {
  return LOCALES.find((locale) => locale === language);
}

/** After this, what is known is read again. */
const FRESH_MS = 30_000;
/** People, or servers, whose preferences are kept. */
const KEPT = 10_000;

/** What was read by id, the newest read of each. */
class Cached<T> {
  readonly #load: (id: string) => Promise<T | undefined>;
  readonly #clock: Clock;
  readonly #onFailure: (error: unknown) => void;
  readonly #known = new LRUCache<string, { readonly value: T | undefined; readonly readAt: number }>({ max: KEPT });
  readonly #reading = new Map<string, Promise<void>>();

  constructor(load: (id: string) => Promise<T | undefined>, clock: Clock, onFailure: (error: unknown) => void) {
    this.#load = load;
    this.#clock = clock;
    this.#onFailure = onFailure;
  }

  peek(id: string): T | undefined {
    return this.#known.get(id)?.value;
  }

  /** Undefined when something is known, and is read again behind the scenes if it is old. Never rejects. */
  ready(id: string): Promise<void> | undefined {
    const known = this.#known.get(id);
    if (known && Math.abs(this.#clock.now() - known.readAt) < FRESH_MS) return undefined;
    const reading = (this.#reading.get(id) ?? this.read(id)).catch(this.#onFailure);
    return known ? undefined : reading;
  }

  read(id: string): Promise<void> {
    const reading = this.#load(id).then(
      (value) => {
        if (this.#done(id, reading)) this.#known.set(id, { value, readAt: this.#clock.now() });
      },
      (error: unknown) => {
        this.#done(id, reading);
        throw error;
      },
    );
    this.#reading.set(id, reading);
    return reading;
  }

  /** False for a read that a later one has overtaken: it may have seen what was there before a change. */
  #done(id: string, reading: Promise<void>): boolean {
    return this.#reading.get(id) === reading && this.#reading.delete(id);
  }
}
