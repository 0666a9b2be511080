import { defineCommandGroup } from "../../src/kernel/index.js";
import { compare } from "./compare.js";
import { list } from "./list.js";
import { progress } from "./progress.js";
import { profile } from "./profile.js";

export default defineCommandGroup("character", [profile, progress, list, compare], { topic: "topic.clan" });
