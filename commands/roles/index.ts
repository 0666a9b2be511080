import { defineCommandGroup } from "../../src/kernel/index.js";
import { auto } from "./auto.js";
import { check } from "./check.js";
import { list } from "./list.js";
import { map } from "./map.js";
import { match } from "./match.js";
import { nickname } from "./nickname.js";
import { sync } from "./sync.js";

export default defineCommandGroup("roles", [map, list, check, sync, auto, match, nickname], {
  topic: "topic.clan",
  places: ["server"],
  installations: ["server"],
});
