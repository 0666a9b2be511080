import { defineCommandGroup } from "../../src/kernel/index.js";
import { emission } from "./emission.js";

export default defineCommandGroup("alerts", [emission], { topic: "topic.alerts", places: ["server"] });
