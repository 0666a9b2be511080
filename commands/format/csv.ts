import type { Attachment, Context } from "../../src/kernel/index.js";

/** Spreadsheets take the file for UTF-8 only with it. */
const BYTE_ORDER_MARK = "\uFEFF";
/** What makes a spreadsheet calculate, also behind blanks and invisible characters, also in full width. */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;

/**
 * A file for spreadsheets of the reader's language.
 * @param about follows in its name, then the day; other characters than letters and digits are left out
 */
export function csvFile(
  name: string,
  about: readonly string[],
  rows: readonly (readonly string[])[],
  { locale, now }: Pick<Context, "locale" | "now">,
): Attachment {
  const parts = [name, ...about.map((part) => part.replace(/[^\p{L}\d]/gu, ""))].filter(Boolean);
  return {
    name: `${parts.join("-")}-${now.toISOString().slice(0, 10)}.csv`,
    data: new TextEncoder().encode(csv(rows, separatorOf(locale))),
  };
}

/** Rows of cells as CSV (RFC 4180) that no spreadsheet takes for formulas. */
export function csv(rows: readonly (readonly string[])[], separator: "," | ";"): string {
  const lines = rows.map((row) => row.map(cell).join(separator));
  return `${BYTE_ORDER_MARK}${lines.join("\r\n")}\r\n`;
}

function cell(text: string): string {
  return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

/** Where the comma is in numbers, spreadsheets want a semicolon between cells. */
function separatorOf(locale: string): "," | ";" {
  const decimal = new Intl.NumberFormat(locale).formatToParts(0.5).find(({ type }) => type === "decimal");
  return decimal?.value === "," ? ";" : ",";
}

/** A moment as spreadsheets read it, in UTC: `2026-11-28 20:00:00`. Empty for none. */
export function csvMoment(date: Date | undefined): string {
  return date ? date.toISOString().slice(0, 19).replace("T", " ") : "";
}
