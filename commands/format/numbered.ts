import type { Context, Page } from "../../src/kernel/index.js";

/** The lines of a page, numbered through all pages. The dot is escaped: Discord makes its own lists otherwise. */
export function numbered<T>(
  { items, from }: Page<T>,
  describe: (item: T) => string,
  { number }: Pick<Context, "number">,
): string[] {
  return items.map((item, index) => `${number(from + index + 1)}\\. ${describe(item)}`);
}
