import type { DiscordSimulator, Interaction } from "../discord/index.js";
import type { Began, Step } from "./page/protocol.js";
import { beganOf, discordStep, type Trail } from "./trail.js";

type Place = Pick<Interaction, "user" | "channel">;
type Listener = (event: Began | Step) => void;

/** Events kept of one person in one channel: those of about twenty commands. */
const MOST_EVENTS = 100;
/** Interactions whose further requests are still put with them. */
const MOST_INTERACTIONS = 200;

/** What each person in each channel lately caused to be asked of Discord and the game: told as it happens, and kept for a page that is loaded again. */
export class RequestMemory {
  readonly #events = new Map<string, (Began | Step)[]>();
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #interactions = new Map<string, { readonly place: string; readonly since: number }>();

  constructor(discord: DiscordSimulator, trail: Trail | undefined) {
    discord.subscribe((event) => {
      if (event.type === "interaction" && event.phase === "sent") this.#begin(event.interaction);
      if (event.type !== "request" || event.request.interactionId === undefined) return;
      const { interactionId: interaction } = event.request;
      const known = this.#interactions.get(interaction);
      if (known) this.#keep(known.place, discordStep(event.request, { interaction, since: known.since }));
    });
    trail?.subscribe((step) => {
      const known = this.#interactions.get(step.interaction);
      if (known) this.#keep(known.place, step);
    });
  }

  /** Calls `listener` for all that is asked from now on; the returned function ends it. */
  subscribe(place: Place, listener: Listener): () => void {
    const key = keyOf(place);
    const listeners = this.#listeners.get(key) ?? new Set();
    this.#listeners.set(key, listeners.add(listener));
    return () => {
      listeners.delete(listener);
    };
  }

  /** The oldest first. */
  of(place: Place): readonly (Began | Step)[] {
    return this.#events.get(keyOf(place)) ?? [];
  }

  #begin(interaction: Interaction) {
    const place = keyOf(interaction);
    this.#interactions.set(interaction.id, { place, since: interaction.createdAt });
    const [oldest] = this.#interactions.keys();
    if (this.#interactions.size > MOST_INTERACTIONS && oldest !== undefined) this.#interactions.delete(oldest);
    this.#keep(place, beganOf(interaction));
  }

  #keep(place: string, event: Began | Step) {
    this.#events.set(place, [...(this.#events.get(place) ?? []), event].slice(-MOST_EVENTS));
    for (const listener of this.#listeners.get(place) ?? []) listener(event);
  }
}

function keyOf({ user, channel }: Place): string {
  return `${user.id} ${channel.id}`;
}
