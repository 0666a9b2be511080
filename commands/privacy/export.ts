import { defineSubcommand } from "../../src/kernel/index.js";

export const exportAll = defineSubcommand({
  name: "export",
  visibility: "private",
  async run(_input, { store, userId, now, t }) {
    const [data, history] = await Promise.all([store.personal.export(userId), store.personal.history(userId)]);
    if (Object.keys(data).length === 0 && history.length === 0) return { content: t("privacy.nothing") };
    const exported = { discordId: userId, exportedAt: now.toISOString(), data, history };
    const json = JSON.stringify(exported, undefined, 2);
    return {
      content: t("privacy.exported"),
      files: [{ name: `zonewire-${userId}.json`, data: new TextEncoder().encode(`${json}\n`) }],
    };
  },
});
