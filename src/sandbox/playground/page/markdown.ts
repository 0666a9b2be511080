import { parseInline } from "./markdown-inline.js";

/** What stands within a line. Text may hold line feeds. */
export type Inline =
  | { readonly kind: "text" | "code"; readonly text: string }
  | {
      readonly kind: "bold" | "italic" | "underline" | "strike" | "spoiler";
      readonly children: readonly Inline[];
    }
  | { readonly kind: "link"; readonly url: string; readonly children: readonly Inline[] }
  | { readonly kind: "time"; readonly seconds: number; readonly style: string }
  | { readonly kind: "command"; readonly name: string; readonly id: string }
  | { readonly kind: "person" | "role" | "channel"; readonly id: string }
  | { readonly kind: "emoji"; readonly name: string; readonly id: string };

export type Block =
  | { readonly kind: "paragraph" | "small"; readonly children: readonly Inline[] }
  | { readonly kind: "heading"; readonly level: number; readonly children: readonly Inline[] }
  | { readonly kind: "fence"; readonly language: string; readonly text: string }
  | { readonly kind: "quote"; readonly blocks: readonly Block[] }
  | List;

export interface List {
  readonly kind: "list";
  /** The first number; undefined: bullets. */
  readonly start: number | undefined;
  readonly items: readonly ListItem[];
}

export interface ListItem {
  readonly children: readonly Inline[];
  /** Lists indented below it. */
  readonly below: readonly List[];
}

const fence = /(?<![\\`])```(?:([\w+#.-]*)\n)?([\s\S]*?)```/g;
const item = /^( *)(?:([-*])|(\d{1,9})\.) +(\S.*)$/;
/** Quotes and lists nested deeper stay text. */
const DEEPEST = 8;

/**
 * Discord's markdown as a tree. Whatever is no markdown stays text, so nothing that was written gets lost; and the
 * tree is data, so nothing that was written can become anything but what is listed above.
 */
export function parseMarkdown(source: string): Block[] {
  return parseBlocks(source.replace(/\r\n?/g, "\n"), 0);
}

function parseBlocks(source: string, depth: number): Block[] {
  const blocks: Block[] = [];
  let end = 0;
  for (const match of source.matchAll(fence)) {
    const [whole, language = "", body = ""] = match;
    if (body.trim() === "") continue;
    blocks.push(...parseLines(source.slice(end, match.index).replace(/\n$/, ""), depth));
    blocks.push({ kind: "fence", language, text: body.replace(/^\n+|\n+$/g, "") });
    end = match.index + whole.length;
    if (source[end] === "\n") end++;
  }
  blocks.push(...parseLines(source.slice(end), depth));
  return blocks;
}

function parseLines(source: string, depth: number): Block[] {
  const blocks: Block[] = [];
  const lines = source === "" ? [] : source.split("\n");
  let paragraph: string[] = [];
  const endParagraph = () => {
    if (paragraph.length > 0) blocks.push({ kind: "paragraph", children: parseInline(paragraph.join("\n")) });
    paragraph = [];
  };
  const takeWhile = (start: number, matches: (line: string) => boolean): string[] => {
    const after = lines.findIndex((line, index) => index >= start && !matches(line));
    return lines.slice(start, after === -1 ? undefined : after);
  };
  for (let at = 0; at < lines.length;) {
    const line = lines[at] ?? "";
    const [block, taken] = depth < DEEPEST ? (startOfBlock(line, at, takeWhile, lines, depth) ?? []) : [];
    if (block === undefined) {
      paragraph.push(line);
      at++;
      continue;
    }
    endParagraph();
    blocks.push(block);
    at += taken ?? 1;
  }
  endParagraph();
  return blocks;
}

/** The block that starts with this line, and how many lines it takes. */
function startOfBlock(
  line: string,
  at: number,
  takeWhile: (start: number, matches: (line: string) => boolean) => string[],
  lines: readonly string[],
  depth: number,
): [Block, number] | undefined {
  const heading = /^(#{1,3}) +(\S.*)$/.exec(line);
  if (heading) {
    const [, signs = "", text = ""] = heading;
    return [{ kind: "heading", level: signs.length, children: parseInline(text) }, 1];
  }
  const small = /^-# +(\S.*)$/.exec(line);
  if (small) return [{ kind: "small", children: parseInline(small[1] ?? "") }, 1];
  if (line.startsWith(">>> ")) {
    const rest = [line.slice(4), ...lines.slice(at + 1)];
    return [{ kind: "quote", blocks: parseBlocks(rest.join("\n"), depth + 1) }, rest.length];
  }
  if (line.startsWith("> ")) {
    const quoted = takeWhile(at, (one) => one.startsWith("> "));
    const inner = quoted.map((one) => one.slice(2)).join("\n");
    return [{ kind: "quote", blocks: parseBlocks(inner, depth + 1) }, quoted.length];
  }
  if (!item.test(line)) return undefined;
  const items = takeWhile(at, (one) => item.test(one));
  // A list of the other kind below, on the same level, is another list.
  const [first, taken] = parseList(items, 0);
  return [first, taken];
}

/** The list whose first item is `lines[from]`, and how many lines it and what is indented below it take. */
function parseList(lines: readonly string[], from: number, depth = 0): [List, number] {
  const [, indent = "", , startsAt] = item.exec(lines[from] ?? "") ?? [];
  const ordered = startsAt !== undefined;
  const items: { children: Inline[]; below: List[] }[] = [];
  let at = from;
  while (at < lines.length) {
    const [, space = "", bullet, , text = ""] = item.exec(lines[at] ?? "") ?? [];
    const last = items.at(-1);
    if (last !== undefined && depth < DEEPEST && space.length > indent.length + 1) {
      const [below, taken] = parseList(lines, at, depth + 1);
      last.below.push(below);
      at += taken;
      continue;
    }
    if (last !== undefined && (space.length < indent.length || ordered === (bullet !== undefined))) break;
    items.push({ children: parseInline(text), below: [] });
    at++;
  }
  return [{ kind: "list", start: ordered ? Number(startsAt) : undefined, items }, at - from];
}
