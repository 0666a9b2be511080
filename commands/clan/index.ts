import { defineCommandGroup } from "../../src/kernel/index.js";
import { info } from "./info.js";
import { list } from "./list.js";

export default defineCommandGroup("clan", [info, list]);
