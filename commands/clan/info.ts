import {
  button,
  callId,
  card,
  defineSubcommand,
  dotted,
  escape,
  row,
  time,
  type Context,
} from "../../src/kernel/index.js";
import type { Told } from "../../src/last-known.js";
import type { Clan } from "@zonewire/stalcraft";
import { clanOption, findClanId } from "../options/clan.js";
import { regionOption } from "../options/region.js";
import { allianceName } from "../format/alliance.js";
import { underWarning } from "../format/last-known.js";
import { dataAge } from "../format/moment.js";
import { members } from "./members.js";

export const info = defineSubcommand({
  name: "info",
  visibility: "public",
  options: { clan: clanOption(), region: regionOption() },
  async run({ options: { clan, region } }, context) {
    const id = await findClanId(clan, region, context);
    const buttons = membersButtons(id, region, context);
    return {
      embeds: [await readClanCard(id, region, context)],
      components: buttons.length > 0 ? [row(...buttons)] : [],
    };
  },
});

/** The card of a clan. */
export async function readClanCard(id: string, region: string, context: Context) {
  return clanCard(await context.known.clan(region, id, { signal: context.signal }), region, context);
}

/** For everybody: each is shown the members, or told why not, in a private answer. */
export function membersButtons(clan: string, region: string, { t }: Pick<Context, "t">) {
  const customId = callId({ command: "clan members", action: members.action, options: { clan, region } }, undefined);
  return customId === undefined ? [] : [button({ label: t("clan.members"), customId })];
}

function clanCard({ value: clan, outage }: Told<Clan>, region: string, context: Context) {
  const { t, number } = context;
  const place = placeOf(clan, region, context);
  return card({
    title: t("clan.title", { tag: escape(clan.tag), name: escape(clan.name) }),
    description: underWarning(escape(clan.description), outage, clan.receivedAt, context),
    note: dataAge(clan.receivedAt, context),
    fields: [
      {
        name: t("clan.level"),
        value: t("clan.level-points", { level: number(clan.level), points: number(clan.levelPoints) }),
        inline: true,
      },
      place === undefined ? undefined : { name: t("clan.place"), value: place, inline: true },
      { name: t("clan.alliance"), value: allianceName(clan.alliance, context), inline: true },
      { name: t("clan.members"), value: number(clan.memberCount), inline: true },
      { name: t("clan.leader"), value: escape(clan.leader), inline: true },
      {
        name: t("clan.registered"),
        value: dotted(time(clan.registrationTime, "D"), time(clan.registrationTime, "R")),
        inline: true,
      },
      { name: t("clan.region"), value: region, inline: true },
    ],
  });
}

/** Where it stands among the clans of its region; undefined until all of them are known. */
function placeOf({ id }: Clan, region: string, { t, number, clans }: Context): string | undefined {
  const list = clans.peek(region);
  const index = list?.complete ? list.clans.findIndex((clan) => clan.id === id) : -1;
  return list && index >= 0 ? t("clan.place-of", { place: number(index + 1), clans: number(list.total) }) : undefined;
}
