import { defineSubcommand, row } from "../../src/kernel/index.js";
import { clanOption, findClanId } from "../options/clan.js";
import { regionOption } from "../options/region.js";
import { membersButtons, readClanCard } from "./clan-card.js";

export const info = defineSubcommand({
  name: "info",
  visibility: "public",
  options: { clan: clanOption(), region: regionOption() },
  async run({ options: { clan, region } }, context) {
    const id = await findClanId(clan, region, context);
    const buttons = membersButtons(id, region, context);
    return {
      embeds: [await readClanCard(id, region, context)],
      components: buttons.length > 0 ? [row(...buttons)] : [],
    };
  },
});
