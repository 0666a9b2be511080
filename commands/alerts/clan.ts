import { card, COLOURS, defineSubcommand, escape, lines, UserError, type Context } from "../../src/kernel/index.js";
import { readRoster } from "../clan/roster.js";
import { checkedEvery } from "../format/cadence.js";
import { alertTarget, channelOption, targetOptions, type AlertTarget } from "../options/alert-target.js";
import { clanOption, findClanId } from "../options/clan.js";
import { regionOption } from "../options/region.js";
import { alertActions } from "../watches/alert-actions.js";

/** Posts what changes in a clan of one's own. */
export const clan = defineSubcommand({
  name: "clan",
  visibility: "private",
  permission: "manage-server",
  // The game shows a roster to the clan alone.
  access: "user",
  options: { clan: clanOption(), channel: channelOption(), region: regionOption(), ...targetOptions() },
  components: alertActions("server", "roster"),
  async run({ options: { clan: named, region, ...where } }, context) {
    const { t } = context;
    const clanId = await findClanId(named, region, context);
    const place = { clan: clanId, region };
    const roster = await readRoster({ ...place, sort: "rank", rank: undefined, absent: undefined }, context);
    const target = await alertTarget(where, context);
    await save(clanId, region, target, context);
    const { tag, name } = roster.clan;
    return {
      embeds: [
        card({
          title: t("roster.title", { tag: escape(tag), name: escape(name), region }),
          colour: COLOURS.good,
          description: lines(
            t("alerts.clan.saved", { channel: `<#${target.channel.id}>` }),
            where.role && t("watches.pings", { role: `<@&${where.role.id}>` }),
            t("alerts.clan.accounts"),
            t("alerts.clan.kept"),
          ),
          note: checkedEvery("roster", context),
        }),
      ],
    };
  },
});

/** There is one such alert for a clan in a channel: another one takes the place of the one before. */
async function save(clanId: string, region: string, { delivery }: AlertTarget, { watching }: Context) {
  const subject = { kind: "roster", region, clanId } as const;
  const added = await watching.add({ ...delivery, subject, rule: {}, alone: true });
  if (added.kind === "limit") throw new UserError("error.alert-limit", { limit: added.limit });
}
