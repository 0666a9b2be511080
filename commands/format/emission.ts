import { dotted, time, UserError, type CardField, type Context, type MessageContext } from "../../src/kernel/index.js";
import { isOutage } from "../../src/last-known.js";
import { BOOST_MS, type EmissionFigures } from "../../src/watch/index.js";
import { requireRegion } from "../settings/options.js";
import { duration, moment } from "./moment.js";

/** The part of the gaps that lies between the tenth and the ninetieth percentile. */
export const USUAL_SHARE = 0.8;

/** A moment that is only assumed, if it is. */
export function perhaps(text: string, sure: boolean): string {
  return sure ? text : `≈ ${text}`;
}

/** Until when more artifacts spawn after an emission; undefined once that is over. */
export function boostField(endedAt: Date, sure: boolean, { t, now }: MessageContext): CardField | undefined {
  const until = new Date(endedAt.getTime() + BOOST_MS);
  if (until <= now) return undefined;
  const when = dotted(time(until, "t"), time(until, "R"));
  return { name: t("emission.boost-until"), value: perhaps(when, sure) };
}

/**
 * What goes on in a region that somebody wants to be told of, in one line; undefined while the game's API does not answer.
 * @throws UserError, or what the region's option explains, when nobody can be told of it
 */
export async function emissionLine(region: string, context: Context): Promise<string | undefined> {
  const { known, signal, t, watching } = context;
  if (!watching.canWatch("emission")) throw new UserError("error.emissions-unwatched");
  try {
    const { value, outage } = await known.emission(region, { signal });
    if (outage) return undefined;
    return t(value.currentStart ? "emission.active" : "emission.calm");
  } catch (error) {
    if (!isOutage(error)) throw error;
    // Whoever wants to be told is told, once the game's API answers again.
    await requireRegion(region, context);
    return undefined;
  }
}

/** How long emissions last as a rule. */
export function lengthField(figures: EmissionFigures | undefined, context: MessageContext): CardField | undefined {
  if (!figures?.length) return undefined;
  const { median, count } = figures.length;
  return {
    name: context.t("emission.usual-length"),
    value: context.t("emission.usual-length-of", { length: duration(median, context), count }),
  };
}

/**
 * How long it is from one emission to the next as a rule, and when the next one would begin by that.
 * @param startedAt when the last one began
 */
export function gapFields(
  figures: EmissionFigures | undefined,
  startedAt: Date | undefined,
  context: MessageContext,
): CardField[] {
  if (!figures?.gap) return [];
  const { t, percent, now } = context;
  const { p10, p90, count } = figures.gap;
  const gap = {
    name: t("emission.usual-gap"),
    value: t("emission.usual-gap-of", {
      low: duration(p10, context),
      high: duration(p90, context),
      share: percent(USUAL_SHARE),
      count,
    }),
  };
  if (!startedAt) return [gap];
  const [from, to] = [p10, p90].map((ms) => new Date(startedAt.getTime() + ms));
  if (!from || !to || to <= now) return [gap];
  return [gap, { name: t("emission.next-usual"), value: `${moment(from)} – ${moment(to)}` }];
}
