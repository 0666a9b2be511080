import { defineCommandGroup } from "../../src/kernel/index.js";
import { attendance } from "./attendance.js";
import { excuse } from "./excuse.js";
import { exportFile } from "./export.js";
import { next } from "./next.js";
import { schedule } from "./schedule.js";
import { squads } from "./squads.js";
import { stats } from "./stats.js";

export default defineCommandGroup("war", [next, schedule, squads, attendance, excuse, stats, exportFile], {
  topic: "topic.clan",
  places: ["server"],
  installations: ["server"],
});
