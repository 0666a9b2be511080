import type { Emission } from "@zonewire/stalcraft";
import { card, COLOURS, type Context, type PlainTextKey } from "../../src/kernel/index.js";
import type { Told } from "../../src/last-known.js";
import type { EmissionFigures } from "../../src/watch/index.js";
import { boostField, gapFields, lengthField } from "../format/emission.js";
import { underWarning } from "../format/last-known.js";
import { dataAge, duration, moment } from "../format/moment.js";

/** Shows every moment that the API gave: of a running emission also the one before; and what is usual here. */
export function emissionCard(
  { value: emission, outage }: Told<Emission>,
  region: string,
  figures: EmissionFigures | undefined,
  context: Context,
) {
  const { t } = context;
  const { currentStart, previousStart, previousEnd } = emission;
  const lasted = previousStart && previousEnd && previousEnd.getTime() - previousStart.getTime();
  const usual = currentStart ? [lengthField(figures, context)] : gapFields(figures, previousStart, context);
  return card({
    title: t("emission.title", { region }),
    colour: outage ? COLOURS.neutral : currentStart ? COLOURS.alert : COLOURS.good,
    description: underWarning(t(headline(emission, outage !== undefined)), outage, emission.receivedAt, context),
    note: dataAge(emission.receivedAt, context),
    fields: [
      currentStart && { name: t("emission.started"), value: moment(currentStart) },
      previousStart && { name: t("emission.previous-start"), value: moment(previousStart) },
      previousEnd && { name: t("emission.previous-end"), value: moment(previousEnd) },
      lasted === undefined ? undefined : { name: t("emission.lasted"), value: duration(lasted, context) },
      currentStart || !previousEnd ? undefined : boostField(previousEnd, true, context),
      ...usual,
    ],
    footer: usual.some(Boolean) ? t("emission.figures-note") : undefined,
  });
}

/** Old data does not say whether an emission still goes on, or whether it is still calm. */
function headline({ currentStart, previousStart, previousEnd }: Emission, past: boolean): PlainTextKey {
  if (currentStart) return past ? "emission.was-active" : "emission.active";
  if (!previousStart && !previousEnd) return "emission.unknown";
  return past ? "emission.was-calm" : "emission.calm";
}
