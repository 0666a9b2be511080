import { defineSubcommand } from "../../src/kernel/index.js";

export const exportAll = defineSubcommand({
  name: "export",
  visibility: "private",
  async run(_input, { store, userId, now, t }) {
    const data = await store.personal.export(userId);
    if (Object.keys(data).length === 0) return { content: t("privacy.nothing") };
    const json = JSON.stringify({ discordId: userId, exportedAt: now.toISOString(), data }, undefined, 2);
    return {
      content: t("privacy.exported"),
      files: [{ name: `zonewire-${userId}.json`, data: new TextEncoder().encode(`${json}\n`) }],
    };
  },
});
