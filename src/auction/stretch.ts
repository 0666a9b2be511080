import { without } from "../market/index.js";
import type { Sale } from "./sale.js";

/**
 * Sales have no id, and their list grows at the front while it is read page by page. What tells two pages apart is time:
 * all lists here are newest first, and only within the second where two of them meet are sales compared one by one.
 */

/** What of `page` is older than `run`; undefined: between the two there may be sales that nobody has seen. */
export function olderThan(run: readonly Sale[], page: readonly Sale[]): Sale[] | undefined {
  const edge = run.at(-1);
  const newest = page[0];
  if (edge === undefined || newest === undefined) return [...page];
  if (newest.time < edge.time) return undefined;
  return [
    ...without(atTime(page, edge.time), atTime(run, edge.time), identity),
    ...page.filter(({ time }) => time < edge.time),
  ];
}

/** What of `run` is newer than what is known; undefined: between the two there may be sales that nobody has seen. */
export function newerThan(known: readonly Sale[], run: readonly Sale[]): Sale[] | undefined {
  const edge = known[0];
  const oldest = run.at(-1);
  if (edge === undefined || oldest === undefined || oldest.time > edge.time) return undefined;
  return [
    ...run.filter(({ time }) => time > edge.time),
    ...without(atTime(run, edge.time), atTime(known, edge.time), identity),
  ];
}

/** Without the sales after `latest`. */
export function notAfter(latest: Date, sales: readonly Sale[]): readonly Sale[] {
  return sales.some(({ time }) => time > latest) ? sales.filter(({ time }) => time <= latest) : sales;
}

function atTime(sales: readonly Sale[], moment: Date): Sale[] {
  return sales.filter(({ time }) => time.getTime() === moment.getTime());
}

function identity({ amount, price, quality, level, studied }: Sale): string {
  return [amount, price, quality, level, studied].join("/");
}
