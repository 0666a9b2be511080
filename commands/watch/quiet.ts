import { defineSubcommand } from "../../src/kernel/index.js";
import { defineQuietPanel } from "../quiet/panel.js";

const hours = defineQuietPanel({
  command: "watch quiet",
  title: "quiet.me.title",
  note: "quiet.me.note",
  owner: ({ userId }) => ({ personId: userId }),
});

/** When what is told a person directly waits, or comes without a sound. */
export const quiet = defineSubcommand({
  name: "quiet",
  visibility: "private",
  options: hours.options,
  components: hours.components,
  run: ({ options: { time_zone: timeZone, ...change } }, context) => hours.show({ ...change, timeZone }, context),
});
