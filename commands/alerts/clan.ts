import { card, COLOURS, defineSubcommand, escape, lines, UserError, type Context } from "../../src/kernel/index.js";
import { subjectKey } from "../../src/watch/index.js";
import { readRoster } from "../clan/roster.js";
import { checkedEvery } from "../format/cadence.js";
import { alertTarget, channelOption, targetOptions, type AlertTarget } from "../options/alert-target.js";
import { clanOption, findClanId } from "../options/clan.js";
import { regionOption } from "../options/region.js";

/** Posts what changes in a clan of one's own. */
export const clan = defineSubcommand({
  name: "clan",
  visibility: "private",
  permission: "manage-server",
  // The game shows a roster to the clan alone.
  access: "user",
  options: { clan: clanOption(), channel: channelOption(), region: regionOption(), ...targetOptions() },
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
          ),
          note: checkedEvery("roster", context),
        }),
      ],
    };
  },
});

/** There is one such alert for a clan in a channel: another one takes the place of the one before. */
async function save(clanId: string, region: string, { guildId, delivery }: AlertTarget, { watching }: Context) {
  const scope = { guildId };
  const subject = { kind: "roster", region, clanId } as const;
  const key = subjectKey(subject).subject;
  const before = (await watching.list(scope)).filter(
    (watch) => watch.kind === "roster" && watch.subject === key && watch.target === delivery.target,
  );
  for (const watch of before) {
    const isSame =
      watch.roleId === delivery.roleId &&
      watch.crosspost === delivery.crosspost &&
      watch.locale === delivery.locale &&
      watch.ownerId === delivery.ownerId;
    if (!isSame) await watching.remove(watch.id, scope);
  }
  const added = await watching.add({ ...delivery, subject, rule: {} });
  if (added.kind === "limit") throw new UserError("error.alert-limit", { limit: added.limit });
}
