import {
  GuildScheduledEventEntityType,
  GuildScheduledEventPrivacyLevel,
  GuildScheduledEventStatus,
} from "discord-api-types/v10";
import { DiscordAPIError, Routes, type REST } from "discord.js";
import { z } from "zod";
import { truncate } from "./embed.js";
import { failureOf, type Failed } from "./messages/refusals.js";

/** An event that takes place somewhere else than in a channel: Discord starts and ends it by itself. */
export interface EventShown {
  readonly name: string;
  readonly description: string;
  readonly location: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

export type EventOutcome =
  | { readonly kind: "done"; readonly eventId: string }
  /** "permission.create-events": the bot may not make any; "full": the server has a hundred; "gone": there is no such event. */
  | { readonly kind: "refused"; readonly reason: "permission.create-events" | "full" | "gone" | "refused" }
  /** It was not done for sure. */
  | { readonly kind: "away" }
  /** It may have been done. */
  | { readonly kind: "unclear" };

const LENGTHS = { name: 100, description: 1_000, location: 100 };
const NO_SUCH_EVENT = 10_070;
const FULL = 30_038;
const NO_SUCH_STEP = 180_000;

const made = z.object({ id: z.string() });
const listed = z.array(
  z.looseObject({
    id: z.string(),
    name: z.string(),
    creator_id: z.string().nullish(),
    scheduled_start_time: z.string(),
    status: z.number(),
  }),
);
const described = z.object({ status: z.number() });

/** Scheduled events of servers. It never rejects: what went wrong is its answer. */
export class ScheduledEvents {
  readonly #rest: REST;
  #botId: string | undefined;

  constructor(rest: REST) {
    this.#rest = rest;
  }

  create(guildId: string, event: EventShown): Promise<EventOutcome> {
    return this.#try(async () => {
      const body = {
        ...bodyOf(event),
        channel_id: null,
        entity_type: GuildScheduledEventEntityType.External,
        privacy_level: GuildScheduledEventPrivacyLevel.GuildOnly,
      };
      return made.parse(await this.#rest.post(Routes.guildScheduledEvents(guildId), { body })).id;
    });
  }

  /** One of the bot's own of this name and start; "away": Discord does not tell. */
  async find(
    guildId: string,
    { name, startsAt }: EventShown,
  ): Promise<{ readonly eventId: string | undefined } | "away"> {
    try {
      const events = listed.parse(await this.#rest.get(Routes.guildScheduledEvents(guildId)));
      this.#botId ??= made.parse(await this.#rest.get(Routes.user())).id;
      const found = events.find(
        (event) =>
          event.creator_id === this.#botId &&
          event.name === truncate(name, LENGTHS.name) &&
          Date.parse(event.scheduled_start_time) === startsAt.getTime(),
      );
      return { eventId: found?.id };
    } catch (error) {
      return failureOf(error).kind === "refused" ? { eventId: undefined } : "away";
    }
  }

  edit(guildId: string, eventId: string, event: EventShown): Promise<EventOutcome> {
    return this.#try(async () => {
      await this.#rest.patch(Routes.guildScheduledEvent(guildId, eventId), { body: bodyOf(event) });
      return eventId;
    });
  }

  /** Cancelled before it begins, over afterwards; nothing happens where it is one of them already. */
  end(guildId: string, eventId: string): Promise<EventOutcome> {
    const route = Routes.guildScheduledEvent(guildId, eventId);
    return this.#try(async () => {
      const { status } = described.parse(await this.#rest.get(route));
      const next = ENDS.get(status);
      if (next !== undefined) await this.#rest.patch(route, { body: { status: next } });
      return eventId;
    });
  }

  async #try(request: () => Promise<string>): Promise<EventOutcome> {
    try {
      return { kind: "done", eventId: await request() };
    } catch (error) {
      return outcomeOf(failureOf(error));
    }
  }
}

/** Events go from scheduled to active and over, or from scheduled to cancelled; no other way. */
const ENDS: ReadonlyMap<number, number> = new Map([
  [GuildScheduledEventStatus.Scheduled, GuildScheduledEventStatus.Canceled],
  [GuildScheduledEventStatus.Active, GuildScheduledEventStatus.Completed],
]);

function bodyOf({ name, description, location, startsAt, endsAt }: EventShown) {
  return {
    name: truncate(name, LENGTHS.name),
    description: truncate(description, LENGTHS.description),
    entity_metadata: { location: truncate(location, LENGTHS.location) },
    scheduled_start_time: startsAt.toISOString(),
    scheduled_end_time: endsAt.toISOString(),
  };
}

function outcomeOf(failed: Failed): EventOutcome {
  if (failed.kind === "unclear") return { kind: "unclear" };
  if (failed.kind !== "refused") return { kind: "away" };
  const code = failed.cause instanceof DiscordAPIError ? Number(failed.cause.code) : undefined;
  if (code === NO_SUCH_EVENT || code === NO_SUCH_STEP) return { kind: "refused", reason: "gone" };
  if (code === FULL) return { kind: "refused", reason: "full" };
  const lacks = failed.reason === "permission" || failed.reason === "hidden";
  return { kind: "refused", reason: lacks ? "permission.create-events" : "refused" };
}
