import { defineChoosing } from "./choosing.js";
import { removeEntry, scopeOf, type Group } from "./entries.js";
import { removedLine } from "./list.js";

/** A menu in which several are chosen to be deleted. */
export function defineWatchRemoval(group: Group) {
  return defineChoosing({
    group,
    command: `${group} remove`,
    title: `watches.${group}.remove`,
    prompt: "watches.which",
    several: true,
    async chosen(entries, context) {
      const scope = scopeOf(group, context);
      const gone = await Promise.all(entries.map((entry) => removeEntry(entry, scope, context)));
      const removed = entries.filter((_, index) => gone[index]);
      if (removed.length === 0) return { text: context.t("error.watch-gone"), good: false };
      return { text: removedLine(removed, context), good: true };
    },
  });
}
