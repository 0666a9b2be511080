import type { Session } from "./session.js";

/** Those that lost their connection are kept for RESUME, this many at most. */
const ORPHAN_LIMIT = 500;

/** The sessions that clients have, with or without a connection. */
export class Sessions {
  readonly #now: () => number;
  readonly #lifeMs: number;
  readonly #sessions = new Map<string, Session>();

  /** @param lifeMs milliseconds that a session outlives its connection */
  constructor(now: () => number, lifeMs: number) {
    this.#now = now;
    this.#lifeMs = lifeMs;
  }

  /** How many have a connection. */
  get connected(): number {
    return [...this.#sessions.values()].filter(({ send }) => send !== undefined).length;
  }

  all(): readonly Session[] {
    this.#forgetOld();
    return [...this.#sessions.values()];
  }

  get(id: string): Session | undefined {
    this.#forgetOld();
    return this.#sessions.get(id);
  }

  add(session: Session): void {
    this.#sessions.set(session.id, session);
  }

  /** Its connection is gone: for a while a client may resume it. */
  cut(session: Session): void {
    session.send = undefined;
    session.cutAt = this.#now();
    const orphans = [...this.#sessions.values()].filter(({ send }) => send === undefined);
    for (const { id } of orphans.slice(0, -ORPHAN_LIMIT)) this.#sessions.delete(id);
  }

  /** Nobody resumes it any more. */
  end(session: Session): void {
    session.send = undefined;
    this.#sessions.delete(session.id);
  }

  clear(): void {
    this.#sessions.clear();
  }

  #forgetOld(): void {
    const before = this.#now() - this.#lifeMs;
    for (const [id, { cutAt }] of this.#sessions) if (cutAt !== undefined && cutAt < before) this.#sessions.delete(id);
  }
}
