import { card, defineCommand } from "../src/kernel/index.js";

export default defineCommand({
  name: "help",
  visibility: "private",
  run(_input, { t, commands, mention }) {
    const lines = commands().map(({ command, description }) => `${mention(command)} — ${description}`);
    return {
      embeds: [
        card({ title: t("help.title"), description: [t("help.intro"), "", ...lines].join("\n"), note: t("help.note") }),
      ],
    };
  },
});
