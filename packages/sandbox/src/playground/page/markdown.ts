import { parseInline, type Inline } from "./markdown-inline.js";

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

/** Reads from where it is set to; the language must stand alone on the first line. */
const fence = /```(?:([\w+#.-]*)\n)?([\s\S]*?)```/y;
const item = /^( *)(?:([-*])|(\d{1,9})\.) +(\S.*)$/;
/** Lists nested deeper stay on the level above. */
const DEEPEST = 8;

/**
 * Discord's markdown as a tree. Whatever is no markdown stays text, so nothing that was written gets lost; and the
 * tree is data, so nothing that was written can become anything but what is listed above.
 */
export function parseMarkdown(source: string): Block[] {
  return parseBlocks(source.replace(/\r\n?/g, "\n"), false);
}

/** @param quoted whether this stands in a quote: within one, no other begins */
function parseBlocks(source: string, quoted: boolean): Block[] {
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  const push = (...found: readonly Block[]) => {
    if (paragraph.length > 0) blocks.push({ kind: "paragraph", children: parseInline(paragraph.join("\n")) });
    paragraph = [];
    blocks.push(...found);
  };
  for (let at = 0; at < source.length;) {
    const line = lineAt(source, at);
    const quote = quoted ? undefined : quoteAt(source, at);
    const fenced = quote ? undefined : fenceIn(source, at, line);
    const found = quote ?? fenced?.block;
    if (fenced && fenced.before.trim() !== "") paragraph.push(fenced.before);
    const [block, end] = found ?? listAt(source, at) ?? [lineBlock(line), at + line.length];
    if (block === undefined) paragraph.push(line);
    else push(block);
    at = end + 1;
    // What stands behind a fence goes on in the same line.
    if (fenced && source[end] !== "\n") at = end;
  }
  push();
  return blocks;
}

function lineAt(source: string, at: number): string {
  const end = source.indexOf("\n", at);
  return source.slice(at, end === -1 ? undefined : end);
}

/** The lines from `at` on that fit, without their line feeds. */
function linesFrom(source: string, at: number, fits: (line: string) => boolean): string[] {
  const lines: string[] = [];
  for (let next = at; next < source.length;) {
    const line = lineAt(source, next);
    if (!fits(line)) break;
    lines.push(line);
    next += line.length + 1;
  }
  return lines;
}

/** A block, and where it ends. */
type Found = readonly [block: Block, end: number];

function quoteAt(source: string, at: number): Found | undefined {
  if (source.startsWith(">>> ", at)) {
    return [{ kind: "quote", blocks: parseBlocks(source.slice(at + 4), true) }, source.length];
  }
  const lines = linesFrom(source, at, (line) => line.startsWith("> "));
  if (lines.length === 0) return undefined;
  const inner = lines.map((line) => line.slice(2)).join("\n");
  return [{ kind: "quote", blocks: parseBlocks(inner, true) }, at + lines.join("\n").length];
}

/** A fence that begins in this line, and what stands before it there. */
function fenceIn(source: string, at: number, line: string): { block: Found; before: string } | undefined {
  const begin = /(?<![\\`])```/.exec(line)?.index;
  if (begin === undefined) return undefined;
  fence.lastIndex = at + begin;
  const [whole, language = "", body = ""] = fence.exec(source) ?? [];
  if (whole === undefined || body.trim() === "") return undefined;
  const block: Block = { kind: "fence", language, text: body.replace(/^\n+|\n+$/g, "") };
  return { block: [block, at + begin + whole.length], before: line.slice(0, begin) };
}

/** What a line is by itself. Undefined: a part of a paragraph. */
function lineBlock(line: string): Block | undefined {
  const [, signs, text = ""] = /^(#{1,3}|-#) +(\S.*)$/.exec(line) ?? [];
  if (signs === undefined) return undefined;
  const children = parseInline(text);
  return signs === "-#" ? { kind: "small", children } : { kind: "heading", level: signs.length, children };
}

function listAt(source: string, at: number): Found | undefined {
  if (!item.test(lineAt(source, at))) return undefined;
  // A line that is indented goes on with the item above it.
  const lines = linesFrom(source, at, (line) => (item.test(line) || /^ {2,}\S/.test(line)) && !line.includes("```"));
  const [list, taken] = parseList(lines, 0);
  return [list, at + lines.slice(0, taken).join("\n").length];
}

/** The list whose first item is `lines[from]`, and how many lines it and what is indented below it take. */
function parseList(lines: readonly string[], from: number, depth = 0): [List, number] {
  const [, indent = "", , startsAt] = item.exec(lines[from] ?? "") ?? [];
  const ordered = startsAt !== undefined;
  const items: { text: string; below: List[] }[] = [];
  let at = from;
  while (at < lines.length) {
    const line = lines[at] ?? "";
    const [whole, space = "", bullet, , text = ""] = item.exec(line) ?? [];
    const last = items.at(-1);
    if (whole === undefined) {
      // It is the text of the item above only while no list came between.
      if (last === undefined || last.below.length > 0) break;
      last.text += `\n${line.trimStart()}`;
      at++;
      continue;
    }
    if (last !== undefined && depth < DEEPEST && space.length > indent.length + 1) {
      const [below, taken] = parseList(lines, at, depth + 1);
      last.below.push(below);
      at += taken;
      continue;
    }
    if (last !== undefined && (space.length < indent.length || ordered === (bullet !== undefined))) break;
    items.push({ text, below: [] });
    at++;
  }
  const parsed = items.map(({ text, below }) => ({ children: parseInline(text), below }));
  return [{ kind: "list", start: ordered ? Number(startsAt) : undefined, items: parsed }, at - from];
}
