import type { Gap, StatGrowth } from "../../src/history/index.js";
import { card, dotted, escape, lines, paragraphs, time, type Context, type Page } from "../../src/kernel/index.js";
import { HOUR_MS } from "../../src/time.js";
import type { PastPeriod } from "../options/period.js";
import { GAINS_FILE } from "./gains.js";
import { gainLine, sharesGained } from "./growth.js";
import type { Past } from "./past.js";
import { shortName } from "./statistics.js";

/** So many gaps are told one by one. */
const GAPS_TOLD = 3;
/** A first reading that comes so long after the beginning of the period is told of. */
const LATE_MS = 36 * HOUR_MS;

interface Model {
  readonly past: Past;
  readonly region: string;
  readonly period: PastPeriod;
  /** When the period begins. */
  readonly start: Date;
  /** A page of what changed. */
  readonly shown: Page<StatGrowth>;
  readonly hasPicture: boolean;
  /** There is something to draw, and too many wait for their pictures. */
  readonly isCrowded: boolean;
}

/** What grew of a character, and what of that time is not known. */
export function progressCard({ past, region, period, start, shown, hasPicture, isCrowded }: Model, context: Context) {
  const { t } = context;
  const { name, from, until, days } = past;
  const glossary = context.items.glossary(region);
  const described = shown.items.map(
    (stat) => `${shortName(stat.id, glossary, context)} — ${gainLine(stat, days, context)}`,
  );
  const shares = shown.number === 0 && days > 0 ? sharesGained(past.stats, context) : [];
  return card({
    title: t("progress.title", { name: escape(name), period: t(`history.period.${period}`), region }),
    description: paragraphs(
      lines(
        days > 0 && t("progress.between", { from: time(from, "D"), until: time(until, "D") }),
        days > 0 &&
          from.getTime() - start.getTime() > LATE_MS &&
          t("progress.known-since", { since: time(past.knownSince, "D") }),
        ...gapLines(past.gaps, context),
      ),
      lines(...described) || (days > 0 ? t("progress.nothing") : t("progress.first", { when: time(until, "f") })),
      dotted(...shares),
    ),
    note: dotted(t("progress.note"), isCrowded && t("history.no-picture")),
    image: hasPicture ? `attachment://${GAINS_FILE}` : undefined,
  });
}

/** What of the time is not known, the newest first. */
export function gapLines(gaps: readonly Gap[], { t, now }: Pick<Context, "t" | "now">): string[] {
  const newest = [...gaps].sort((a, b) => b.from.getTime() - a.from.getTime());
  const told = newest
    .slice(0, GAPS_TOLD)
    .map(({ from, to, reason }) =>
      to.getTime() >= now.getTime()
        ? t(`progress.${reason}-since`, { from: time(from, "D") })
        : t(`progress.${reason}`, { from: time(from, "D"), to: time(to, "D") }),
    );
  const more = newest.length - told.length;
  return more > 0 ? [...told, t("progress.more-gaps", { gaps: more })] : told;
}
