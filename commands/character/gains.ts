import type { Gains } from "../../src/charts/index.js";
import type { Reading, StatGrowth } from "../../src/history/index.js";
import { plain, type Attachment, type Context } from "../../src/kernel/index.js";
import { DAY_MS, HOUR_MS } from "../../src/time.js";
import { range } from "../format/range.js";
import type { PastPeriod } from "../options/period.js";
import { amountText, scaleOf } from "./measures.js";
import { plainShortName } from "./statistics.js";

export const GAINS_FILE = "progress.png";
/** Readings come once a day: between two that are further apart one is missing. */
const LONGEST_DAY_MS = 36 * HOUR_MS;

interface Drawn {
  /** Of the character. */
  readonly name: string;
  readonly stat: StatGrowth;
  readonly readings: readonly Reading[];
  readonly region: string;
  readonly period: PastPeriod;
  /** When the period begins. */
  readonly start: Date;
}

/** A picture of how much of a statistic came each day; undefined: too many pictures wait already. */
export async function drawGains(drawn: Drawn, context: Context): Promise<Attachment | undefined> {
  const { name, stat, readings, region, period } = drawn;
  const { t } = context;
  const what = {
    name: plain(name),
    statistic: plainShortName(stat.id, context.items.glossary(region), context),
    period: t(`history.period.${period}`),
    region,
  };
  const picture = await context.charts.gains(chartOf(drawn, t("chart.gains-title", what), context));
  if (!picture) return undefined;
  const gains = spansOf(readings, context).map(({ perDay }) => perDay);
  const [low, high] = [amountText(stat, Math.min(...gains), context), amountText(stat, Math.max(0, ...gains), context)];
  const description = t("progress.alt", { ...what, range: range(low, high, context) });
  return { name: GAINS_FILE, data: picture, description };
}

function chartOf({ stat, readings, start }: Drawn, title: string, context: Context): Gains {
  const { t, locale, short, now } = context;
  const spans = spansOf(readings, context);
  const most = Math.max(0, ...spans.map(({ perDay }) => perDay));
  const { unit, write } = scaleOf(stat, most, context);
  const [first, last] = [spans[0], spans.at(-1)];
  return {
    spans: spans.map((span) => ({ ...span, perDay: span.perDay / unit })),
    from: first && first.from.getTime() - start.getTime() < LONGEST_DAY_MS ? first.from : start,
    // Today is not over.
    to: last && now.getTime() - last.to.getTime() < LONGEST_DAY_MS ? last.to : now,
    locale,
    write: (amount) => write(short(amount)),
    texts: {
      title,
      zone: t("chart.zone"),
      gain: t("chart.gain"),
      mean: t("chart.gain-mean"),
      unknown: t("chart.unknown"),
      none: t("chart.unknown"),
    },
  };
}

/** A total that falls was set back, or wrong for a while: nothing was gained then. */
function spansOf(readings: readonly Reading[], { told }: Pick<Context, "told">) {
  return readings.slice(1).flatMap(({ at: to, value }, place) => {
    const before = readings[place];
    const ms = before ? to.getTime() - before.at.getTime() : 0;
    if (!before || ms <= 0) return [];
    const gain = Math.max(0, value - before.value);
    return [{ from: told(before.at), to: told(to), perDay: (gain * DAY_MS) / ms, isGap: ms > LONGEST_DAY_MS }];
  });
}
