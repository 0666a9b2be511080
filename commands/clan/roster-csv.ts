import type { Attachment, Context } from "../../src/kernel/index.js";
import type { Clan, ClanMember } from "@zonewire/stalcraft";
import { plainRankName } from "../format/rank.js";
import type { LastLogins } from "./last-logins.js";

/** Spreadsheets take the file for UTF-8 only with it. */
const BYTE_ORDER_MARK = "\uFEFF";
/** What makes a spreadsheet calculate, also behind blanks and invisible characters, also in full width. */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;

/** The members as a file for spreadsheets of the reader's language; moments are UTC. */
export function rosterFile(
  { tag }: Pick<Clan, "tag">,
  members: readonly ClanMember[],
  region: string,
  logins: LastLogins | undefined,
  context: Pick<Context, "t" | "locale" | "now">,
): Attachment {
  const { t, locale, now } = context;
  const heading = [t("members.csv-name"), t("members.csv-rank"), t("members.csv-joined")];
  const rows = members.map(({ name, rank, joinTime }) => [
    name,
    plainRankName(rank, context),
    moment(joinTime),
    ...(logins ? [moment(logins.times.get(name))] : []),
  ]);
  const table = [[...heading, ...(logins ? [t("members.csv-seen")] : [])], ...rows];
  return {
    name: `${["clan-members", tag.replace(/[^\p{L}\d]/gu, ""), region].filter(Boolean).join("-")}-${now.toISOString().slice(0, 10)}.csv`,
    data: new TextEncoder().encode(csv(table, separatorOf(locale))),
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

function moment(date: Date | undefined): string {
  return date ? date.toISOString().slice(0, 19).replace("T", " ") : "";
}
