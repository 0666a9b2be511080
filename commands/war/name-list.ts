import { fold } from "../../src/fold.js";

/** Bullets and numbers before a name, as people copy them with a list. */
const BEFORE = /^\s*(?:[-–—•*·>]+|\d{1,3}\s*[.):\]-]|\[\s?[xх✓✔]?\s?\])\s*/iu;

/** The names of a pasted list: one a line, or with commas, semicolons or tabs between them. Each once. */
export function namesIn(text: string): readonly string[] {
  const parts = text.split(/[\n,;\t]+/).map((part) => part.replace(BEFORE, "").replace(/^@/, "").trim());
  const seen = new Map(parts.filter((part) => part !== "").map((part) => [fold(part), part]));
  return [...seen.values()];
}

/** Who of a list is meant by which name, and which names mean nobody. */
export function matched<T extends { readonly name: string }>(
  names: readonly string[],
  people: readonly T[],
): { readonly found: readonly T[]; readonly unknown: readonly string[] } {
  const byName = new Map<string, T[]>();
  for (const person of people) byName.set(fold(person.name), [...(byName.get(fold(person.name)) ?? []), person]);
  const meant = names.map((name) => ({ name, people: byName.get(fold(name)) ?? [] }));
  return {
    found: meant.flatMap((one) => one.people),
    unknown: meant.filter((one) => one.people.length === 0).map(({ name }) => name),
  };
}

const PER_CHARACTER = 6;
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Which of so many are marked, in as few characters as an id of a button has room for. */
export function marksText(marks: readonly boolean[]): string {
  const groups = Array.from({ length: Math.ceil(marks.length / PER_CHARACTER) }, (_, group) =>
    marks.slice(group * PER_CHARACTER, (group + 1) * PER_CHARACTER),
  );
  return groups
    .map((group) => ALPHABET[group.reduce((sum, one, bit) => sum + (one ? 2 ** bit : 0), 0)] ?? "A")
    .join("");
}

/** The other way; `count` of them. */
export function marksOf(text: string, count: number): readonly boolean[] {
  return Array.from({ length: count }, (_, index) => {
    const group = ALPHABET.indexOf(text[Math.floor(index / PER_CHARACTER)] ?? "A");
    return Math.floor(group / 2 ** (index % PER_CHARACTER)) % 2 === 1;
  });
}

/** So many can be marked in the id of one button. */
export const MOST_MARKED = 36 * PER_CHARACTER;
