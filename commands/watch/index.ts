import { defineCommandGroup } from "../../src/kernel/index.js";
import { emission } from "./emission.js";
import { list } from "./list.js";
import { price } from "./price.js";
import { quiet } from "./quiet.js";
import { remove } from "./remove.js";

export default defineCommandGroup("watch", [emission, price, list, remove, quiet], { topic: "topic.alerts" });
