import { defineCommandGroup } from "../../src/kernel/index.js";
import { clan } from "./clan.js";
import { emission } from "./emission.js";
import { list } from "./list.js";
import { price } from "./price.js";
import { quiet } from "./quiet.js";
import { remove } from "./remove.js";
import { test } from "./test.js";

export default defineCommandGroup("alerts", [emission, price, clan, list, remove, test, quiet], {
  topic: "topic.alerts",
  places: ["server"],
});
