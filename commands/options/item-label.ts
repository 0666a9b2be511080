import { HIGHEST_LEVEL, isUpgradable, type AskedGrade, type Item } from "../../src/items/index.js";
import { itemLabel, type ItemContext } from "../format/item-name.js";
import { qualityOfEmoji } from "../format/quality.js";

/** What stands between the parts of a label or a title; nobody types it. */
const DOT = " · ";
const LEVEL = /(?:^|\s)\+(\d{1,2})$/;
/** How many of it, in the title of a recipe. */
const AMOUNT = /\s×[\d\s.,]+$/;

type Labelled = { readonly items: readonly Item[] } & AskedGrade;

/**
 * The item of a label that suggestions showed, or of the title of a card: `Prima · 🟡 Legendary +15`, `Prima · lots · EU`.
 * Undefined for a text that is neither.
 */
export function readLabel(text: string, region: string, context: ItemContext): Labelled | undefined {
  const parts = text.split(DOT).map((part) => part.trim());
  if (parts.length === 1 && !LEVEL.test(text) && !AMOUNT.test(text)) return undefined;
  for (let count = parts.length; count > 0; count--) {
    const [head, ...marks] = [parts.slice(0, count).join(DOT), ...parts.slice(count)];
    const found = labelled(head, marks, region, context);
    if (found) return found;
  }
  return withoutName(parts, region, context);
}

function labelled(head: string, marks: readonly string[], region: string, context: ItemContext): Labelled | undefined {
  const whole = head.replace(AMOUNT, "");
  const level = LEVEL.exec(whole)?.[1];
  // No name of the game ends in a plus and a number: `Part +1` is no `Part #1`.
  const named = context.items.named(whole.replace(LEVEL, ""), region);
  if (named.length === 0) return undefined;
  if (level !== undefined && (Number(level) > HIGHEST_LEVEL || !named.some(isUpgradable))) return undefined;
  const grade = gradeOf([...(level === undefined ? [] : [`+${level}`]), ...marks]);
  return { items: toldApart(named, marks, region, context), ...grade };
}

/** Of things of one name the one whose label has these marks; all, where none tells. */
function toldApart(
  named: readonly Item[],
  marks: readonly string[],
  region: string,
  context: ItemContext,
): readonly Item[] {
  const told = marks.map((mark) => mark.replace(AMOUNT, "").replace(LEVEL, ""));
  const byId = named.filter(({ id }) => told.includes(id));
  if (byId.length > 0) return byId;
  const fitting = named
    .map((item) => ({ item, own: itemLabel(item, region, context).split(DOT).slice(1) }))
    .filter(({ own }) => own.length > 0 && own.every((mark) => told.includes(mark)))
    .sort((a, b) => b.own.length - a.own.length);
  return fitting[0] ? [fitting[0].item] : named;
}

/** An item without a name in the database is labelled by its kind and its id. */
function withoutName(parts: readonly string[], region: string, { items }: ItemContext): Labelled | undefined {
  const [item] = parts.flatMap((part) => items.get(part.replace(AMOUNT, "").replace(LEVEL, ""), region) ?? []);
  return item && { items: [item], ...gradeOf(parts) };
}

function gradeOf(marks: readonly string[]): AskedGrade {
  const qualities = marks.map(qualityOfEmoji).filter((quality) => quality !== undefined);
  const levels = marks.map((mark) => LEVEL.exec(mark)?.[1]).filter((level) => level !== undefined);
  return {
    ...(qualities[0] !== undefined && { quality: qualities[0] }),
    ...(levels[0] !== undefined && { level: Number(levels[0]) }),
  };
}
