import { defineSubcommand, UserError } from "../../src/kernel/index.js";
import { settingsCard } from "./card.js";
import { languageChange, regionChange, requireRegion } from "./options.js";

export const server = defineSubcommand({
  name: "server",
  visibility: "private",
  permission: "manage-server",
  anyoneMayLook: true,
  options: { region: regionChange(), language: languageChange() },
  async run({ options: { region, language } }, context) {
    const { store, guildId } = context;
    if (guildId === undefined) throw new UserError("error.server-only");
    await requireRegion(region, context);
    const wanted = { ...(region !== undefined && { region }), ...(language !== undefined && { language }) };
    const changed = Object.keys(wanted).length > 0;
    const settings = changed ? await store.servers.save(guildId, wanted) : await store.servers.get(guildId);
    const shown = {
      title: "settings.server.title",
      changed,
      region: settings?.region,
      language: settings?.language,
      note: "settings.server.note",
    } as const;
    return { embeds: [settingsCard(shown, changed ? await context.reread() : context)] };
  },
});
