import type { War } from "./war.js";

/** Where somebody is in voice; "out": nowhere; "unknown": Discord does not tell. */
export type VoicePlace = { readonly channelId: string } | "out" | "unknown";

/** Asks Discord where somebody is in voice. Never rejects. */
export type VoiceProbe = (guildId: string, personId: string, signal: AbortSignal) => Promise<VoicePlace>;

/** A scheduled event of Discord's as it is to be. */
export interface EventShown {
  readonly name: string;
  readonly description: string;
  /** Where it takes place, as a text. */
  readonly location: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** How a change of Discord's scheduled events ended. */
export type EventOutcome =
  | { readonly kind: "done"; readonly eventId: string }
  /** Nobody has to try again: a permission is missing, the server has as many as there may be, or the event is gone. */
  | { readonly kind: "refused"; readonly reason: "permission.create-events" | "full" | "gone" | "refused" }
  /** It was not done for sure. */
  | { readonly kind: "away" }
  /** It may have been done. */
  | { readonly kind: "unclear" };

/** Discord's scheduled events. Nothing of it rejects. */
export interface ScheduledEvents {
  create(guildId: string, event: EventShown): Promise<EventOutcome>;
  /** One of the bot's own of this name and start, which an earlier try may have made; "away": nobody knows. */
  find(guildId: string, event: EventShown): Promise<{ readonly eventId: string | undefined } | "away">;
  edit(guildId: string, eventId: string, event: EventShown): Promise<EventOutcome>;
  /** It will not be, or is over. */
  end(guildId: string, eventId: string): Promise<EventOutcome>;
}

/** What the scheduled event of a war says, in the language of its messages. */
export type EventText = (war: War) => Pick<EventShown, "name" | "description" | "location">;
