import { ButtonStyle } from "discord-api-types/v10";
import { z } from "zod";
import {
  button,
  card,
  COLOURS,
  defineCommand,
  defineComponent,
  row,
  stateOf,
  type Context,
  type PlainTextKey,
  type View,
} from "../src/kernel/index.js";
import type { Told } from "../src/last-known.js";
import type { Emission } from "@zonewire/stalcraft";
import { regionOption } from "./options/region.js";
import { underWarning } from "./format/last-known.js";
import { dataAge, duration, moment } from "./format/moment.js";

const refresh = defineComponent({
  command: "emission",
  action: "refresh",
  audience: "anyone",
  state: stateOf({ region: z.string() }),
  run: ({ state }, context) => show(state.region, context),
});

export default defineCommand({
  name: "emission",
  topic: "topic.zone",
  visibility: "public",
  options: { region: regionOption() },
  components: [refresh],
  run: ({ options }, context) => show(options.region, context),
});

async function show(region: string, context: Context): Promise<View> {
  const { known, signal, t } = context;
  const emission = await known.emission(region, { signal });
  const customId = refresh.customId({ region }, context);
  return {
    embeds: [emissionCard(emission, region, context)],
    components: [row(button({ label: t("emission.refresh"), customId, style: ButtonStyle.Primary }))],
  };
}

/** Shows every moment that the API gave: of a running emission also the one before. */
function emissionCard({ value: emission, outage }: Told<Emission>, region: string, context: Context) {
  const { t } = context;
  const { currentStart, previousStart, previousEnd } = emission;
  const lasted = previousStart && previousEnd && previousEnd.getTime() - previousStart.getTime();
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
    ],
  });
}

/** Old data does not say whether an emission still goes on, or whether it is still calm. */
function headline({ currentStart, previousStart, previousEnd }: Emission, past: boolean): PlainTextKey {
  if (currentStart) return past ? "emission.was-active" : "emission.active";
  if (!previousStart && !previousEnd) return "emission.unknown";
  return past ? "emission.was-calm" : "emission.calm";
}
