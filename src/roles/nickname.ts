/** Of a nickname, in characters: Discord counts code points. */
export const NICKNAME_LENGTH = 32;
/** Of a template. */
export const TEMPLATE_LENGTH = 64;

const PLACEHOLDERS = ["name", "rank", "tag"] as const;
/** What stands for something in a template: the character's name, its rank, and the clan's tag. */
export type Placeholder = (typeof PLACEHOLDERS)[number];

/**
 * What is wrong with a template. "name": it does not hold `{name}`, so all would be called the same; "placeholder": it holds one
 * that there is not; "length": it is too long.
 */
export type TemplateFault = "name" | "placeholder" | "length";

export function templateFault(template: string): TemplateFault | undefined {
  if (Array.from(template).length > TEMPLATE_LENGTH) return "length";
  const used = [...template.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name);
  if (used.some((name) => !PLACEHOLDERS.some((known) => known === name))) return "placeholder";
  return used.includes("name") ? undefined : "name";
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The nickname that a template makes: cut to what Discord takes, and never within what people see as one character. */
export function nicknameOf(template: string, values: Readonly<Record<Placeholder, string>>): string {
  const filled = template
    .replace(/\{(name|rank|tag)\}/g, (_, name: Placeholder) => values[name])
    .replace(/\p{Surrogate}/gu, "\uFFFD")
    .replace(/\s+/gu, " ")
    .trim();
  let text = "";
  let length = 0;
  for (const { segment } of graphemes.segment(filled)) {
    length += Array.from(segment).length;
    if (length > NICKNAME_LENGTH) break;
    text += segment;
  }
  return text.trimEnd();
}
