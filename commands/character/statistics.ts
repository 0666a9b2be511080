import { nameOf, type Glossary, type Statistic } from "../../src/items/index.js";
import { escape, plain, type Context, type PlainTextKey } from "../../src/kernel/index.js";
import type { CharacterStat } from "@zonewire/stalcraft";
import { reading, shareOf, shareReading, SHARES, type Measuring, type Share } from "./measures.js";

/** One figure, ready to be shown: both texts are escaped. */
export interface Figure {
  readonly name: string;
  readonly value: string;
  /** What of two is more; undefined for dates and texts. */
  readonly amount: number | undefined;
  /** Of what one wants little, such as deaths. */
  readonly fewerIsBetter: boolean;
}

/** Where only one of the two has an amount, that one is better. */
export function isBetter(one: Figure, other: Figure | undefined): boolean {
  if (one.amount === undefined) return false;
  if (other?.amount === undefined) return one.amount > 0 && !one.fewerIsBetter;
  return one.fewerIsBetter ? one.amount < other.amount : one.amount > other.amount;
}

/** The statistics most people look for, in their order. */
export const MAIN = [
  "pla-tim",
  "kil",
  "dea",
  "ast",
  "max-kil-ser",
  "npc-kil",
  "mut-kil",
  "art-col",
  "que-fin",
  "completed-ops",
  "dis-on-foo",
  "ach-gai",
];
export const MAIN_SHARES: ReadonlySet<PlainTextKey> = new Set<PlainTextKey>([
  "stat.kd",
  "stat.accuracy",
  "stat.headshots",
]);
export const FEWER_IS_BETTER: ReadonlySet<string> = new Set(["dea"]);

/** Our own words: for the main ones because they are shorter, for the last ones because the database has none. */
const WORDS = new Map<string, PlainTextKey>([
  ["pla-tim", "stat.time-played"],
  ["kil", "stat.kills"],
  ["dea", "stat.deaths"],
  ["ast", "stat.assists"],
  ["max-kil-ser", "stat.killstreak"],
  ["npc-kil", "stat.npc-kills"],
  ["mut-kil", "stat.mutants"],
  ["art-col", "stat.artefacts"],
  ["que-fin", "stat.quests"],
  ["completed-ops", "stat.operations"],
  ["dis-on-foo", "stat.walked"],
  ["ach-gai", "stat.achievements"],
  ["ach-points", "stat.achievement-points"],
  ["bas-cap-amo", "stat.bases-captured"],
  ["bas-cap-tim", "stat.time-capturing"],
  ["bas-def-amo", "stat.bases-defended"],
  ["bas-def-tim", "stat.time-defending"],
  ["joined-guild", "stat.joined-clan"],
]);

/** The game's categories, in the order in which they are offered; others follow as the database calls them. */
const CATEGORIES = new Map<string, PlainTextKey>([
  ["SURVIVAL", "stat.category.survival"],
  ["COMBAT", "stat.category.combat"],
  ["EXPLORATION", "stat.category.exploration"],
  ["ECONOMY", "stat.category.economy"],
  ["HIDEOUT", "stat.category.hideout"],
  ["SESSION_MODES", "stat.category.session-modes"],
]);
const OTHER = "NONE";
/** Several times as many as the game has. What is unknown beyond them is left out, as writing it all takes long. */
const MOST_STATISTICS = 2_000;
/** Categories travel in the ids of buttons, so longer ones count as other. */
const CATEGORY = /^[A-Z_]{1,13}$/;

export function categoryName(category: string, { t }: Pick<Context, "t">): string {
  if (category === OTHER) return t("stat.category.other");
  const key = CATEGORIES.get(category);
  return key ? t(key) : plain(category.replaceAll("_", " "));
}

/**
 * The main statistics and the shares that follow from them, always in the same places; undefined where a character
 * has none.
 */
export function mainFigures(stats: readonly CharacterStat[], context: Measuring): readonly (Figure | undefined)[] {
  const wanted = new Set(MAIN);
  const byId = new Map<string, CharacterStat>();
  for (const stat of stats) if (wanted.has(stat.id) && !byId.has(stat.id)) byId.set(stat.id, stat);
  return [
    ...MAIN.map((id) => {
      const key = WORDS.get(id);
      const stat = byId.get(id);
      return stat && key && figureOf(stat, context.t(key), context);
    }),
    ...SHARES.filter(({ key }) => MAIN_SHARES.has(key)).map((share) => shareFigure(share, stats, context)),
  ];
}

/** Everything that can be shown of a character's statistics, by category: known ones first, the rest last. */
export function figuresByCategory(
  stats: readonly CharacterStat[],
  { statistics }: Glossary,
  context: Measuring & Pick<Context, "locale">,
): Map<string, Figure[]> {
  const byId = new Map(stats.map((stat) => [stat.id, stat]));
  const found = new Map<string, Figure[]>();
  const add = (id: string, figure: Figure | undefined) => {
    const category = categoryOf(statistics.get(id));
    if (!figure) return;
    const figures = found.get(category);
    if (figures) figures.push(figure);
    else found.set(category, [figure]);
  };
  const known = [...statistics.keys()].filter((id) => byId.has(id));
  const ids = [...known, ...[...byId.keys()].filter((id) => !statistics.has(id))];
  for (const id of ids.slice(0, MOST_STATISTICS)) {
    const stat = byId.get(id);
    if (stat) add(id, figureOf(stat, statisticName(id, statistics.get(id), context), context));
  }
  for (const share of SHARES) add(share.part, shareFigure(share, stats, context));
  const offered = [...CATEGORIES.keys()];
  const rank = (category: string) => {
    if (category === OTHER) return Infinity;
    return CATEGORIES.has(category) ? offered.indexOf(category) : offered.length;
  };
  return new Map([...found].sort(([a], [b]) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b))));
}

function figureOf(stat: CharacterStat, name: string, context: Measuring): Figure | undefined {
  const value = reading(stat, context);
  return value === undefined
    ? undefined
    : {
        name,
        value,
        amount: typeof stat.value === "number" ? stat.value : undefined,
        fewerIsBetter: FEWER_IS_BETTER.has(stat.id),
      };
}

function shareFigure(share: Share, stats: readonly CharacterStat[], context: Measuring): Figure | undefined {
  const amount = shareOf(share, stats);
  return amount === undefined
    ? undefined
    : { name: context.t(share.key), value: shareReading(amount, share, context), amount, fewerIsBetter: false };
}

function categoryOf(known: Statistic | undefined): string {
  return known && CATEGORY.test(known.category) ? known.category : OTHER;
}

/** The name of a statistic where many stand below each other: of the main ones, our own shorter words. */
export function shortName(id: string, glossary: Glossary, context: Pick<Context, "t" | "locale">): string {
  return escape(plainShortName(id, glossary, context));
}

/** The same for menus, suggestions and pictures. */
export function plainShortName(
  id: string,
  { statistics }: Glossary,
  { t, locale }: Pick<Context, "t" | "locale">,
): string {
  const key = WORDS.get(id);
  if (key) return t(key);
  const known = statistics.get(id);
  return plain(known && Object.keys(known.names).length > 0 ? nameOf(known, locale) : id);
}

function statisticName(id: string, known: Statistic | undefined, { t, locale }: Pick<Context, "t" | "locale">): string {
  if (known && Object.keys(known.names).length > 0) return escape(nameOf(known, locale));
  const key = WORDS.get(id);
  return key ? t(key) : escape(id);
}
