import {
  card,
  COLOURS,
  defineSubcommand,
  lines,
  optionalBoolean,
  paragraphs,
  UserError,
  type Context,
} from "../../src/kernel/index.js";
import { alertTarget, channelOption, targetOptions, type AlertTarget } from "../options/alert-target.js";
import { regionOption } from "../options/region.js";
import { stagesOrNoneOption, stagesText } from "../options/stages.js";
import { checkedEvery } from "../format/cadence.js";
import { emissionLine } from "../format/emission.js";
import { saveEmissionWatch } from "../watch/saving.js";
import { alertActions } from "../watches/alert-actions.js";

/** Where one message can be edited for months: Discord limits that of announcements, and in forums each message is a post. */
const PANEL_KINDS: readonly AlertTarget["channel"]["kind"][] = ["text", "thread", "voice"];

export const emission = defineSubcommand({
  name: "emission",
  visibility: "private",
  permission: "manage-server",
  options: {
    channel: channelOption(),
    region: regionOption(),
    stages: stagesOrNoneOption(),
    panel: optionalBoolean(),
    ...targetOptions(),
  },
  components: alertActions("server", "emission"),
  async run({ options: { region, stages, panel = false, ...where } }, context) {
    const { t } = context;
    if (stages.length === 0 && !panel) throw new UserError("error.alerts-nothing");
    const target = await alertTarget(where, context);
    if (panel && !PANEL_KINDS.includes(target.channel.kind))
      throw new UserError("error.panel-channel", { channel: mentionOf(target) });
    const now = await emissionLine(region, context);
    if (stages.length > 0) await saveEmissionWatch(region, stages, target.delivery, context);
    if (panel) await addPanel(region, target, context);
    return {
      embeds: [
        card({
          title: t("alerts.emission.title", { region }),
          colour: COLOURS.good,
          description: paragraphs(
            lines(
              stages.length > 0 && t("alerts.saved", { channel: mentionOf(target), what: stagesText(stages, context) }),
              stages.length > 0 && where.role && t("alerts.pings", { role: `<@&${where.role.id}>` }),
              stages.length > 0 && target.delivery.crosspost && t("alerts.publishes"),
              panel && t("alerts.panel-saved", { channel: mentionOf(target) }),
            ),
            now,
          ),
          note: checkedEvery("emission", context),
        }),
      ],
    };
  },
});

function mentionOf({ channel }: AlertTarget): string {
  return `<#${channel.id}>`;
}

async function addPanel(region: string, { channel, guildId, locale }: AlertTarget, context: Context): Promise<void> {
  const { watching, userId } = context;
  const panels = await watching.panels(guildId);
  const isThere = panels.some((panel) => panel.channelId === channel.id && panel.region === region);
  if (!isThere && panels.length >= watching.limits.perServer)
    throw new UserError("error.alert-limit", { limit: watching.limits.perServer });
  await watching.addPanel({ channelId: channel.id, region, guildId, ownerId: userId, locale });
}
