import { defineSubcommand, UserError } from "../../src/kernel/index.js";
import { defineQuietPanel } from "../quiet/panel.js";

const hours = defineQuietPanel({
  command: "alerts quiet",
  title: "quiet.server.title",
  note: "quiet.server.note",
  owner({ guildId }) {
    if (guildId === undefined) throw new UserError("error.server-only");
    return { guildId };
  },
});

/** When the alerts of a server wait, or come without a sound. */
export const quiet = defineSubcommand({
  name: "quiet",
  visibility: "private",
  permission: "manage-server",
  options: hours.options,
  components: hours.components,
  run: ({ options: { time_zone: timeZone, ...change } }, context) => hours.show({ ...change, timeZone }, context),
});
