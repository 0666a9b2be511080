import type { EmissionGaps } from "../../src/charts/index.js";
import { card, COLOURS, dotted, lines, paragraphs, time, type Context, type View } from "../../src/kernel/index.js";
import { emissionFigures, FEWEST, gapsOf, type EmissionFigures, type ObservedEmission } from "../../src/watch/index.js";
import { gapFields, lengthField, perhaps, USUAL_SHARE } from "../format/emission.js";
import { duration } from "../format/moment.js";
import { range } from "../format/range.js";

const CHART = "emissions.png";
/** How many are listed. */
const LISTED = 10;

/**
 * The emissions of a region as they were seen: a picture of the times between them, the last ones, and what is usual.
 * @param emissions newest first
 */
export async function emissionHistory(
  emissions: readonly ObservedEmission[],
  region: string,
  context: Context,
): Promise<Pick<View, "embeds" | "files">> {
  const { t, number } = context;
  const figures = emissionFigures(emissions);
  const chart = chartOf(emissions, region, figures, context);
  const picture = chart && (await context.charts.emissionGaps(chart));
  const [newest] = emissions;
  return {
    embeds: [
      card({
        title: t("emission.history-title", { region }),
        colour: COLOURS.neutral,
        description: paragraphs(
          !figures && t("emission.history-few", { count: emissions.length, fewest: number(FEWEST) }),
          lines(...emissions.slice(0, LISTED).map((emission) => lineOf(emission, context))),
        ),
        note: figures && t("emission.figures-note"),
        fields: [lengthField(figures, context), ...gapFields(figures, newest?.startedAt, context)],
        image: picture && `attachment://${CHART}`,
      }),
    ],
    files: chart && picture ? [{ name: CHART, data: picture, description: altText(chart, region, context) }] : [],
  };
}

function lineOf({ startedAt, previousStart, endedAt, endIsSure }: ObservedEmission, context: Context): string {
  const { t } = context;
  return dotted(
    `**${time(startedAt, "f")}**`,
    endedAt ? perhaps(duration(endedAt.getTime() - startedAt.getTime(), context), endIsSure) : t("emission.running"),
    previousStart !== null &&
      t("emission.history-gap", { gap: duration(startedAt.getTime() - previousStart.getTime(), context) }),
  );
}

/** Undefined: there is nothing to draw. */
function chartOf(
  emissions: readonly ObservedEmission[],
  region: string,
  figures: EmissionFigures | undefined,
  { t, locale, short, percent }: Context,
): EmissionGaps | undefined {
  const gaps = gapsOf(emissions);
  if (gaps.length === 0) return undefined;
  return {
    gaps,
    from: new Date(Math.min(...gaps.map(({ until, ms }) => until.getTime() - ms))),
    to: new Date(Math.max(...gaps.map(({ until }) => until.getTime()))),
    usual: figures?.gap,
    locale,
    short,
    texts: {
      title: t("chart.gaps-title", { region }),
      zone: t("chart.zone"),
      gap: t("chart.gap"),
      usual: t("chart.gap-usual", { share: percent(USUAL_SHARE) }),
      hours: (hours) => t("chart.hours", { hours }),
    },
  };
}

/** What the picture shows, for those who have it read aloud. */
function altText({ gaps }: EmissionGaps, region: string, context: Context): string {
  const lengths = gaps.map(({ ms }) => ms);
  return context.t("emission.alt", {
    region,
    count: gaps.length,
    range: range(duration(Math.min(...lengths), context), duration(Math.max(...lengths), context), context),
  });
}
