import { defineCommandGroup } from "../../src/kernel/index.js";
import { me } from "./me.js";
import { server } from "./server.js";

export default defineCommandGroup("settings", [me, server], { topic: "topic.account" });
