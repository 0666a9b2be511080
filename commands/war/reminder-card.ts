import { card, COLOURS, lines, linkButton, row, time, type MessageContext, type View } from "../../src/kernel/index.js";
import type { Roll, War } from "../../src/war/index.js";
import { listedName } from "../format/cut-list.js";
import { battleName, battleTitle, whenText } from "./battle.js";
import { countsText, squadFields } from "./sign-up-card.js";

/** Sent shortly before it begins. The first line is what a phone shows of it. */
export function reminderCard(roll: Roll, context: MessageContext): View {
  const { t } = context;
  const { war } = roll;
  const url = messageLink(war);
  return {
    content: t("war.headline-reminder", {
      battle: listedName(battleName(war.terms, context)),
      when: time(war.startsAt, "R"),
    }),
    embeds: [
      card({
        title: battleTitle(war.terms, context),
        colour: COLOURS.alert,
        description: lines(whenText(war), countsText(roll, context)),
        fields: squadFields(roll, context),
      }),
    ],
    components: url === undefined ? [] : [row(linkButton({ label: t("war.to-sign-up"), url }))],
  };
}

/** Where one signs up; undefined: the message is not there. */
export function messageLink({ guildId, channelId, messageId }: War): string | undefined {
  return channelId === null || messageId === null
    ? undefined
    : `https://discord.com/channels/${guildId}/${channelId}/${messageId}`;
}
