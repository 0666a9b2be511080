import { CharacterStatType, type CharacterStat } from "@zonewire/stalcraft";
import type { Figures, Values } from "../store/index.js";

/** Several times as many as the game has. */
const MOST = 2_000;
const GROWING: ReadonlySet<string> = new Set([
  CharacterStatType.INTEGER,
  CharacterStatType.DECIMAL,
  CharacterStatType.DURATION,
]);

/** Whether statistics of this type are totals, which grow. */
export const grows = (type: string): boolean => GROWING.has(type);

/** What is kept of a profile: each statistic that is a number or a date. Of two of one name the first counts. */
export function figuresOf(stats: readonly CharacterStat[]): Figures {
  const figures = new Map<string, { readonly type: string; readonly value: number }>();
  for (const { id, type, value } of stats) {
    if (figures.has(id) || figures.size >= MOST) continue;
    if (grows(type) && typeof value === "number") figures.set(id, { type, value });
    if (type === CharacterStatType.DATE && value instanceof Date) figures.set(id, { type, value: value.getTime() });
  }
  return figures;
}

/** What `before` has other than `after`, and whether a total fell; undefined: nothing differs. */
export function changesOf(
  before: Figures,
  after: Figures,
): { readonly values: Values; readonly fell: boolean } | undefined {
  const values = new Map<string, number | undefined>();
  let fell = false;
  for (const [id, { type, value }] of before) {
    const now = after.get(id)?.value;
    if (now === value) continue;
    values.set(id, value);
    // One that a profile no longer lists says nothing.
    if (now !== undefined && now < value && grows(type)) fell = true;
  }
  for (const id of after.keys()) if (!before.has(id)) values.set(id, undefined);
  return values.size > 0 ? { values, fell } : undefined;
}
