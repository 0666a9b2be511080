import { defineCommandGroup } from "../../src/kernel/index.js";
import { history } from "./history.js";
import { inactive } from "./inactive.js";
import { info } from "./info.js";
import { keep } from "./keep.js";
import { list } from "./list.js";
import { log } from "./log.js";
import { members } from "./members.js";
import { top } from "./top.js";

export default defineCommandGroup("clan", [info, list, members, log, inactive, top, history, keep], {
  topic: "topic.clan",
});
