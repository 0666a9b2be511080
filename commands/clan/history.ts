import { z } from "zod";
import type { ClanCourse } from "../../src/charts/index.js";
import type { ClanDay } from "../../src/history/index.js";
import {
  button,
  card,
  defineComponent,
  defineSubcommand,
  dotted,
  escape,
  lines,
  plain,
  row,
  stateOf,
  time,
  type Attachment,
  type Context,
  type View,
} from "../../src/kernel/index.js";
import { DAY_MS, HOUR_MS } from "../../src/time.js";
import { underWarning } from "../format/last-known.js";
import { optionalClanOption } from "../options/clan.js";
import { clanPeriodOption, CLAN_PERIODS, daysOf, USUAL_PAST, type ClanPeriod } from "../options/period.js";
import { namedRegionOption } from "../options/region.js";
import { bare, clanId } from "./clan-id.js";
import { askedClan, readMembersOf, type Found, type Roster, type WithAccount } from "./roster.js";

const FILE = "clan-history.png";
/** Days are kept one by one for so long, then one of each week. */
const DAILY_MS = 90 * DAY_MS;
/** Two that are further apart have something missing between them. */
const LONGEST_DAY_MS = 36 * HOUR_MS;
const LONGEST_WEEK_MS = 8.5 * DAY_MS;

interface Query extends Found {
  readonly period: ClanPeriod;
}

const reperiod = defineComponent({
  command: "clan history",
  action: "period",
  audience: "owner",
  access: "user",
  state: stateOf({ clan: clanId, region: z.string(), period: z.enum(CLAN_PERIODS) }),
  run: ({ state }, context) => show(state, context),
});

export const history = defineSubcommand({
  name: "history",
  // As the list of members.
  visibility: "private",
  access: "user",
  options: { period: clanPeriodOption(), clan: optionalClanOption(), region: namedRegionOption() },
  components: [reperiod],
  async run({ options: { period = USUAL_PAST, clan, region } }, context) {
    return show({ ...(await askedClan(clan, region, context)), period }, context);
  },
});

async function show(query: Query, context: WithAccount): Promise<View> {
  const { clan, region, period } = query;
  void context.charts.prepare();
  const roster = await readMembersOf(query, context);
  // The day before shows what was there when the period began.
  const series = await context.history.clanSeries(region, clan, daysOf(period) + 1);
  const days = series.map((day) => ({ ...day, at: context.told(day.at) }));
  const isKept = days.length > 0 || (await context.history.keptBy(region, clan, context.userId)) !== undefined;
  const picture = days.length > 1 ? await draw(roster, region, period, days, context) : undefined;
  return {
    embeds: [historyCard({ roster, region, period, days, isKept, hasPicture: picture !== undefined }, context)],
    files: picture ? [picture] : [],
    components: [
      row(
        ...CLAN_PERIODS.map((one) =>
          button({
            label: context.t(`history.period.${one}`),
            disabled: one === period,
            customId: reperiod.customId(bare({ clan, region, period: one }), context),
          }),
        ),
      ),
    ],
  };
}

interface Model {
  readonly roster: Roster;
  readonly region: string;
  readonly period: ClanPeriod;
  /** The earliest first. */
  readonly days: readonly ClanDay[];
  /** Whether anybody has the clan kept. */
  readonly isKept: boolean;
  readonly hasPicture: boolean;
}

function historyCard({ roster, region, period, days, isKept, hasPicture }: Model, context: Context) {
  const { t, number, now } = context;
  const { clan, outage, readAt } = roster;
  const [first, last] = [days[0], days.at(-1)];
  const start = now.getTime() - daysOf(period) * DAY_MS;
  const course = (from: number, to: number) =>
    t("clan-history.course", { from: number(from), to: number(to), change: signed(to - from, context) });
  const told =
    first && last && first !== last
      ? lines(
          t("progress.between", { from: time(first.at, "D"), until: time(last.at, "D") }),
          first.at.getTime() - start > LONGEST_DAY_MS && t("clan-history.known-since", { since: time(first.at, "D") }),
          t("card.pair", { name: t("clan.members"), value: course(first.members, last.members) }),
          t("card.pair", { name: t("clan-history.points"), value: course(first.levelPoints, last.levelPoints) }),
        )
      : t(isKept ? "clan-history.soon" : "clan-top.not-kept");
  return card({
    title: t("clan-history.title", { tag: escape(clan.tag), name: escape(clan.name), region }),
    description: underWarning(lines(`**${t(`history.period.${period}`)}**`, told), outage, readAt, context),
    note: days.length > 1 ? dotted(t("clan-history.note"), !hasPicture && t("history.no-picture")) : undefined,
    image: hasPicture ? `attachment://${FILE}` : undefined,
  });
}

function signed(change: number, { number }: Pick<Context, "number">): string {
  return change > 0 ? `+${number(change)}` : number(change);
}

async function draw(
  { clan }: Roster,
  region: string,
  period: ClanPeriod,
  days: readonly ClanDay[],
  context: Context,
): Promise<Attachment | undefined> {
  const { t, locale, short, number, now } = context;
  const what = { clan: plain(`[${clan.tag}] ${clan.name}`), period: t(`history.period.${period}`), region };
  const [first, last] = [days[0], days.at(-1)];
  const start = new Date(now.getTime() - daysOf(period) * DAY_MS);
  const [from, to] = [first && first.at < start ? first.at : start, now];
  const picture = await context.charts.clanCourse({
    days: days.map(({ at, members, levelPoints }) => ({ at, members, points: levelPoints })),
    unknown: unknownIn(days, from, to),
    from,
    to,
    locale,
    short,
    texts: {
      title: t("chart.clan-title", what),
      zone: t("chart.zone"),
      members: t("chart.members"),
      points: t("chart.points"),
      unknown: t("chart.unknown"),
      none: t("chart.unknown"),
    },
  });
  if (!picture || !first || !last) return undefined;
  const description = t("clan-history.alt", {
    ...what,
    members: number(first.members),
    membersNow: number(last.members),
    points: number(first.levelPoints),
    pointsNow: number(last.levelPoints),
  });
  return { name: FILE, data: picture, description };
}

/** Before the first day, after the last one, and between two that are too far apart. */
function unknownIn(days: readonly ClanDay[], from: Date, to: Date): ClanCourse["unknown"] {
  const moments = [from, ...days.map(({ at }) => at).filter((at) => at > from), to];
  return moments.slice(1).flatMap((end, place) => {
    const start = moments[place] ?? end;
    const longest = to.getTime() - end.getTime() > DAILY_MS ? LONGEST_WEEK_MS : LONGEST_DAY_MS;
    return end.getTime() - start.getTime() > longest ? [{ from: start, to: end }] : [];
  });
}
