import { ButtonStyle } from "discord-api-types/v10";
import { button, defineCommand, defineComponent, row, type Context, type View } from "../../src/kernel/index.js";
import { emissionFigures, type ObservedEmission } from "../../src/watch/index.js";
import { regionOption } from "../options/region.js";
import { emissionButtons, HISTORY, notifyButtons, REFRESH } from "./buttons.js";
import { emissionCard } from "./card.js";
import { emissionHistory } from "./history.js";

/** For what was seen before, in milliseconds. */
const PATIENCE_MS = 300;

const refresh = defineComponent({ ...REFRESH, run: ({ state }, context) => show(state.region, context) });
const history = defineComponent({ ...HISTORY, run: ({ state }, context) => showHistory(state.region, context) });

export default defineCommand({
  name: "emission",
  topic: "topic.zone",
  visibility: "public",
  options: { region: regionOption() },
  components: [refresh, history],
  run: ({ options }, context) => show(options.region, context),
});

async function show(region: string, context: Context): Promise<View> {
  const { known, signal, t } = context;
  const [told, seen] = await Promise.all([known.emission(region, { signal }), seenIn(region, context)]);
  const customId = REFRESH.customId({ region }, context);
  return {
    embeds: [emissionCard(told, region, emissionFigures(seen), context)],
    components: [
      row(
        button({ label: t("emission.refresh"), customId, style: ButtonStyle.Primary }),
        ...emissionButtons(region, context),
      ),
    ],
  };
}

/** The archive is an extra: nobody waits long for it. */
async function seenIn(region: string, { recalled, watching }: Context): Promise<readonly ObservedEmission[]> {
  return (await recalled.emissions.get(region, () => watching.observedEmissions(region), PATIENCE_MS)) ?? [];
}

async function showHistory(region: string, context: Context): Promise<View> {
  // The first picture since the start takes a moment longer: it passes while the archive is read.
  void context.charts.prepare();
  const seen = await context.watching.observedEmissions(region);
  return {
    ...(await emissionHistory(seen, region, context)),
    components: notifyButtons(region, context).map((one) => row(one)),
  };
}
