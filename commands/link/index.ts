import { defineCommand } from "../../src/kernel/index.js";
import { begin, beginButton } from "./begin.js";

export default defineCommand({
  name: "link",
  topic: "topic.account",
  visibility: "private",
  access: "reply",
  components: [beginButton],
  run: (_input, context) => begin(context),
});
