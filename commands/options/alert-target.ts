import type { NewWatch } from "../../src/watch/index.js";
import {
  localeOf,
  optionalBoolean,
  optionalRole,
  requiredChannel,
  UserError,
  type ChosenChannel,
  type ChosenRole,
  type Context,
  type Locale,
  type WritableChannel,
} from "../../src/kernel/index.js";

/** Where the alerts of a server go: the first options of whatever makes some. */
export function channelOption() {
  return requiredChannel();
}

/** The others: which role is pinged, and whether announcements are published. */
export function targetOptions() {
  return { role: optionalRole(), publish: optionalBoolean() };
}

export interface TargetOptions {
  readonly channel: ChosenChannel;
  readonly role: ChosenRole | undefined;
  readonly publish: boolean | undefined;
}

/** A channel in which alerts arrive, and what of a watch follows from it. */
export interface AlertTarget {
  readonly channel: WritableChannel;
  readonly guildId: string;
  readonly locale: Locale;
  readonly delivery: Pick<NewWatch, "ownerId" | "guildId" | "target" | "roleId" | "crosspost" | "silent" | "locale">;
}

/**
 * The channel that somebody chose for alerts, once it is certain that the bot can write there.
 * @throws UserError that says what is in the way
 */
export async function alertTarget({ channel, role, publish }: TargetOptions, context: Context): Promise<AlertTarget> {
  const { guildId, userId } = context;
  if (guildId === undefined) throw new UserError("error.server-only");
  const writable = await context.channels.require(channel, context, role);
  const locale = await languageOf(guildId, context);
  return {
    channel: writable,
    guildId,
    locale,
    delivery: {
      ownerId: userId,
      guildId,
      target: `channel:${writable.id}`,
      roleId: role?.id ?? null,
      crosspost: publish === true && writable.kind === "announcement",
      silent: false,
      locale,
    },
  };
}

/** The server's own, or else that of the one who sets it up. */
async function languageOf(guildId: string, { store, locale }: Context): Promise<Locale> {
  const language = (await store.servers.get(guildId))?.language;
  return language ? localeOf(language) : locale;
}
