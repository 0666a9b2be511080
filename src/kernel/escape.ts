/** Control, formatting and direction characters (except the line feed): they hide or reorder what people read. */
const INVISIBLE = /(?!\n)[\p{Cc}\p{Cf}\u2028\u2029]/gu;
/** The same and more, in what people type: fillers, joiners, marks without a shape. Copied texts are full of them. */
const UNSEEN = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu;
const BLANKS = /[\p{Cc}\p{Z}]+/gu;
/** Colour codes that people put into names, such as `§4`: unseen where they come from. */
const COLOUR_CODE = /§[0-9a-fk-or]/gi;
/** Everything that Discord's markdown gives a meaning to wherever it stands. */
const MARKDOWN = /[\\*_~`|<>[\]()]/g;
/** Headings, lists and small print, which mean something at the start of a line only. */
const LINE_START = /^([^\S\n]*)([#+-]|\d+(?=[.)](?:\s|$)))/gm;
/** The beginning of `:skull:`. Of numbers, which stand between colons in times, two are names of emoji. */
const SHORTCODE = /:(?=(?:100|1234|(?!\d+:)[^\s:]+):)/g;
const ZERO_WIDTH = "\u200b";

const readable = (text: string) => text.replace(COLOUR_CODE, "").replace(INVISIBLE, "").trim();

/** Text from outside on one line, for places where Discord draws no markdown: footers, labels, choices. */
export function plain(text: string): string {
  return readable(text).replace(/\s+/g, " ");
}

/** What a person typed, as they see it: invisible characters are gone, each gap is one blank. */
export function typedText(text: string): string {
  return text.replace(UNSEEN, "").replace(BLANKS, " ").trim();
}

/**
 * Text from outside (the API, a person), to be shown as it was written: no markdown, links, mentions, headings, code, emoji
 * shortcodes or invisible characters take effect. For embed titles, descriptions, field names and values, and message content.
 */
export function escape(text: string): string {
  return readable(text)
    .replace(MARKDOWN, "\\$&")
    .replace(LINE_START, (_start, indent: string, sign: string) =>
      /\d/.test(sign) ? `${indent}${sign}${ZERO_WIDTH}` : `${indent}\\${sign}`,
    )
    .replace(SHORTCODE, "\\:")
    .replace(/@/g, `@${ZERO_WIDTH}`)
    .replace(/:\/\//g, `:${ZERO_WIDTH}//`);
}
