import { defineCommandGroup } from "../../src/kernel/index.js";
import { compare } from "./compare.js";
import { list } from "./list.js";
import { profile } from "./profile.js";

export default defineCommandGroup("character", [profile, list, compare], { topic: "topic.clan" });
