import type { Asker } from "@zonewire/stalcraft";
import type { Who } from "../kernel/context.js";

/** What a point counts that is spent on suggestions: people keep typing, and most of these are never shown. */
const TYPING_WEIGHT = 0.25;

/** On whose account the game's API is asked for somebody. */
export function askerOf({ userId, guildId, typing }: Who): Asker {
  return { person: userId, place: guildId, weight: typing ? TYPING_WEIGHT : 1 };
}
