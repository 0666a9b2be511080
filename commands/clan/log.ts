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
import { rosterChange } from "../../src/watch/index.js";
import { optionalClanOption } from "../options/clan.js";
import { namedRegionOption } from "../options/region.js";
import { underWarning } from "../format/last-known.js";
import { rosterChangeLine } from "../format/roster-change.js";
import { bare, clanId } from "./clan-id.js";
import { askedClan, readMembersOf, type Found, type WithAccount } from "./roster.js";

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
    return show(await askedClan(clan, region, context), 0, context);
  },
});

async function show(found: Found, wanted: number, context: WithAccount): Promise<View> {
  const { t, watching } = context;
  const roster = await readMembersOf(found, context);
  const { clan, region } = found;
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
    components: pager.buttons(bare({ clan, region }), shown, context),
  };
}
