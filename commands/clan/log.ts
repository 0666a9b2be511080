import { z } from "zod";
import {
  card,
  definePager,
  defineSubcommand,
  escape,
  lines,
  page,
  stateOf,
  time,
  type View,
} from "../../src/kernel/index.js";
import type { StalcraftError } from "@zonewire/stalcraft";
import { rosterChange } from "../../src/watch/index.js";
import { optionalClanOption } from "../options/clan.js";
import { namedRegionOption } from "../options/region.js";
import { underWarning } from "../format/last-known.js";
import { rosterChangeLine } from "../format/roster-change.js";
import { bare, clanId } from "./clan-id.js";
import { namedClan, ownClan, readRoster, type ClanPlace, type Found, type WithAccount } from "./roster.js";

const PER_PAGE = 15;
/** As many as are kept. */
const MOST = 500;

const pager = definePager({
  command: "clan log",
  audience: "owner",
  access: "user",
  state: stateOf({ clan: clanId, region: z.string() }),
  show,
});

export const log = defineSubcommand({
  name: "log",
  // The game shows a roster to the clan alone.
  visibility: "private",
  access: "user",
  options: { clan: optionalClanOption(), region: namedRegionOption() },
  components: pager.components,
  modals: pager.modals,
  async run({ options: { clan, region } }, context) {
    const { outage, ...place }: Found =
      clan === undefined ? await ownClan(region, context) : await namedClan(clan, region ?? context.region, context);
    return show(place, 0, context, outage);
  },
});

async function show(place: ClanPlace, wanted: number, context: WithAccount, outage?: StalcraftError): Promise<View> {
  const { t, watching } = context;
  // Whoever may read the members may read what became of them.
  const roster = await readRoster({ ...place, sort: "rank", rank: undefined, absent: undefined }, context, outage);
  const { clan, region } = place;
  const entries = await watching.rosterLog(region, clan, MOST);
  const shown = page(entries, wanted, PER_PAGE);
  const described = shown.items.flatMap(({ at, change }) => {
    const read = rosterChange.safeParse(change);
    return read.success ? [`${time(at, "R")} ${rosterChangeLine(read.data, context)}`] : [];
  });
  const { name, tag } = roster.clan;
  return {
    embeds: [
      card({
        title: t("roster.title", { tag: escape(tag), name: escape(name), region }),
        description: underWarning(lines(...described) || t("roster.none"), roster.outage, roster.readAt, context),
        note: described.length > 0 ? t("roster.source") : undefined,
      }),
    ],
    components: pager.buttons(bare(place), shown, context),
  };
}
