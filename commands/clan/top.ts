import { z } from "zod";
import {
  button,
  defineComponent,
  definePager,
  defineSubcommand,
  menu,
  page,
  row,
  stateOf,
  type View,
} from "../../src/kernel/index.js";
import { MAIN, plainShortName } from "../character/statistics.js";
import { isRecord } from "../character/growth.js";
import { optionalClanOption } from "../options/clan.js";
import { daysOf, PAST_PERIODS, pastPeriodOption, USUAL_PAST, type PastPeriod } from "../options/period.js";
import { namedRegionOption } from "../options/region.js";
import {
  findStatistic,
  growingStatistics,
  shortStatistic,
  statisticOf,
  statisticOption,
  USUAL_STATISTIC,
} from "../options/statistic.js";
import { bare, clanId } from "./clan-id.js";
import { askedClan, readMembersOf, type Found, type WithAccount } from "./roster.js";
import { drawRanking, rankedBy, topCard } from "./top-card.js";

const PER_PAGE = 10;

interface Query extends Found {
  readonly period: PastPeriod;
  /** As buttons carry it. */
  readonly statistic: string;
}

const shape = { clan: clanId, region: z.string(), period: z.enum(PAST_PERIODS) };
const state = stateOf({ ...shape, statistic: z.string() });
const common = { command: "clan top", audience: "owner", access: "user" } as const;

const pager = definePager({ ...common, state, show });

const choose = defineComponent({
  ...common,
  action: "stat",
  state: stateOf(shape),
  run: ({ state: query, values: [id = USUAL_STATISTIC] }, context) =>
    show({ ...query, statistic: shortStatistic(id) }, 0, context),
});

const reperiod = defineComponent({
  ...common,
  action: "period",
  state,
  run: ({ state: query }, context) => show(query, 0, context),
});

export const top = defineSubcommand({
  name: "top",
  // As the list of members.
  visibility: "private",
  access: "user",
  options: {
    statistic: statisticOption(),
    period: pastPeriodOption(),
    clan: optionalClanOption(),
    region: namedRegionOption(),
  },
  components: [choose, reperiod, ...pager.components],
  modals: pager.modals,
  async run({ options: { statistic: named = USUAL_STATISTIC, period = USUAL_PAST, clan, region } }, context) {
    const found = await askedClan(clan, region, context);
    const statistic = shortStatistic(findStatistic(named, found.region, context));
    return show({ ...found, period, statistic }, 0, context);
  },
});

async function show(query: Query, wanted: number, context: WithAccount): Promise<View> {
  const { clan, region, period, statistic: short } = query;
  void context.charts.prepare();
  const glossary = context.items.glossary(region);
  const statistic = statisticOf(short, growingStatistics(glossary));
  const roster = await readMembersOf(query, context);
  const names = roster.all.map(({ name }) => name);
  const growth = await context.history.growth(region, names, statistic, daysOf(period));
  const ranked = rankedBy(growth);
  const isKept = growth.length > 0 || (await context.history.keptBy(region, clan, context.userId)) !== undefined;
  const shown = page(ranked, wanted, PER_PAGE);
  const model = { roster, region, period, statistic, ranked, shown, isKept };
  const picture = ranked.length > 0 ? await drawRanking(model, context) : undefined;
  const where = bare({ clan, region, period });
  return {
    embeds: [topCard({ ...model, hasPicture: picture !== undefined }, context)],
    files: picture ? [picture] : [],
    components: [
      row(
        menu({
          customId: choose.customId(where, context),
          options: offered(statistic).map((id) => ({
            label: plainShortName(id, glossary, context),
            value: id,
            chosen: id === statistic,
          })),
        }),
      ),
      row(
        ...PAST_PERIODS.map((one) =>
          button({
            label: context.t(`history.period.${one}`),
            disabled: one === period,
            customId: reperiod.customId({ ...where, period: one, statistic: short }, context),
          }),
        ),
      ),
      ...pager.buttons({ ...where, statistic: short }, shown, context),
    ],
  };
}

/** The main ones; any other can be typed, and is among them then. */
function offered(statistic: string): string[] {
  return [...new Set([...MAIN.filter((id) => !isRecord(id)), statistic])];
}
