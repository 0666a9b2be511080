import { defineSubcommand } from "../../src/kernel/index.js";
import { keep } from "../watches/keep.js";
import { defineWatchList } from "../watches/list.js";

const all = defineWatchList("watch");

export const list = defineSubcommand({
  name: "list",
  visibility: "private",
  components: [...all.components, keep],
  modals: all.modals,
  run: (_input, context) => all.show(context),
});
