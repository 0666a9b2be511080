import { card, defineSubcommand, escape, time, type Context } from "../../src/kernel/index.js";
import type { Clan } from "../../src/stalcraft/index.js";
import { clanOption, findClanId } from "../options/clan.js";
import { regionOption } from "../options/region.js";
import { allianceName } from "../terms/alliance.js";
import { dataAge } from "../terms/moment.js";

export const info = defineSubcommand({
  name: "info",
  visibility: "public",
  options: { clan: clanOption(), region: regionOption() },
  async run({ options: { clan, region } }, context) {
    const id = await findClanId(clan, region, context);
    const found = await context.stalcraft.clans(region).getInfo(id, { signal: context.signal });
    return { embeds: [clanCard(found, region, context)] };
  },
});

function clanCard(clan: Clan, region: string, context: Context) {
  const { t, number } = context;
  return card({
    title: t("clan.title", { tag: escape(clan.tag), name: escape(clan.name) }),
    description: escape(clan.description),
    note: dataAge(clan.receivedAt, context),
    fields: [
      {
        name: t("clan.level"),
        value: t("clan.level-points", { level: number(clan.level), points: number(clan.levelPoints) }),
        inline: true,
      },
      { name: t("clan.alliance"), value: allianceName(clan.alliance, context), inline: true },
      { name: t("clan.members"), value: number(clan.memberCount), inline: true },
      { name: t("clan.leader"), value: escape(clan.leader), inline: true },
      {
        name: t("clan.registered"),
        value: `${time(clan.registrationTime, "D")} · ${time(clan.registrationTime, "R")}`,
        inline: true,
      },
      { name: t("clan.region"), value: region, inline: true },
    ],
  });
}
