import { card, COLOURS, time, type MessageContext, type View } from "../../src/kernel/index.js";
import { BOOST_MS, type EmissionEvent } from "../../src/watch/index.js";
import { boostField, perhaps } from "../format/emission.js";
import { duration, moment } from "../format/moment.js";

/** What somebody is told of an emission. The first line is what a phone shows of it. */
export function emissionAlert(event: EmissionEvent, context: MessageContext): View {
  const { t } = context;
  const { region } = event;
  const startedAt = new Date(event.startedAt);
  const title = t("emission.title", { region });
  const started = { name: t("emission.started"), value: moment(startedAt) };
  if (event.stage === "start" || event.endedAt === undefined)
    return {
      content: t("alert.emission.start", { region }),
      embeds: [card({ title, colour: COLOURS.alert, fields: [started] })],
    };
  const endedAt = new Date(event.endedAt);
  const until = time(new Date(endedAt.getTime() + BOOST_MS), "t");
  return {
    content:
      event.stage === "end" ? t("alert.emission.end", { region }) : t("alert.emission.boost", { region, time: until }),
    embeds: [
      card({
        title,
        colour: COLOURS.good,
        fields: [
          started,
          { name: t("emission.ended"), value: perhaps(moment(endedAt), event.sure) },
          event.sure
            ? { name: t("emission.length"), value: duration(endedAt.getTime() - startedAt.getTime(), context) }
            : undefined,
          boostField(endedAt, event.sure, context),
        ],
      }),
    ],
  };
}
