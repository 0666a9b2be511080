import { z } from "zod";
import {
  button,
  defineComponent,
  definePager,
  defineSubcommand,
  menu,
  optionalChoice,
  row,
  stateOf,
  type Context,
  type View,
} from "../../src/kernel/index.js";
import type { StalcraftError } from "@zonewire/stalcraft";
import { optionalClanOption } from "../options/clan.js";
import { namedRegionOption } from "../options/region.js";
import { plainRankName, RANKS } from "../format/rank.js";
import { rosterCard } from "./members-card.js";
import {
  namedClan,
  ownClan,
  readRoster,
  type Found,
  type Roster,
  type Selection,
  type WithAccount,
} from "./read-roster.js";
import { rosterFile } from "./roster-csv.js";
import { ranksOf, SORTS } from "./roster.js";

const COMMAND = "clan members";
const PER_PAGE = 15;
/** What the menu has besides the ranks. */
const ALL = "all";
/** Ranks travel in the ids of buttons; a longer one that is new to us is shown, but cannot be chosen. */
const RANK_LENGTH = 9;

const clan = z.string().transform(dashed);
const region = z.string();
const sort = z.enum(SORTS);
const rank = z.string().optional();
const page = z.coerce.number().int().nonnegative();

/** Writes a selection without the dashes of the clan's id: all of it has to fit into 100 characters. */
function bare<T extends { readonly clan: string }>(state: T): T {
  return { ...state, clan: state.clan.replaceAll("-", "") };
}

function dashed(id: string): string {
  return id.replace(/^(\w{8})(\w{4})(\w{4})(\w{4})(\w{12})$/, "$1-$2-$3-$4-$5");
}

const common = { command: COMMAND, audience: "owner", access: "user" } as const;

const pager = definePager({
  ...common,
  state: stateOf({ clan, region, sort, rank }),
  show,
});

const chooseRank = defineComponent({
  ...common,
  action: "rank",
  state: stateOf({ clan, region, sort }),
  run: ({ state, values: [chosen] }, context) =>
    show({ ...state, rank: chosen === ALL ? undefined : chosen }, 0, context),
});

const reorder = defineComponent({
  ...common,
  action: "sort",
  state: stateOf({ clan, region, sort, rank }),
  run: ({ state }, context) => show(state, 0, context),
});

const exportFile = defineComponent({
  ...common,
  action: "csv",
  state: stateOf({ clan, region, sort, rank, page }),
  async run({ state }, context) {
    const roster = await readRoster(state, context);
    return {
      ...view(roster, state, state.page, context),
      files: [rosterFile(roster.clan, roster.shown, state.region, roster.logins, context)],
    };
  },
});

export const members = defineSubcommand({
  name: "members",
  // The game shows a roster to the clan alone.
  visibility: "private",
  access: "user",
  options: {
    clan: optionalClanOption(),
    region: namedRegionOption(),
    sort: optionalChoice([
      { value: "rank", name: "members.sort-rank" },
      { value: "name", name: "members.sort-name" },
      { value: "joined", name: "members.sort-joined" },
      { value: "seen", name: "members.sort-seen" },
    ]),
    rank: optionalChoice([...RANKS].reverse().map(([value, name]) => ({ value, name }))),
  },
  components: [chooseRank, reorder, exportFile, ...pager.components],
  modals: pager.modals,
  async run({ options: { clan: asked, region: where, sort: order = "rank", rank: only } }, context) {
    const { outage, ...found }: Found =
      asked === undefined ? await ownClan(where, context) : await namedClan(asked, where ?? context.region, context);
    return show({ ...found, sort: order, rank: only }, 0, context, outage);
  },
});

async function show(
  selection: Selection,
  wanted: number,
  context: WithAccount,
  outage?: StalcraftError,
): Promise<View> {
  return view(await readRoster(selection, context, outage), selection, wanted, context);
}

function view(roster: Roster, selection: Selection, wanted: number, context: Context): View {
  const { shown } = roster;
  const pages = Math.max(1, Math.ceil(shown.length / PER_PAGE));
  const page = Math.min(wanted, pages - 1);
  const from = page * PER_PAGE;
  const lines = { members: shown.slice(from, from + PER_PAGE), from, of: shown.length, sort: selection.sort };
  return {
    embeds: [rosterCard(roster, selection.region, lines, context)],
    components: [
      row(rankMenu(roster, selection, context)),
      row(...buttons(roster, selection, page, context)),
      ...pager.buttons(bare(selection), { number: page, pages }, context),
    ],
  };
}

function rankMenu({ all }: Roster, { clan: id, region: where, sort: order, rank: only }: Selection, context: Context) {
  const { t } = context;
  const ranks = [...ranksOf(all)].filter(([value]) => value.length <= RANK_LENGTH);
  return menu({
    customId: chooseRank.customId(bare({ clan: id, region: where, sort: order }), context),
    options: [
      { label: t("members.all-ranks", { count: all.length }), value: ALL, chosen: only === undefined },
      ...ranks.map(([value, count]) => ({
        label: t("members.of-rank", { rank: plainRankName(value, context), count }),
        value,
        chosen: value === only,
      })),
    ],
  });
}

/** The last logins, or more of them, or the way back; and the file. */
function buttons({ shown, logins }: Roster, selection: Selection, page: number, context: Context) {
  const { t } = context;
  const seen = reorder.customId(bare({ ...selection, sort: "seen" }), context);
  const none = shown.length === 0;
  const file = exportFile.customId({ ...bare(selection), page }, context);
  return [
    ...(!logins || logins.exhausted || logins.outage
      ? [button({ label: t(logins ? "members.read-on" : "members.read-logins"), customId: seen, disabled: none })]
      : []),
    ...(logins
      ? [
          button({
            label: t("members.by-rank"),
            customId: reorder.customId(bare({ ...selection, sort: "rank" }), context),
          }),
        ]
      : []),
    button({ label: t("members.export"), customId: file, disabled: none }),
  ];
}
