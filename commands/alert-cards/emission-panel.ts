import { card, COLOURS, row, type MessageContext, type View } from "../../src/kernel/index.js";
import { emissionFigures, type ObservedEmission } from "../../src/watch/index.js";
import { emissionButtons } from "../emission/buttons.js";
import { boostField, gapFields, lengthField, perhaps } from "../format/emission.js";
import { duration, moment } from "../format/moment.js";

/**
 * The message that shows how things stand in a region. Its times count on the reader's screen, so it has to change only when
 * an emission starts or ends.
 * @param emissions as they were seen, newest first
 */
export function emissionPanel(region: string, emissions: readonly ObservedEmission[], context: MessageContext): View {
  const { t } = context;
  const [newest] = emissions;
  const figures = emissionFigures(emissions);
  const runs = newest?.endedAt === null;
  const usual = runs ? [lengthField(figures, context)] : gapFields(figures, newest?.startedAt, context);
  return {
    embeds: [
      card({
        title: t("emission.title", { region }),
        colour: runs ? COLOURS.alert : COLOURS.good,
        description: t(runs ? "emission.active" : newest ? "emission.calm" : "emission.unknown"),
        fields: [...(newest ? fieldsOf(newest, context) : []), ...usual],
        note: usual.some(Boolean) ? t("emission.figures-note") : undefined,
      }),
    ],
    components: [row(...emissionButtons(region, context))],
  };
}

function fieldsOf({ startedAt, endedAt, endIsSure }: ObservedEmission, context: MessageContext) {
  const { t } = context;
  if (!endedAt) return [{ name: t("emission.started"), value: moment(startedAt) }];
  return [
    { name: t("emission.previous-start"), value: moment(startedAt) },
    { name: t("emission.previous-end"), value: perhaps(moment(endedAt), endIsSure) },
    endIsSure
      ? { name: t("emission.lasted"), value: duration(endedAt.getTime() - startedAt.getTime(), context) }
      : undefined,
    boostField(endedAt, endIsSure, context),
  ];
}
