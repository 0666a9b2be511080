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
  type View,
} from "../src/kernel/index.js";
import type { Emission } from "../src/stalcraft/index.js";
import { regionOption } from "./options/region.js";
import { dataAge, duration, moment } from "./terms/moment.js";

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
  const { stalcraft, signal, t } = context;
  const emission = await stalcraft.emissions(region).getInfo({ signal });
  const customId = refresh.customId({ region }, context);
  return {
    embeds: [emissionCard(emission, region, context)],
    components: [row(button({ label: t("emission.refresh"), customId, style: ButtonStyle.Primary }))],
  };
}

/** Shows every moment that the API gave: of a running emission also the one before. */
function emissionCard(emission: Emission, region: string, context: Context) {
  const { t } = context;
  const { currentStart, previousStart, previousEnd } = emission;
  const active = currentStart !== undefined;
  const lasted = previousStart && previousEnd && previousEnd.getTime() - previousStart.getTime();
  const knowsNothing = !active && !previousStart && !previousEnd;
  return card({
    title: t("emission.title", { region }),
    colour: active ? COLOURS.alert : COLOURS.good,
    description: active ? t("emission.active") : knowsNothing ? t("emission.unknown") : t("emission.calm"),
    note: dataAge(emission.receivedAt, context),
    fields: [
      currentStart && { name: t("emission.started"), value: moment(currentStart) },
      previousStart && { name: t("emission.previous-start"), value: moment(previousStart) },
      previousEnd && { name: t("emission.previous-end"), value: moment(previousEnd) },
      lasted === undefined ? undefined : { name: t("emission.lasted"), value: duration(lasted, context) },
    ],
  });
}
