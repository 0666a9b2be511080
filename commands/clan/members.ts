import { z } from "zod";
import {
  button,
  defineComponent,
  definePager,
  defineSubcommand,
  menu,
  optionalChoice,
  optionalInteger,
  page,
  row,
  stateOf,
  type Context,
  type View,
} from "../../src/kernel/index.js";
import type { StalcraftError } from "@zonewire/stalcraft";
import { optionalClanOption } from "../options/clan.js";
import { namedRegionOption } from "../options/region.js";
import { plainRankName, RANKS } from "../format/rank.js";
import { bare, clanId } from "./clan-id.js";
import { ABSENT_DAYS, rosterCard } from "./members-card.js";
import { rosterFile } from "./roster-csv.js";
import { askedClan, ranksOf, readRoster, SORTS, type Roster, type Selection, type WithAccount } from "./roster.js";

const COMMAND = "clan members";
const PER_PAGE = 15;
/** What the menu has besides the ranks. */
const ALL = "all";
/** Ranks travel in the ids of buttons; a longer one that is new to us is shown, but cannot be chosen. */
const RANK_LENGTH = 9;
/** In days: two digits have room in the ids of buttons. */
const MOST_ABSENT = 99;

const region = z.string();
const sort = z.enum(SORTS);
const rank = z.string().optional();
const absent = z.coerce.number().int().min(1).max(MOST_ABSENT).optional();

const common = { command: COMMAND, audience: "owner", access: "user" } as const;

const pager = definePager({
  ...common,
  state: stateOf({ clan: clanId, region, sort, rank, absent }),
  show,
});

const chooseRank = defineComponent({
  ...common,
  action: "rank",
  state: stateOf({ clan: clanId, region, sort, absent }),
  run: ({ state, values: [chosen] }, context) =>
    show({ ...state, rank: chosen === ALL ? undefined : chosen }, 0, context),
});

const reorder = defineComponent({
  ...common,
  action: "sort",
  state: stateOf({ clan: clanId, region, sort, rank, absent }),
  run: ({ state }, context) => show(state, 0, context),
});

const exportFile = defineComponent({
  ...common,
  action: "csv",
  state: stateOf({ clan: clanId, region, sort, rank, absent, page: z.coerce.number().int().nonnegative() }),
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
    absent: optionalInteger({ min: 1, max: MOST_ABSENT }),
  },
  components: [chooseRank, reorder, exportFile, ...pager.components],
  modals: pager.modals,
  async run({ options: { clan: asked, region: where, rank: only, absent: days, ...options } }, context) {
    const { sort: order = days === undefined ? "rank" : "seen" } = options;
    const { outage, ...found } = await askedClan(asked, where, context);
    return show({ ...found, sort: order, rank: only, absent: days }, 0, context, outage);
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
  const shown = page(roster.shown, wanted, PER_PAGE);
  return {
    embeds: [rosterCard(roster, selection, shown, context)],
    components: [
      row(rankMenu(roster, selection, context)),
      row(...buttons(roster, selection, shown.number, context)),
      ...pager.buttons(bare(selection), shown, context),
    ],
  };
}

function rankMenu({ all }: Roster, { rank: only, ...selection }: Selection, context: Context) {
  const { t } = context;
  const ranks = [...ranksOf(all)].filter(([value]) => value.length <= RANK_LENGTH);
  return menu({
    customId: chooseRank.customId(bare(selection), context),
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

/** The last logins, or more of them; those absent, or all; the way back; and the file. */
function buttons({ shown, ofRank, logins }: Roster, selection: Selection, number: number, context: Context) {
  const { t } = context;
  const { absent: days, sort: order } = selection;
  const lead = (label: string, changes: Partial<Selection>) =>
    button({ label, customId: reorder.customId(bare({ ...selection, ...changes }), context), disabled: ofRank === 0 });
  const file = exportFile.customId({ ...bare(selection), page: number }, context);
  const incomplete = !logins || logins.exhausted !== undefined || logins.outage !== undefined;
  return [
    ...(incomplete
      ? [lead(t(logins ? "members.read-on" : "members.read-logins"), { sort: days === undefined ? "seen" : order })]
      : []),
    ...(logins
      ? [
          // Each leads to something else, whatever is shown: the ids of one message must differ.
          days === undefined
            ? lead(t("members.absent-only"), { sort: "seen", absent: ABSENT_DAYS })
            : lead(t("members.absent-too"), { sort: "seen", absent: undefined }),
          lead(t("members.by-rank"), { sort: "rank", absent: undefined }),
        ]
      : []),
    button({ label: t("members.export"), customId: file, disabled: shown.length === 0 }),
  ];
}
