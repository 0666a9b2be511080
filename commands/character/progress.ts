import { z } from "zod";
import type { StatGrowth } from "../../src/history/index.js";
import {
  button,
  defineComponent,
  definePager,
  defineSubcommand,
  menu,
  optionalText,
  page,
  row,
  stateOf,
  type Context,
  type Page,
  type View,
} from "../../src/kernel/index.js";
import { DAY_MS } from "../../src/time.js";
import { characterName, chosenCharacter, NAME_LENGTH, suggestOwn, unknownCharacter } from "../options/character.js";
import { daysOf, PAST_PERIODS, pastPeriodOption, USUAL_PAST, type PastPeriod } from "../options/period.js";
import { namedRegionOption } from "../options/region.js";
import { findStatistic, shortStatistic, statisticOption } from "../options/statistic.js";
import { drawGains } from "./gains.js";
import { changed, isRecord } from "./growth.js";
import { readPast } from "./past.js";
import { progressCard } from "./progress-card.js";
import { plainShortName } from "./statistics.js";

const PER_PAGE = 15;
/** Names travel in the ids of buttons. */
const LONGEST_NAME = 28;

interface Query {
  readonly name: string;
  readonly region: string;
  readonly period: PastPeriod;
  /** Of which the picture is, as buttons carry it; undefined: the first that grew. */
  readonly statistic: string | undefined;
}

const shape = { name: z.string(), region: z.string(), period: z.enum(PAST_PERIODS) };
const state = stateOf({ ...shape, statistic: z.string().optional() });
const common = { command: "character progress", audience: "owner" } as const;

const pager = definePager({
  ...common,
  state,
  show,
});

const choose = defineComponent({
  ...common,
  action: "stat",
  state: stateOf({ ...shape, page: z.coerce.number().int().nonnegative() }),
  run: ({ state: { page: wanted, ...query }, values: [id] }, context) =>
    show({ ...query, statistic: id === undefined ? undefined : shortStatistic(id) }, wanted, context),
});

const reperiod = defineComponent({
  ...common,
  action: "period",
  state,
  run: ({ state }, context) => show(state, 0, context),
});

export const progress = defineSubcommand({
  name: "progress",
  // That which is kept for a clan is for the clan alone.
  visibility: "private",
  options: {
    name: characterName(optionalText({ maxLength: NAME_LENGTH, suggest: suggestOwn, unknown: unknownCharacter }), {
      longest: LONGEST_NAME,
    }),
    period: pastPeriodOption(),
    statistic: statisticOption(),
    region: namedRegionOption(),
  },
  components: [choose, reperiod, ...pager.components],
  modals: pager.modals,
  async run({ options: { name, period = USUAL_PAST, statistic, region: asked } }, context) {
    const { name: whose, region } =
      name === undefined ? await own(asked, context) : { name, region: asked ?? context.region };
    const drawn = statistic === undefined ? undefined : shortStatistic(findStatistic(statistic, region, context));
    return show({ name: whose, region, period, statistic: drawn }, 0, context);
  },
});

async function own(asked: string | undefined, context: Context) {
  const { character, region } = await chosenCharacter(await context.requireAccount(), asked, context);
  return { name: character.information.name, region };
}

async function show(query: Query, wanted: number, context: Context): Promise<View> {
  const { name, region, period } = query;
  void context.charts.prepare();
  const start = new Date(context.now.getTime() - daysOf(period) * DAY_MS);
  const past = await readPast(name, region, daysOf(period), context);
  const grown = changed(past.stats, context.items.glossary(region));
  const shown = page(grown, wanted, PER_PAGE);
  const stat = drawnOf(query, grown, past.stats);
  const readings = stat ? past.series(stat.id) : [];
  const picture =
    stat && readings.length > 1
      ? await drawGains({ name: past.name, stat, readings, region, period, start }, context)
      : undefined;
  const isCrowded = readings.length > 1 && !picture;
  const model = { past, region, period, start, shown, hasPicture: picture !== undefined, isCrowded };
  return {
    embeds: [progressCard(model, context)],
    files: picture ? [picture] : [],
    components: [
      ...statisticMenu(query, shown, stat, context),
      row(...PAST_PERIODS.map((one) => periodButton({ ...query, period: one }, one === period, context))),
      ...pager.buttons(query, shown, context),
    ],
  };
}

/** What the picture is of: what was asked for, also when it did not grow, else the first that did. */
function drawnOf(
  { statistic }: Query,
  grown: readonly StatGrowth[],
  stats: readonly StatGrowth[],
): StatGrowth | undefined {
  const asked = stats.find(({ id }) => shortStatistic(id) === statistic);
  return asked ?? grown.find(({ id }) => !isRecord(id));
}

/** The statistics of the page, to see one as a picture. */
function statisticMenu(
  query: Query,
  { items, number }: Page<StatGrowth>,
  drawn: StatGrowth | undefined,
  context: Context,
) {
  const { name, region, period } = query;
  const glossary = context.items.glossary(region);
  const offered = items.filter(({ id }) => !isRecord(id));
  if (offered.length === 0) return [];
  return [
    row(
      menu({
        customId: choose.customId({ name, region, period, page: number }, context),
        placeholder: context.t("progress.choose"),
        options: offered.map(({ id }) => ({
          label: plainShortName(id, glossary, context),
          value: id,
          chosen: id === drawn?.id,
        })),
      }),
    ),
  ];
}

function periodButton(query: Query, disabled: boolean, context: Context) {
  const label = context.t(`history.period.${query.period}`);
  return button({ label, disabled, customId: reperiod.customId({ ...query }, context) });
}
