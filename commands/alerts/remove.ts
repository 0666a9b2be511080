import { defineSubcommand } from "../../src/kernel/index.js";
import { defineWatchRemoval } from "../watches/remove.js";

const removal = defineWatchRemoval("alerts");

export const remove = defineSubcommand({
  name: "remove",
  visibility: "private",
  permission: "manage-server",
  components: removal.components,
  modals: removal.modals,
  run: (_input, context) => removal.show(context),
});
