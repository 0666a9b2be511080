import { AsyncLocalStorage } from "node:async_hooks";
import type { Interaction, UnreadableInteraction } from "../kernel/interaction.js";
import type { Asker } from "@zonewire/stalcraft";

/** What a point counts that is spent on suggestions: people keep typing, and most of these are never shown. */
const TYPING_WEIGHT = 0.25;

/** On whose account the game's API is asked: of the person whose interaction is being answered. */
export class Askers {
  readonly #current = new AsyncLocalStorage<Asker | undefined>();

  /** Does `work`, and takes every call that it makes, now or later, for the interaction's. */
  follow<T>(interaction: Interaction | UnreadableInteraction, work: () => T): T {
    return this.#current.run(askerOf(interaction), work);
  }

  /** The person and place of the current work; undefined: the bot itself. */
  current(): Asker | undefined {
    return this.#current.getStore();
  }
}

function askerOf(interaction: Interaction | UnreadableInteraction): Asker | undefined {
  if (interaction.kind === "unreadable") return undefined;
  const { userId, guildId, kind } = interaction;
  return { person: userId, place: guildId, weight: kind === "autocomplete" ? TYPING_WEIGHT : 1 };
}
