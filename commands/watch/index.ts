import { defineCommandGroup } from "../../src/kernel/index.js";
import { emission } from "./emission.js";

export default defineCommandGroup("watch", [emission], { topic: "topic.alerts" });
