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

type Rule = (source: string, at: number) => readonly [node: Inline, length: number] | undefined;

/** Marks nested deeper stay text. */
const DEEPEST = 10;

const marks = [
  ["**", "bold"],
  ["__", "underline"],
  ["~~", "strike"],
  ["||", "spoiler"],
  ["*", "italic"],
  ["_", "italic"],
] as const;

/** What is between two marks around text, in the order in which they are tried. */
export function parseInline(source: string, depth = 0): Inline[] {
  const nodes: Inline[] = [];
  const unclosed = new Set<string>();
  let text = "";
  const push = (node: Inline) => {
    if (text !== "") nodes.push({ kind: "text", text });
    text = "";
    nodes.push(node);
  };
  for (let at = 0; at < source.length;) {
    const escaped = /^\\([^\p{L}\p{N}\s])/u.exec(source.slice(at, at + 3));
    if (escaped) {
      text += escaped[1] ?? "";
      at += escaped[0].length;
      continue;
    }
    const found = single(source, at) ?? (depth < DEEPEST ? spanning(source, at, depth, unclosed) : undefined);
    if (found === undefined) {
      text += source[at] ?? "";
      at++;
      continue;
    }
    push(found[0]);
    at += found[1];
  }
  if (text !== "") nodes.push({ kind: "text", text });
  return nodes;
}

/** Marked text and masked links, whose text has marks of its own. */
function spanning(source: string, at: number, depth: number, unclosed: Set<string>) {
  if (source[at] === "[") return maskedLink(source, at, depth);
  for (const [mark, kind] of marks) {
    if (!source.startsWith(mark, at) || unclosed.has(mark)) continue;
    const end = closing(source, at + mark.length, mark);
    if (end === undefined) {
      unclosed.add(mark);
      continue;
    }
    const inner = source.slice(at + mark.length, end);
    return [{ kind, children: parseInline(inner, depth + 1) }, end + mark.length - at] as const;
  }
  return undefined;
}

/** Where the mark stands again after at least one character. Code and escaped characters are passed over. */
function closing(source: string, from: number, mark: string): number | undefined {
  const [sign = ""] = mark;
  const italic = mark.length === 1;
  if (italic && /^\s?$/.test(source[from] ?? "")) return undefined;
  for (let at = from; at < source.length;) {
    const skipped = source[at] === "\\" ? 2 : source[at] === "`" ? (code(source, at)?.[1] ?? 1) : 0;
    if (skipped > 0) {
      at += skipped;
      continue;
    }
    if (source[at] !== sign) {
      at++;
      continue;
    }
    let run = 1;
    while (source[at + run] === sign) run++;
    const before = source[at - 1] ?? "";
    const fits = italic
      ? run !== 2 && !/\s/.test(before) && !(sign === "_" && /[\p{L}\p{N}]/u.test(source[at + run] ?? ""))
      : run >= 2;
    // Of three signs in a row the last ones belong to the outer mark: **a *b***.
    const end = at + run - mark.length;
    if (fits && end > from) return end;
    at += run;
  }
  return undefined;
}

const address = /^https?:\/\/[^\s<>]+/i;

function maskedLink(source: string, at: number, depth: number) {
  const end = closingBracket(source, at);
  if (end === undefined || source[end + 1] !== "(") return undefined;
  const target = /^\(<?(https?:\/\/[^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*)>?(?:\s+"[^"\n]*")?\)/i.exec(
    source.slice(end + 1, end + 2100),
  );
  const label = source.slice(at + 1, end);
  const url = target?.[1];
  if (target === null || url === undefined || !URL.canParse(url) || label.trim() === "") return undefined;
  // A label that looks like an address may lie about where it leads: Discord does not draw such a link either.
  if (/https?:\/\//i.test(label)) return undefined;
  const children = parseInline(label, depth + 1);
  return [{ kind: "link", url, children }, end + 1 + target[0].length - at] as const;
}

function closingBracket(source: string, from: number): number | undefined {
  let open = 0;
  for (let at = from; at < Math.min(source.length, from + 2000); at++) {
    if (source[at] === "\\") at++;
    else if (source[at] === "[") open++;
    else if (source[at] === "]" && --open === 0) return at;
  }
  return undefined;
}

const code: Rule = (source, at) => {
  const [ticks = ""] = /^`+/.exec(source.slice(at)) ?? [];
  if (ticks === "" || ticks.length > 2) return undefined;
  let end = source.indexOf(ticks, at + ticks.length);
  while (end !== -1 && source[end + ticks.length] === "`") {
    while (source[end] === "`") end++;
    end = source.indexOf(ticks, end);
  }
  if (end === -1) return undefined;
  const text = source.slice(at + ticks.length, end);
  return text === "" ? undefined : [{ kind: "code", text }, end + ticks.length - at];
};

/** `<t:…>`, `</command:id>`, mentions, custom emoji and `<https://…>`. */
const angled: Rule = (source, at) => {
  const [whole, inner = ""] = /^<([^\s<>][^<>\n]{0,2100})>/.exec(source.slice(at, at + 2200)) ?? [];
  if (whole === undefined) return undefined;
  const [, seconds, style = "f"] = /^t:(-?\d{1,13})(?::([tTdDfFsSR]))?$/.exec(inner) ?? [];
  if (seconds !== undefined && Math.abs(Number(seconds)) <= 8.64e12) {
    return [{ kind: "time", seconds: Number(seconds), style }, whole.length];
  }
  const [, command, commandId] = /^\/([-_\p{L}\p{N}' ]{1,100}):(\d{17,20})$/u.exec(inner) ?? [];
  if (command !== undefined && commandId !== undefined) {
    return [{ kind: "command", name: command, id: commandId }, whole.length];
  }
  const [, sign, id] = /^(@!?|@&|#)(\d{17,20})$/.exec(inner) ?? [];
  if (id !== undefined) {
    return [{ kind: sign === "#" ? "channel" : sign === "@&" ? "role" : "person", id }, whole.length];
  }
  const [, emoji, emojiId] = /^a?:(\w{2,32}):(\d{17,20})$/.exec(inner) ?? [];
  if (emoji !== undefined && emojiId !== undefined) return [{ kind: "emoji", name: emoji, id: emojiId }, whole.length];
  if (address.exec(inner)?.[0] !== inner || !URL.canParse(inner)) return undefined;
  return [{ kind: "link", url: inner, children: [{ kind: "text", text: inner }] }, whole.length];
};

const bareAddress: Rule = (source, at) => {
  if (/[\p{L}\p{N}]/u.test(source[at - 1] ?? "")) return undefined;
  const [found = ""] = address.exec(source.slice(at, at + 2048)) ?? [];
  // Punctuation that ends the sentence is not part of it.
  const url = found.replace(/[.,:;!?'"*_~|\]]+$/, "").replace(/^([^(]*)\)+$/, "$1");
  if (!URL.canParse(url)) return undefined;
  return [{ kind: "link", url, children: [{ kind: "text", text: url }] }, url.length];
};

const single: Rule = (source, at) => {
  const sign = source[at];
  if (sign === "`") return code(source, at);
  if (sign === "<") return angled(source, at);
  return sign === "h" || sign === "H" ? bareAddress(source, at) : undefined;
};
