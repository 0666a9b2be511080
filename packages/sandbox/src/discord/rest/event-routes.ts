import {
  GuildScheduledEventEntityType as EntityType,
  GuildScheduledEventPrivacyLevel as Privacy,
  GuildScheduledEventStatus as Status,
  PermissionFlagsBits as Permission,
} from "discord-api-types/v10";
import { z } from "zod";
import type { Core } from "../core.js";
import { apiErrors, invalidForm } from "../errors.js";
import { guildPermissions } from "../permissions.js";
import type { ScheduledEvent } from "../entities.js";
import { isOpen, mayBecome, MOST_EVENTS, statusAt } from "../scheduled-events.js";
import { maybe, text, timestamp } from "../validation/fields.js";
import { parseForm } from "../validation/form.js";
import { wire } from "../wire.js";
import type { Guild } from "../world.js";
import type { Access } from "./access.js";
import { noContent, ok, type Route } from "./router.js";

const fields = {
  name: text(1, 100),
  description: text(1, 1_000).nullish(),
  scheduled_start_time: timestamp,
  scheduled_end_time: timestamp,
  privacy_level: z.literal(Privacy.GuildOnly),
  entity_type: z.literal(EntityType.External),
  entity_metadata: z.object({ location: text(1, 100) }),
  channel_id: z.null().optional(),
};
const newEvent = z.object(fields);
const eventChanges = z.object({
  name: maybe(fields.name),
  description: fields.description,
  scheduled_start_time: maybe(timestamp),
  scheduled_end_time: maybe(timestamp),
  entity_metadata: maybe(fields.entity_metadata),
  status: maybe(z.enum(Status)),
});

/** Scheduled events of guilds: those that take place somewhere else than in a channel. */
export function eventRoutes({ world, clock, ids }: Core, access: Access): Route[] {
  const need = (guild: Guild, permission: bigint) => {
    if ((guildPermissions(guild, world.bot) & permission) === 0n) throw apiErrors.missingPermissions();
  };
  const find = (guild: Guild, id: string): ScheduledEvent => {
    const event = guild.events.get(id);
    if (event === undefined) throw apiErrors.unknownEvent();
    return event;
  };
  /** One's own takes what making them takes; those of others take more. */
  const needFor = (guild: Guild, { creator }: ScheduledEvent) => {
    need(guild, creator === world.bot ? Permission.CreateEvents | Permission.ManageEvents : Permission.ManageEvents);
  };
  const check = (startsAt: number, endsAt: number) => {
    const issue = (field: string, code: string, message: string) => invalidForm([{ path: [field], code, message }]);
    if (startsAt <= clock.now())
      throw issue("scheduled_start_time", "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST", "Cannot schedule event in the past.");
    if (endsAt <= startsAt)
      throw issue("scheduled_end_time", "GUILD_SCHEDULED_EVENT_END_BEFORE_START", "Must end after it starts.");
  };
  const shown = (guild: Guild, event: ScheduledEvent) => wire.scheduledEvent(guild, event, clock.now());
  const route = (method: string, path: string, handle: Route["handle"]): Route => ({
    method,
    path: `/guilds/:guild/scheduled-events${path}`,
    auth: true,
    handle,
  });
  return [
    route("GET", "", (_, id = "") => {
      const guild = access.guild(id);
      const open = [...guild.events.values()].filter((event) => isOpen(event, clock.now()));
      return ok(open.map((event) => shown(guild, event)));
    }),
    route("POST", "", ({ json }, id = "") => {
      const guild = access.guild(id);
      need(guild, Permission.CreateEvents);
      const form = parseForm(newEvent, json);
      const [startsAt, endsAt] = [Date.parse(form.scheduled_start_time), Date.parse(form.scheduled_end_time)];
      check(startsAt, endsAt);
      if ([...guild.events.values()].filter((one) => isOpen(one, clock.now())).length >= MOST_EVENTS)
        throw apiErrors.tooManyEvents();
      const event: ScheduledEvent = {
        ...{ id: ids.next(), creator: world.bot, name: form.name, description: form.description ?? null },
        ...{ location: form.entity_metadata.location, startsAt, endsAt, status: Status.Scheduled },
      };
      guild.events.set(event.id, event);
      return ok(shown(guild, event));
    }),
    route("GET", "/:event", (_, id = "", eventId = "") => {
      const guild = access.guild(id);
      return ok(shown(guild, find(guild, eventId)));
    }),
    route("PATCH", "/:event", ({ json }, id = "", eventId = "") => {
      const guild = access.guild(id);
      const event = find(guild, eventId);
      needFor(guild, event);
      const form = parseForm(eventChanges, json);
      const status = statusAt(event, clock.now());
      if (!isOpen(event, clock.now()) || (form.status !== undefined && !mayBecome(status, form.status)))
        throw apiErrors.eventIsOver();
      const startsAt = form.scheduled_start_time === undefined ? event.startsAt : Date.parse(form.scheduled_start_time);
      const endsAt = form.scheduled_end_time === undefined ? event.endsAt : Date.parse(form.scheduled_end_time);
      if (startsAt !== event.startsAt || endsAt !== event.endsAt) check(startsAt, endsAt);
      Object.assign(event, {
        ...{
          startsAt,
          endsAt,
          name: form.name ?? event.name,
          location: form.entity_metadata?.location ?? event.location,
        },
        ...(form.description !== undefined && { description: form.description }),
        ...(form.status !== undefined && { status: form.status }),
      });
      return ok(shown(guild, event));
    }),
    route("DELETE", "/:event", (_, id = "", eventId = "") => {
      const guild = access.guild(id);
      needFor(guild, find(guild, eventId));
      guild.events.delete(eventId);
      return noContent;
    }),
  ];
}
