import { defineSubcommand } from "../../src/kernel/index.js";
import { defineWatchTest } from "../watches/test.js";

const trial = defineWatchTest("alerts");

/** Sends a real message where an alert goes. */
export const test = defineSubcommand({
  name: "test",
  visibility: "private",
  permission: "manage-server",
  components: trial.components,
  modals: trial.modals,
  run: (_input, context) => trial.begin(context),
});
