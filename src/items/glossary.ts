import { z } from "zod";
import { namesText, type Names } from "./names.js";

/** A statistic of characters, as the database knows it. */
export interface Statistic {
  /** As in a character's profile, such as `pla-tim`. */
  readonly id: string;
  /** `SURVIVAL`, `COMBAT`, `EXPLORATION`, `ECONOMY`, `HIDEOUT`, `SESSION_MODES`, `NONE`; an open set. */
  readonly category: string;
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

export const EMPTY_GLOSSARY: Glossary = { statistics: new Map(), achievements: new Map() };

const statistic = z.object({ id: z.string(), category: z.string().default("NONE"), name: namesText });
const achievement = z.object({ id: z.string(), title: namesText });

/**
 * Reads a realm's `stats.json` and `achievements.json`. Odd entries are left out.
 * @throws ZodError when one is no list at all.
 */
export function parseGlossary(stats: unknown, achievements: unknown): Glossary {
  return {
    statistics: byId(
      entries(stats, statistic).map(({ id, category, name }): Statistic => ({ id, category, names: name })),
    ),
    achievements: byId(entries(achievements, achievement).map(({ id, title }): Achievement => ({ id, names: title }))),
  };
}

function entries<T>(json: unknown, entry: z.ZodType<T>): T[] {
  return z
    .array(z.unknown())
    .parse(json)
    .flatMap((candidate) => entry.safeParse(candidate).data ?? []);
}

function byId<T extends { readonly id: string }>(things: readonly T[]): ReadonlyMap<string, T> {
  return new Map(things.map((thing) => [thing.id, thing]));
}
