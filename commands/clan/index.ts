import { defineCommandGroup } from "../../src/kernel/index.js";
import { info } from "./info.js";
import { list } from "./list.js";
import { members } from "./members.js";

export default defineCommandGroup("clan", [info, list, members], { topic: "topic.clan" });
