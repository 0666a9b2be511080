import { escape, lines, quote, type CardField, type Context } from "../../src/kernel/index.js";
import { textIn, type InfoBlock, type InfoElement, type Names } from "../../src/items/index.js";
import { linesWithin } from "../sourcing/plan-text.js";

/** Of a weapon's attachments and the like, which may be hundreds. */
const MOST_NAMED = 12;
const STORY_LENGTH = 500;
/** The colours in which the game writes what is good for the player, and what is bad. */
const SIGNS: Readonly<Record<string, string>> = { "53C353": "🟢 ", C15252: "🔴 " };

export interface Described {
  /** Blocks without a title, for the description. */
  readonly paragraphs: readonly string[];
  /** Blocks with one. */
  readonly fields: readonly CardField[];
}

/** Every block of a card in the caller's language; what has no words in any is left out. */
export function describeBlocks(blocks: readonly InfoBlock[], context: Context): Described {
  const paragraphs: string[] = [];
  const stories: string[] = [];
  const fields: CardField[] = [];
  for (const block of blocks) {
    const title = block.kind === "damage" ? context.t("item.damage") : said(block.title, context);
    const text = describe(block, context);
    if (text === "") continue;
    if (title !== "") fields.push({ name: title, value: text });
    else if (block.kind === "text") stories.push(story(text));
    else paragraphs.push(text);
  }
  return { paragraphs: [...paragraphs, ...stories], fields };
}

function describe(block: InfoBlock, context: Context): string {
  switch (block.kind) {
    case "list":
      return describeList(block.elements, context);
    case "text":
      return said(block.text, context);
    case "damage": {
      const { startDamage, damageDecreaseStart, endDamage, damageDecreaseEnd, maxDistance } = block;
      const figure = (value: number) => context.number(Math.round(value * 100) / 100);
      if (startDamage === endDamage)
        return context.t("item.damage-even", { damage: figure(startDamage), most: figure(maxDistance) });
      return context.t("item.damage-curve", {
        start: figure(startDamage),
        near: figure(damageDecreaseStart),
        end: figure(endDamage),
        far: figure(damageDecreaseEnd),
        most: figure(maxDistance),
      });
    }
  }
}

function describeList(elements: readonly InfoElement[], context: Context): string {
  const names = elements.flatMap((element) => (element.kind === "item" ? said(element.name, context) || [] : []));
  const rows = elements.map((element) => element.kind !== "item" && describeElement(element, context));
  const items = names.map((name) => `• ${name}`);
  return lines(...rows, linesWithin(items, context, MOST_NAMED));
}

function describeElement(element: Exclude<InfoElement, { kind: "item" }>, context: Context): string {
  switch (element.kind) {
    case "numeric":
    case "range": {
      const sign = SIGNS[element.valueColor ?? ""] ?? "";
      return pair(said(element.name, context), said(element.formatted, context), sign, context);
    }
    case "key-value":
      return pair(said(element.name, context), said(element.value, context), "", context);
    case "text":
      return said(element.text, context);
    case "usage":
      return said(element.name, context);
  }
}

function pair(name: string, value: string, sign: string, { t }: Context): string {
  // Some names end in a colon of their own.
  const label = name.replace(/\s*:$/, "");
  if (label === "" || value === "") return label || value;
  return sign + t("card.pair", { name: label, value: `**${value}**` });
}

function said(names: Names, { locale }: Context): string {
  return escape(textIn(names, locale) ?? "");
}

function story(text: string): string {
  const short = text.length > STORY_LENGTH ? `${text.slice(0, text.lastIndexOf(" ", STORY_LENGTH))}…` : text;
  return lines(...short.split(/\n+/).map((line) => quote(line.trim())));
}
