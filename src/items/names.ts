import { z } from "zod";

/** A text by the languages that have one, such as `ru`; `EVERYWHERE` stands for all of them. */
export type Names = Readonly<Record<string, string>>;
/** For a text that is the same in every language. */
export const EVERYWHERE = "*";

/** What the game shows where a text is missing, such as `item.amm.556st_frontline.name`. */
const RAW_KEY = /^[a-z]\w*(\.\w+){2,}$/;

/** A text of the database, with the game's id where it is translated; else it is the same everywhere. */
export const labelText = z
  .union([
    z.object({
      type: z.literal("translation"),
      key: z.string().optional().catch(undefined),
      lines: z.record(z.string(), z.string()),
    }),
    z.object({ type: z.literal("text"), text: z.string() }),
  ])
  .transform((text): { readonly id: string | undefined; readonly names: Names } =>
    text.type === "text"
      ? { id: undefined, names: everywhere(text.text) }
      : { id: text.key, names: inEachLanguage(text.lines) },
  );

/** The same without the id. */
export const namesText = labelText.transform(({ names }) => names);

/** The texts of some languages, by language. Languages without words are left out. */
export function inEachLanguage(lines: Readonly<Record<string, string>>): Names {
  const spoken = Object.entries(lines).map(([language, text]) => [language, plain(text)] as const);
  return Object.fromEntries(spoken.filter(([, text]) => text !== "" && !RAW_KEY.test(text)));
}

/** The same text in every language. */
export function everywhere(text: string): Names {
  return inEachLanguage({ [EVERYWHERE]: text });
}

/** A text in a language, else in English, else in any; undefined where there is none. */
export function textIn(names: Names, language: string): string | undefined {
  return names[language] ?? names.en ?? Object.values(names)[0];
}

/** A thing's name in a language, else in English, else in any; its id where it has none. */
export function nameOf({ id, names }: { readonly id: string; readonly names: Names }, language: string): string {
  return textIn(names, language) ?? id;
}

/** The game's own mark-up: colours (`§2`, `§#EEEEEE`), and two ways to write the end of a line. */
function plain(text: string): string {
  return text
    .replace(/§(#[0-9a-f]{6}|.)/giu, "")
    .replace(/\\n|@@/g, "\n")
    .trim();
}
