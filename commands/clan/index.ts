import { defineCommandGroup } from "../../src/kernel/index.js";
import { info } from "./info.js";
import { list } from "./list.js";
import { log } from "./log.js";
import { members } from "./members.js";

export default defineCommandGroup("clan", [info, list, members, log], { topic: "topic.clan" });
