import { InteractionType } from "discord-api-types/v10";
import { installationOwners, type Interaction } from "./interaction.js";
import { largestFile } from "./rest/server.js";
import { contextOf } from "./visibility.js";
import { wire } from "./wire.js";
import type { World } from "./world.js";

/** The payload of INTERACTION_CREATE. @param now milliseconds since the Unix epoch */
export function interactionCreate(interaction: Interaction, applicationId: string, world: World, now: number): object {
  const { id, token, type, data, user, channel, locale, source } = interaction;
  const { guild } = channel;
  const permissions = world.permissions(user, channel).toString();
  const common = {
    id,
    application_id: applicationId,
    type,
    token,
    version: 1,
    data,
    locale,
    channel_id: channel.id,
    channel: guild ? { ...wire.channel(channel, now), permissions } : wire.channel(channel, now),
    app_permissions: world.permissions(world.bot, channel).toString(),
    attachment_size_limit: largestFile,
    entitlements: [],
    entitlement_sku_ids: [],
    authorizing_integration_owners: installationOwners(interaction),
    context: contextOf(channel, world),
    ...(source !== undefined && type !== InteractionType.ApplicationCommand
      ? { message: wire.message(source, world) }
      : {}),
  };
  if (guild === undefined) return { ...common, user: wire.user(user) };
  const member = { ...wire.member(world.requireMember(guild, user)), user: wire.user(user), permissions };
  return {
    ...common,
    guild_id: guild.id,
    guild_locale: guild.locale,
    guild: { id: guild.id, locale: guild.locale, features: [] },
    member,
  };
}
