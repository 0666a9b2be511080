import { createHash } from "node:crypto";
import { fold } from "../../src/fold.js";
import type { Glossary } from "../../src/items/index.js";
import { escape, plain, UserError, textIn, type Context, type TextOption } from "../../src/kernel/index.js";
import { isRecord } from "../character/growth.js";
import { MAIN, plainShortName } from "../character/statistics.js";
import { regionOption } from "./region.js";

const SUGGESTIONS = 25;
const NUMBERS = new Set(["INTEGER", "DECIMAL", "DURATION"]);
/** What is asked for where none is named: the time somebody played. */
export const USUAL_STATISTIC = "pla-tim";

/** Those that grow day by day: the main ones, then in the database's order. */
export function growingStatistics({ statistics }: Glossary): string[] {
  const numbers = [...statistics.values()].filter(({ type }) => NUMBERS.has(type)).map(({ id }) => id);
  return [...new Set([...MAIN, ...numbers])].filter((id) => !isRecord(id));
}

/** A statistic by its name in any of the game's languages, or its id. What it means, `findStatistic` says. */
export function statisticOption(): TextOption<string | undefined> {
  return {
    type: "text",
    required: false,
    maxLength: 100,
    suggest(text, context, { region }) {
      const glossary = context.items.glossary(regionOption().read(region, context));
      return matching(text, glossary, context)
        .slice(0, SUGGESTIONS)
        .map((id) => ({ name: plainShortName(id, glossary, context), value: id }));
    },
    read: (value) => textIn(value) || undefined,
  };
}

/**
 * The id of the statistic that somebody means for sure.
 * @throws UserError when there is none: with what may have been meant.
 */
export function findStatistic(text: string, region: string, context: Context): string {
  const glossary = context.items.glossary(region);
  const growing = growingStatistics(glossary);
  const wanted = fold(text).trim();
  const exact = growing.find((id) => id === text || namesOf(id, glossary, context).includes(wanted));
  if (exact !== undefined) return exact;
  const alike = matching(text, glossary, context);
  const [only, ...others] = alike;
  if (only !== undefined && others.length === 0) return only;
  if (only === undefined) throw new UserError("error.statistic-unknown", { statistic: escape(text) });
  const alternatives = alike.map((id) => ({
    label: plainShortName(id, glossary, context),
    options: { statistic: id },
  }));
  throw new UserError("error.did-you-mean", { text: escape(text) }, { alternatives });
}

/** Those in whose names the text stands: at the beginning of one first. */
function matching(text: string, glossary: Glossary, context: Pick<Context, "t" | "locale">): string[] {
  const wanted = fold(text).trim();
  const found = growingStatistics(glossary)
    .map((id) => ({ id, names: namesOf(id, glossary, context) }))
    .filter(({ names }) => names.some((name) => name.includes(wanted)));
  const begins = ({ names }: { names: readonly string[] }) => names.some((name) => name.startsWith(wanted));
  return [...found.filter(begins), ...found.filter((one) => !begins(one))].map(({ id }) => id);
}

/** Folded, as cards call it first. */
function namesOf(id: string, glossary: Glossary, context: Pick<Context, "t" | "locale">): string[] {
  const inDatabase = Object.values(glossary.statistics.get(id)?.names ?? {});
  return [plainShortName(id, glossary, context), ...inDatabase].map((name) => fold(plain(name)).trim());
}

/** So long an id goes into buttons as it is; of a longer one its beginning and a fingerprint. */
const SHORT = 11;
const BEGINNING = 5;

/** A statistic in the id of a button: at most eleven characters. */
export function shortStatistic(id: string): string {
  if (id.length <= SHORT) return id;
  const print = createHash("sha256")
    .update(id)
    .digest("base64url")
    .slice(0, SHORT - BEGINNING);
  return id.slice(0, BEGINNING) + print;
}

/** The statistic of which a button tells, among these. @throws UserError when it is none of them any more */
export function statisticOf(short: string, ids: Iterable<string>): string {
  for (const id of ids) if (shortStatistic(id) === short) return id;
  throw new UserError("error.panel-expired");
}
