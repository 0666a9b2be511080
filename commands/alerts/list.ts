import { defineSubcommand } from "../../src/kernel/index.js";
import { defineWatchList } from "../watches/list.js";

const all = defineWatchList("alerts");

export const list = defineSubcommand({
  name: "list",
  visibility: "private",
  permission: "manage-server",
  components: all.components,
  modals: all.modals,
  run: (_input, context) => all.show(context),
});
