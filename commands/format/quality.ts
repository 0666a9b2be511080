import { HIGHEST_LEVEL, isArtifact, type Item } from "../../src/items/index.js";
import { dotted, optionalChoice, optionalInteger, spaced, type Context } from "../../src/kernel/index.js";

/** The qualities in the game's colours. The seventh was never seen for sale. */
const QUALITIES = [
  { emoji: "⚪", name: "quality.0" },
  { emoji: "🟢", name: "quality.1" },
  { emoji: "🔵", name: "quality.2" },
  { emoji: "🟣", name: "quality.3" },
  { emoji: "🔴", name: "quality.4" },
  { emoji: "🟡", name: "quality.5" },
  { emoji: "🟠", name: "quality.6" },
] as const;
const SOLD = 6;

/** A quality of artifacts that is for sale, 0 (common) to 5 (legendary). */
export function qualityOption() {
  return optionalChoice(QUALITIES.slice(0, SOLD).map(({ name }, value) => ({ value, name })));
}

/** An upgrade level. */
export function levelOption() {
  return optionalInteger({ min: 0, max: HIGHEST_LEVEL });
}

/** The names of all qualities, from common up. */
export function qualityNames({ t }: Pick<Context, "t">): string[] {
  return QUALITIES.map(({ name }) => t(name));
}

/** `🟡 Legendary`; a quality that nobody knows yet by its number. */
export function qualityName(quality: number, { t }: Pick<Context, "t">): string {
  const known = QUALITIES[quality];
  return known ? `${known.emoji} ${t(known.name)}` : String(quality);
}

/** The quality whose sign a text begins with. */
export function qualityOfEmoji(text: string): number | undefined {
  const quality = QUALITIES.findIndex(({ emoji }) => text.startsWith(emoji));
  return quality < 0 ? undefined : quality;
}

interface Grade {
  readonly quality?: number | undefined;
  readonly level?: number | undefined;
  /** Exact quality in percent. */
  readonly studied?: number | undefined;
}

/** `🟡 Legendary +15`: what is undefined is left out. Empty where both are. */
export function gradeText({ quality, level }: Grade, context: Pick<Context, "t">): string {
  return spaced(quality !== undefined && qualityName(quality, context), level !== undefined && `+${level}`);
}

/** `Legendary +15`: the same without an emoji, which not everything that shows texts can draw. */
export function plainGrade({ quality, level }: Grade, context: Pick<Context, "t">): string {
  const names = qualityNames(context);
  return spaced(quality !== undefined && (names[quality] ?? String(quality)), level !== undefined && `+${level}`);
}

/** `🟡 Legendary +15 · 168.2%`, of a piece: with a quality, a level of 0 is left out. */
export function gradeName({ quality, level, studied }: Grade, context: Pick<Context, "t" | "percent">): string {
  const name = gradeText({ quality, level: level === 0 && quality !== undefined ? undefined : level }, context);
  return dotted(name, studied !== undefined && context.percent(studied / 100, { digits: 1 }));
}

/** Whether pieces of an item differ in quality and level. Nobody knows of an item that the listing lacks: then they may. */
export function isGraded(item: Pick<Item, "category"> | undefined): boolean {
  return item === undefined || isArtifact(item);
}
