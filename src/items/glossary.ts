import { z } from "zod";
import { readEntries } from "./entries.js";
import { namesText, type Names } from "./names.js";

/** A statistic of characters, as the database knows it. */
export interface Statistic {
  /** As in a character's profile, such as `pla-tim`. */
  readonly id: string;
  /** `SURVIVAL`, `COMBAT`, `EXPLORATION`, `ECONOMY`, `HIDEOUT`, `SESSION_MODES`, `NONE`; an open set. */
  readonly category: string;
  /** `INTEGER`, `DECIMAL`, `DURATION`, `DATE`; an open set. */
  readonly type: string;
  /** Empty for the few that the database has no words for. */
  readonly names: Names;
}

export interface Achievement {
  /** As in a character's profile. */
  readonly id: string;
  readonly names: Names;
}

/** The database's words for what profiles hold. */
export interface Glossary {
  /** In the database's order. */
  readonly statistics: ReadonlyMap<string, Statistic>;
  readonly achievements: ReadonlyMap<string, Achievement>;
}

const statistic = z.object({
  id: z.string(),
  category: z.string().default("NONE"),
  type: z.string().default("INTEGER"),
  name: namesText,
});
const achievement = z.object({ id: z.string(), title: namesText });

/** Reads a realm's `stats.json`. @throws Error when it is no list of statistics */
export function parseStatistics(json: unknown): Glossary["statistics"] {
  return byId(readEntries(json, statistic).map(({ name, ...rest }) => ({ ...rest, names: name })));
}

/** Reads a realm's `achievements.json`. @throws Error when it is no list of achievements */
export function parseAchievements(json: unknown): Glossary["achievements"] {
  return byId(readEntries(json, achievement).map(({ id, title }) => ({ id, names: title })));
}

function byId<T extends { readonly id: string }>(things: readonly T[]): ReadonlyMap<string, T> {
  return new Map(things.map((thing) => [thing.id, thing]));
}
