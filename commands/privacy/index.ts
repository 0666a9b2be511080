import { defineCommandGroup } from "../../src/kernel/index.js";
import { deleteAll } from "./delete.js";
import { exportAll } from "./export.js";
import { object } from "./object.js";
import { show } from "./show.js";

export default defineCommandGroup("privacy", [show, exportAll, deleteAll, object], { topic: "topic.account" });
