import { defineCommandGroup } from "../../src/kernel/index.js";
import { profile } from "./profile.js";

export default defineCommandGroup("character", [profile]);
