import { Problem } from "./answer.js";

/** The live API documents 100 and answers up to 200. */
const MAX_LIMIT = 200;

/** `limit` and `offset`: whole numbers; a limit above 200 is taken as 200, negative numbers as 0. */
export function readPage(query: URLSearchParams): { limit: number; offset: number } {
  return {
    limit: Math.min(MAX_LIMIT, Math.max(0, readInteger(query, "limit", 20))),
    offset: Math.max(0, readInteger(query, "offset", 0)),
  };
}

/** One of the allowed values, the first when absent; otherwise a 400 that names them. */
export function readChoice<T extends string>(query: URLSearchParams, name: string, allowed: readonly [T, ...T[]]): T {
  const given = query.get(name);
  if (given === null) return allowed[0];
  const chosen = allowed.find((value) => value === given.toLowerCase());
  if (chosen !== undefined) return chosen;
  throw new Problem(400, `Invalid ${name}, allowed values: ${allowed.join(", ")}`, { parameter: name });
}

/** `true` in any case; anything else is false. */
export function readFlag(query: URLSearchParams, name: string): boolean {
  return query.get(name)?.toLowerCase() === "true";
}

/** An ISO moment as epoch milliseconds. */
export function readMoment(query: URLSearchParams, name: string): number | undefined {
  const given = query.get(name);
  if (given === null) return undefined;
  const at = Date.parse(given);
  if (Number.isNaN(at)) throw new Problem(400, `Invalid ${name}, expected a date and time`, { parameter: name });
  return at;
}

function readInteger(query: URLSearchParams, name: string, fallback: number): number {
  const given = query.get(name);
  if (given === null) return fallback;
  if (!/^-?\d{1,9}$/.test(given)) throw new Problem(400, `Invalid ${name}, expected a number`, { parameter: name });
  return Number(given);
}
