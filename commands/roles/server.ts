import { UserError, type Context } from "../../src/kernel/index.js";
import type { ClanKey, Failure, Officer, RoleMapping } from "../../src/roles/index.js";
import { clansOf } from "../../src/roles/index.js";
import { ownClan } from "../clan/roster.js";
import { findClanId } from "../options/clan.js";

/** @throws UserError where there is no server */
export function serverOf({ guildId }: Pick<Context, "guildId">): string {
  if (guildId === undefined) throw new UserError("error.server-only");
  return guildId;
}

export function officerOf({ userId, roleIds }: Pick<Context, "userId" | "roleIds">): Officer {
  return { userId, roleIds };
}

/**
 * The clan that a mapping is about: the named one, or the one that the server follows already, or the caller's own.
 * @throws UserError
 */
export async function mappedClan(
  named: string | undefined,
  region: string | undefined,
  mappings: readonly RoleMapping[],
  context: Context,
): Promise<ClanKey> {
  const where = region ?? context.region;
  if (named !== undefined) return { region: where, clanId: await findClanId(named, where, context) };
  const [only, ...others] = clansOf(mappings).filter((clan) => region === undefined || clan.region === region);
  if (only && others.length === 0) return only;
  const { clan: clanId, region: there } = await ownClan(region, {
    ...context,
    account: await context.requireAccount(),
  });
  return { region: there, clanId };
}

/** What Discord has said, for the one who asked. */
export function discordError(failure: Failure): UserError {
  return new UserError("error.discord-away", undefined, { cause: failure.cause });
}

/** A clan as people know it, without markup. */
export function clanLabel({ clanId, region }: ClanKey, { clans, t }: Pick<Context, "clans" | "t">): string {
  const clan = clans.find(clanId)?.clan;
  return clan ? `[${clan.tag}] ${clan.name} · ${region}` : `${t("watches.clan")} · ${region}`;
}

export const roleMention = (id: string) => `<@&${id}>`;
export const memberMention = (id: string) => `<@${id}>`;
