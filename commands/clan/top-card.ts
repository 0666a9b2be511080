import type { MemberGrowth } from "../../src/history/index.js";
import {
  card,
  dotted,
  escape,
  lines,
  paragraphs,
  plain,
  time,
  type Attachment,
  type Context,
  type Page,
} from "../../src/kernel/index.js";
import { DAY_MS, HOUR_MS } from "../../src/time.js";
import { gainLine, gainText } from "../character/growth.js";
import { plainShortName, shortName } from "../character/statistics.js";
import { underWarning } from "../format/last-known.js";
import { numbered } from "../format/numbered.js";
import { daysOf, type PastPeriod } from "../options/period.js";
import type { Roster } from "./roster.js";

const FILE = "clan-top.png";
/** Of whom less than the period is known by so much, is told since when. */
const LATE_MS = 36 * HOUR_MS;

interface Model {
  readonly roster: Roster;
  readonly region: string;
  readonly period: PastPeriod;
  /** The id of the statistic. */
  readonly statistic: string;
  /** The highest gain first. */
  readonly ranked: readonly MemberGrowth[];
  readonly shown: Page<MemberGrowth>;
  /** Whether anybody has the clan kept. */
  readonly isKept: boolean;
}

/** The highest gain first. */
export function rankedBy(growth: readonly MemberGrowth[]): MemberGrowth[] {
  return [...growth].sort((a, b) => b.growth - a.growth);
}

/** The members of a clan by what they gained. */
export function topCard(model: Model & { readonly hasPicture: boolean }, context: Context) {
  const { roster, region, period, statistic, ranked, shown, isKept, hasPicture } = model;
  const { t, now, told } = context;
  const { clan, all, outage, readAt } = roster;
  const start = now.getTime() - daysOf(period) * DAY_MS;
  const described = numbered(
    shown,
    (member) => {
      const { name, from, until } = member;
      const days = (until.getTime() - from.getTime()) / DAY_MS;
      const since = told(from);
      return dotted(
        `**${escape(name)}** — ${gainLine({ id: statistic, ...member }, days, context)}`,
        since.getTime() - start > LATE_MS && t("clan-top.since", { since: time(since, "D") }),
      );
    },
    context,
  );
  const missing = all.length - ranked.length;
  return card({
    title: t("clan-top.title", { tag: escape(clan.tag), name: escape(clan.name), region }),
    description: underWarning(
      paragraphs(
        `**${dotted(shortName(statistic, context.items.glossary(region), context), t(`history.period.${period}`))}**`,
        lines(...described) || t(isKept ? "clan-top.soon" : "clan-top.not-kept"),
        ranked.length > 0 && missing > 0 && t("clan-top.missing", { members: missing }),
      ),
      outage,
      readAt,
      context,
    ),
    note: ranked.length > 0 ? dotted(t("progress.note"), !hasPicture && t("history.no-picture")) : undefined,
    image: hasPicture ? `attachment://${FILE}` : undefined,
  });
}

/** The page as a picture; undefined: too many pictures wait already. */
export async function drawRanking(model: Model, context: Context): Promise<Attachment | undefined> {
  const { roster, region, period, statistic, ranked, shown } = model;
  const { t } = context;
  const what = {
    clan: plain(`[${roster.clan.tag}] ${roster.clan.name}`),
    statistic: plainShortName(statistic, context.items.glossary(region), context),
    period: t(`history.period.${period}`),
  };
  const [first] = ranked;
  const picture = await context.charts.ranking({
    entries: shown.items.map((one) => ({
      name: plain(one.name),
      amount: one.growth,
      label: gainText({ id: statistic, ...one }, context),
    })),
    most: first?.growth ?? 0,
    title: t("chart.top-title", what),
  });
  if (!picture) return undefined;
  const leaders = shown.items.map((one) => `${plain(one.name)} ${gainText({ id: statistic, ...one }, context)}`);
  return { name: FILE, data: picture, description: t("clan-top.alt", { ...what, members: leaders.join(", ") }) };
}
