import { defineSubcommand } from "../../src/kernel/index.js";
import { defineWatchRemoval } from "../watches/remove.js";

const removal = defineWatchRemoval("watch");

export const remove = defineSubcommand({
  name: "remove",
  visibility: "private",
  components: removal.components,
  modals: removal.modals,
  run: (_input, context) => removal.show(context),
});
