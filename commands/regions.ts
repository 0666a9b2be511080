import { card, defineCommand, escape, lines } from "../src/kernel/index.js";
import { dataAge } from "./format/moment.js";

export default defineCommand({
  name: "regions",
  topic: "topic.zone",
  visibility: "public",
  async run(_input, context) {
    const { stalcraft, signal, t } = context;
    const regions = await stalcraft.regions().getAll({ signal });
    const [first] = regions;
    return {
      embeds: [
        card({
          title: t("regions.title"),
          description: lines(...regions.map(({ id, name }) => `**${escape(id)}** — ${escape(name)}`)),
          note: first && dataAge(first.receivedAt, context),
        }),
      ],
    };
  },
});
