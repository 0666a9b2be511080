import { UserError, type Context, type View } from "../../src/kernel/index.js";
import { defineChoosing, type Said } from "./choosing.js";
import { readEntries, scopeOf, testEntry, type Entry, type Group } from "./entries.js";
import { testText } from "./test-text.js";

/** Sends a real message where one of them goes: of several, one is chosen in a menu. */
export function defineWatchTest(group: Group) {
  const choosing = defineChoosing({
    group,
    command: `${group} test`,
    title: "watches.test-title",
    prompt: "watches.which-test",
    several: false,
    chosen: ([entry], context) => send(entry, context),
  });

  async function send(entry: Entry | undefined, context: Context): Promise<Said> {
    const result = entry && (await testEntry(entry, scopeOf(group, context), context));
    if (!entry || !result) throw new UserError("error.watch-gone");
    return { text: testText(result, entry, context), good: result.kind === "sent" };
  }

  return {
    ...choosing,
    async begin(context: Context): Promise<View> {
      const [only, ...others] = await readEntries(scopeOf(group, context), context);
      return choosing.show(context, only && others.length === 0 ? await send(only, context) : undefined);
    },
  };
}
