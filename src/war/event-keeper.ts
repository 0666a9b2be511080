import type { WarStore } from "../store/index.js";
import { MINUTE_MS } from "../time.js";
import type { EventShown, EventText, ScheduledEvents } from "./ports.js";
import type { War } from "./war.js";

interface EventKeeperOptions {
  readonly store: Pick<WarStore, "events">;
  readonly events: ScheduledEvents;
  readonly text: EventText;
}

/** Discord takes no event that begins at once. */
const SHORTEST_MS = MINUTE_MS;

/** Keeps the scheduled events of wars as they should be: made with the sign-up message, moved along, ended when cancelled. */
export class EventKeeper {
  readonly #options: EventKeeperOptions;

  constructor(options: EventKeeperOptions) {
    this.#options = options;
  }

  /** False: it has to be tried again. */
  async keep(war: War, at: number): Promise<boolean> {
    const { store, events } = this.#options;
    if (!war.terms.scheduledEvent && war.eventId === null) return true;
    const known = await store.events.of(war.id);
    if (!known || known.isEnded) return true;
    const { eventId } = known;
    if (war.state === "cancelled" || !war.terms.scheduledEvent) {
      if (eventId === null) return true;
      const ended = await events.end(war.guildId, eventId);
      if (ended.kind !== "done" && ended.kind !== "refused") return false;
      await store.events.ends(war.id);
      return true;
    }
    // From then on Discord starts and ends it by itself.
    if (war.startsAt.getTime() - at < SHORTEST_MS) return true;
    const shown: EventShown = { ...this.#options.text(war), startsAt: war.startsAt, endsAt: war.endsAt };
    if (eventId === null) return this.#make(war, shown, known.isUnsure);
    if (known.shownStart?.getTime() === war.startsAt.getTime()) return true;
    const edited = await events.edit(war.guildId, eventId, shown);
    if (edited.kind === "done") await store.events.shows(war.id, eventId, war.startsAt);
    // Somebody has deleted it, which is up to them.
    else if (edited.kind === "refused") await store.events.fails(war.id, edited.reason);
    else return false;
    return true;
  }

  async #make(war: War, shown: EventShown, isUnsure: boolean): Promise<boolean> {
    const { store, events } = this.#options;
    if (isUnsure) {
      const found = await events.find(war.guildId, shown);
      if (found === "away") return false;
      if (found.eventId !== undefined) {
        await store.events.shows(war.id, found.eventId, war.startsAt);
        return true;
      }
    }
    await store.events.begins(war.id);
    const made = await events.create(war.guildId, shown);
    if (made.kind === "done") await store.events.shows(war.id, made.eventId, war.startsAt);
    else if (made.kind === "refused") await store.events.fails(war.id, made.reason);
    else return false;
    return true;
  }
}
