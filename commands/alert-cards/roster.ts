import { card, COLOURS, escape, lines, row, type MessageContext, type View } from "../../src/kernel/index.js";
import type { RosterEvent } from "../../src/watch/index.js";
import { membersButtons } from "../clan/info.js";
import { rosterChangeLine } from "../format/roster-change.js";

/** More of them stand in `/clan log`. */
const MOST_LINES = 25;

/** What happened in a clan since the last look. The first line is what a phone shows of it. */
export function rosterAlert(
  { changes, clanId, clanTag, clanName, region }: RosterEvent,
  context: MessageContext,
): View {
  const { t, mention } = context;
  const described = changes.slice(0, MOST_LINES).map((change) => rosterChangeLine(change, context));
  const more = changes.length - described.length;
  const clan = { tag: escape(clanTag), name: escape(clanName) };
  const [only = ""] = described;
  const buttons = membersButtons(clanId, region, context);
  return {
    content: changes.length === 1 ? only : t("alert.roster", { ...clan, changes: changes.length }),
    embeds: [
      card({
        title: t("roster.title", { ...clan, region: escape(region) }),
        colour: changes.some(({ kind }) => kind === "left") ? COLOURS.alert : COLOURS.neutral,
        description: lines(...described, more > 0 && t("roster.more", { changes: more, command: mention("clan log") })),
      }),
    ],
    components: buttons.length > 0 ? [row(...buttons)] : [],
  };
}
