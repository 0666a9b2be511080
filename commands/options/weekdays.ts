import { fold } from "../../src/fold.js";
import { escape, LOCALES, optionalText, UserError, type Context, type TextOption } from "../../src/kernel/index.js";
import { WEEKDAYS, weekdayName, weekdaysText } from "../format/weekdays.js";

const ALL: readonly number[] = WEEKDAYS;

/** What is offered where nothing is typed yet. */
const USUAL = [[1, 2, 3], [4, 5, 6], [7], [1, 2, 3, 4, 5], [6, 7], [1, 2, 3, 4, 5, 6], ALL];

/** Several days that have a name. */
const SETS: readonly (readonly [string, readonly number[]])[] = [
  ["every day|daily|all|ежедневно|каждый день|все|todos los dias|a diario|diario|tous les jours|매일", ALL],
  ["weekdays|workdays|будни|laborables|entre semana|en semaine|평일", [1, 2, 3, 4, 5]],
  ["weekend|weekends|выходные|fin de semana|week-end|주말", [6, 7]],
];

const sets = new Map(SETS.flatMap(([names, days]) => names.split("|").map((name) => [plainly(name), days] as const)));

/** Every name that a weekday has in our languages, folded. */
const names = LOCALES.flatMap((locale) =>
  WEEKDAYS.flatMap((weekday) =>
    (["long", "short"] as const).map((length) => ({
      weekday,
      name: plainly(weekdayName(weekday, locale, length)),
    })),
  ),
);

function plainly(text: string): string {
  return fold(text.trim()).replaceAll(".", "");
}

/**
 * Weekdays as people write them, in any of our languages: `Mon-Wed, Sat`, `пн–ср сб`, `lun a mié`, `월-수`, `every day`, `1-3`.
 * @returns in order, each once; undefined where a word is no weekday
 */
export function readWeekdays(text: string): readonly number[] | undefined {
  const typed = text.normalize("NFKC").trim();
  const set = sets.get(plainly(typed));
  if (set) return set;
  const ranges = typed
    .replace(/\s*(?:[-–—~]|\s(?:to|till|по|до|a|al|à|au)\s)\s*/giu, "-")
    .replace(/(\p{L})부터\s*/gu, "$1-")
    .replace(/(\p{L})까지/gu, "$1")
    // `123`, `월수금`
    .replace(/(?<=[1-7월화수목금토일])(?=[1-7]|[월화수목금토일](?!요일?))/gu, "$& ")
    .split(/[\s,;/+&·]+/)
    .filter((part) => part !== "" && !JOINING.has(plainly(part)));
  const days = ranges.map(readRange);
  if (days.length === 0 || days.some((one) => one === undefined)) return undefined;
  const wanted = new Set(days.flatMap((one) => one ?? []));
  return WEEKDAYS.filter((weekday) => wanted.has(weekday));
}

const JOINING = new Set(["on", "and", "с", "в", "и", "по", "los", "y", "le", "les", "et", "와", "과"].map(plainly));

/** Over the end of the week, too: `Sat-Mon`. */
function readRange(text: string): readonly number[] | undefined {
  const ends = text.split("-").map(readWeekday);
  const [first, last] = [ends[0], ends.at(-1)];
  if (first === undefined || last === undefined || ends.length > 2) return undefined;
  const length = ((last - first + 7) % 7) + 1;
  return Array.from({ length }, (_, index) => ((first - 1 + index) % 7) + 1);
}

/** By its number, its name or what its name begins with, where that is one day's alone. */
function readWeekday(text: string): number | undefined {
  if (/^[1-7]$/.test(text)) return Number(text);
  const word = plainly(text);
  if (word === "") return undefined;
  const called = names.filter(({ name }) => name === word);
  const found = called.length > 0 ? called : names.filter(({ name }) => name.startsWith(word) || isFormOf(name, word));
  const [only, ...others] = new Set(found.map(({ weekday }) => weekday));
  return others.length === 0 ? only : undefined;
}

/** `Mondays`, `среду`, `понедельника`: only the end is another one. */
function isFormOf(name: string, word: string): boolean {
  return name.length >= 5 && word.startsWith(name.slice(0, -1)) && word.length - name.length <= 2;
}

/** Weekdays, in order; undefined where they are left out. */
export function weekdaysOption(): TextOption<readonly number[] | undefined> {
  const typed = optionalText({
    maxLength: 60,
    suggest(text, context) {
      const read = readWeekdays(text);
      return (read ? [read] : USUAL).map((days) => ({ name: weekdaysText(days, context), value: days.join(",") }));
    },
  });
  return {
    ...typed,
    read(value, context) {
      const text = typed.read(value, context);
      return text === undefined ? undefined : weekdaysFrom(text, context);
    },
  };
}

/** @throws UserError when it names none */
export function weekdaysFrom(text: string, { locale }: Pick<Context, "locale">): readonly number[] {
  const days = readWeekdays(text);
  if (days) return days;
  const example = `${weekdayName(1, locale, "short")}-${weekdayName(3, locale, "short")}`;
  throw new UserError("error.weekdays", { text: escape(text), example });
}
