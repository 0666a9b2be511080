import { defineCommandGroup } from "../../src/kernel/index.js";
import { emission } from "./emission.js";
import { price } from "./price.js";

export default defineCommandGroup("alerts", [emission, price], { topic: "topic.alerts", places: ["server"] });
