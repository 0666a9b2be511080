import { z } from "zod";
import { itemHead } from "./listing.js";
import { everywhere, inEachLanguage, labelText, namesText, type Names } from "./names.js";

/** What the database tells about one item at one level. */
export interface ItemCard {
  readonly id: string;
  /** Folders of the database, such as `weapon/assault_rifle`. */
  readonly category: string;
  readonly names: Names;
  /** As in `Item`. */
  readonly rank: string;
  readonly state: string;
  readonly blocks: readonly InfoBlock[];
}

/** A paragraph of the card. Titles and texts may have no words. */
export type InfoBlock =
  | { readonly kind: "list"; readonly title: Names; readonly elements: readonly InfoElement[] }
  | { readonly kind: "text"; readonly title: Names; readonly text: Names }
  | ({ readonly kind: "damage" } & DamageCurve);

/** How a bullet's damage falls with the distance: `startDamage` up to one distance, `endDamage` from another on. */
export interface DamageCurve {
  readonly startDamage: number;
  /** In metres, like the other distances. */
  readonly damageDecreaseStart: number;
  readonly endDamage: number;
  readonly damageDecreaseEnd: number;
  readonly maxDistance: number;
}

export type InfoElement =
  | ({ readonly kind: "numeric"; readonly value: number } & Named & Formatted)
  | ({ readonly kind: "range"; readonly min: number; readonly max: number } & Named & Formatted)
  | ({ readonly kind: "key-value"; readonly value: Names } & Named)
  | { readonly kind: "text"; readonly text: Names }
  /** Another item that belongs to it, such as a weapon that an attachment suits. */
  | { readonly kind: "item"; readonly name: Names }
  | { readonly kind: "usage"; readonly name: Names };

interface Named {
  /** The game's own, such as `core.tooltip.info.weight`; undefined for a name that is not translated. */
  readonly id: string | undefined;
  readonly name: Names;
}

interface Formatted {
  /** The value as the game writes it, with its unit. */
  readonly formatted: Names;
  /** Six hexadecimal digits: green `53C353` is good for the player, red `C15252` bad. */
  readonly valueColor: string | undefined;
}

/** What no version of this reader knows is left out, so nothing of the kind is an error. */
const unknown = z.unknown().transform(() => undefined);

const formatted = z
  .object({ value: z.record(z.string(), z.string()), valueColor: z.string().optional() })
  .optional()
  .catch(undefined);

const element = z
  .discriminatedUnion("type", [
    z
      .object({ type: z.literal("numeric"), name: labelText, value: z.number(), formatted })
      .transform(({ name, value, formatted }): InfoElement => {
        return { kind: "numeric", ...named(name), value, ...written(formatted, short(value)) };
      }),
    z
      .object({ type: z.literal("range"), name: labelText, min: z.number(), max: z.number(), formatted })
      .transform(({ name, min, max, formatted }): InfoElement => {
        return { kind: "range", ...named(name), min, max, ...written(formatted, `[${short(min)}; ${short(max)}]`) };
      }),
    z
      .object({ type: z.literal("key-value"), key: labelText, value: namesText })
      .transform(({ key, value }): InfoElement => ({ kind: "key-value", ...named(key), value })),
    z
      .object({ type: z.literal("text"), text: namesText })
      .transform(({ text }): InfoElement => ({ kind: "text", text })),
    z
      .object({ type: z.literal("item"), name: namesText })
      .transform(({ name }): InfoElement => ({ kind: "item", name })),
    z
      .object({ type: z.literal("usage"), name: namesText })
      .transform(({ name }): InfoElement => ({ kind: "usage", name })),
  ])
  .or(unknown);

const noWords = namesText.catch({});
const block = z
  .discriminatedUnion("type", [
    z
      .object({ type: z.literal("list"), title: noWords, elements: z.array(element) })
      .transform(({ title, elements }): InfoBlock => ({ kind: "list", title, elements: elements.filter(isThere) })),
    z
      .object({ type: z.literal("text"), title: noWords, text: namesText })
      .transform(({ title, text }): InfoBlock => ({ kind: "text", title, text })),
    z
      .object({
        type: z.literal("damage"),
        startDamage: z.number(),
        damageDecreaseStart: z.number(),
        endDamage: z.number(),
        damageDecreaseEnd: z.number(),
        maxDistance: z.number(),
      })
      .transform(({ type, ...curve }): InfoBlock => ({ kind: type, ...curve })),
  ])
  .or(unknown);

const file = z.object({
  id: z.string(),
  category: z.string(),
  ...itemHead,
  infoBlocks: z.array(block).default([]),
});

/**
 * Reads an item's own file, or the one of a level. Blocks and elements without a kind, of an unknown kind or with nothing
 * in them are left out.
 * @throws ZodError when it is no item
 */
export function parseItemCard(json: unknown): ItemCard {
  const { id, category, name, color, status, infoBlocks } = file.parse(json);
  const blocks = infoBlocks.filter(isThere).filter(saysSomething);
  return { id, category, names: name, rank: color, state: status.state, blocks };
}

function named({ id, names }: z.infer<typeof labelText>): Named {
  return { id, name: names };
}

function written(given: z.infer<typeof formatted>, otherwise: string): Formatted {
  const value = inEachLanguage(given?.value ?? {});
  return { formatted: hasWords(value) ? value : everywhere(otherwise), valueColor: given?.valueColor };
}

/** At most two digits after the point. */
function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function isThere<T>(thing: T | undefined): thing is T {
  return thing !== undefined;
}

function hasWords(names: Names): boolean {
  return Object.keys(names).length > 0;
}

function saysSomething(block: InfoBlock): boolean {
  switch (block.kind) {
    case "list":
      return block.elements.length > 0;
    case "text":
      return hasWords(block.text);
    case "damage":
      return true;
  }
}
