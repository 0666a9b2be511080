import {
  card,
  COLOURS,
  defineSubcommand,
  escape,
  lines,
  requiredRole,
  UserError,
  type Context,
} from "../../src/kernel/index.js";
import type { ClanKey, MapResult } from "../../src/roles/index.js";
import { optionalClanOption } from "../options/clan.js";
import { namedRegionOption } from "../options/region.js";
import { doubtText } from "./doubt.js";
import { isKnownRank, mappedRank, rankOption } from "./rank.js";
import { clanLabel, discordError, mappedClan, officerOf, roleMention, serverOf } from "./server.js";
import { roleWhy } from "./why.js";

/** A rank gives a role from now on. */
export const map = defineSubcommand({
  name: "map",
  visibility: "private",
  permission: "manage-roles",
  options: { rank: rankOption(), role: requiredRole(), clan: optionalClanOption(), region: namedRegionOption() },
  async run({ options: { rank, role, clan: named, region } }, context) {
    const { t, roles, signal } = context;
    const guildId = serverOf(context);
    const clan = await mappedClan(named, region, await roles.mappings(guildId), context);
    const mapping = { ...clan, rank, roleId: role.id };
    const result = await roles.map(guildId, mapping, isKnownRank, officerOf(context), signal);
    if (result.kind !== "mapped") throw refusal(result, mapping, context);
    return {
      embeds: [
        card({
          title: escape(clanLabel(clan, context)),
          colour: COLOURS.good,
          description: lines(
            t("roles.mapped", { rank: mappedRank(rank, context), role: roleMention(role.id) }),
            t("roles.mapped-next"),
          ),
        }),
      ],
    };
  },
});

function refusal(
  result: Exclude<MapResult, { readonly kind: "mapped" }>,
  { rank, roleId, ...clan }: ClanKey & { readonly rank: string; readonly roleId: string },
  context: Context,
): UserError {
  const role = roleMention(roleId);
  switch (result.kind) {
    case "limit":
      return new UserError("error.roles-limit", { limit: result.limit });
    case "obstacle":
      return new UserError("error.roles-obstacle", { why: roleWhy(result.why, role, context) });
    case "too-high":
      return new UserError("error.roles-too-high", { role });
    case "stranger":
      return new UserError("error.roles-stranger");
    case "rank": {
      const ranks = result.ranks.map((one) => mappedRank(one, context)).join(", ");
      return new UserError("error.roles-rank", { rank: escape(rank), ranks });
    }
    case "unread":
      return new UserError("error.roles-obstacle", { why: doubtText({ ...clan, doubt: result.why }, context) });
    case "discord":
      return discordError(result.failure);
  }
}
