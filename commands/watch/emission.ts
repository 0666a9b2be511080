import {
  card,
  COLOURS,
  defineSubcommand,
  paragraphs,
  UserError,
  type Context,
  type View,
} from "../../src/kernel/index.js";
import type { Stage } from "../../src/watch/index.js";
import { regionOption } from "../options/region.js";
import { stagesOption, stagesText } from "../options/stages.js";
import { checkedEvery } from "../format/cadence.js";
import { emissionLine } from "../format/emission.js";
import { alertActions } from "../watches/alert-actions.js";
import { saveEmissionWatch } from "./saving.js";

export const emission = defineSubcommand({
  name: "emission",
  visibility: "private",
  options: { region: regionOption(), stages: stagesOption() },
  components: alertActions("private", "emission"),
  run: ({ options: { region, stages } }, context) => watchEmission(region, stages, context),
});

/** Tells a person of the emissions of a region from now on, and sends them a first message at once. */
async function watchEmission(region: string, stages: Stage[], context: Context): Promise<View> {
  const { t, userId, locale, signal, watching } = context;
  const now = await emissionLine(region, context);
  const own = { ownerId: userId };
  const { watch, existed } = await saveEmissionWatch(
    region,
    stages,
    { ...own, guildId: null, target: `dm:${userId}`, roleId: null, crosspost: false, silent: false, locale },
    context,
  );
  const sent = await watching.test(watch.id, own, signal);
  if (sent?.kind === "refused") {
    if (!existed) await watching.remove(watch.id, own);
    throw new UserError("error.dm-refused");
  }
  return {
    embeds: [
      card({
        title: t("watch.emission.title", { region }),
        colour: COLOURS.good,
        description: paragraphs(
          t(sent?.kind === "sent" ? "watch.saved-sent" : "watch.saved"),
          stagesText(stages, context),
          now,
          watch.lifetimeDays !== null && t("watch.lifetime", { days: watch.lifetimeDays }),
        ),
        note: checkedEvery("emission", context),
      }),
    ],
  };
}
