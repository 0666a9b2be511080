import { fold } from "../../src/fold.js";
import { requiredText, type Context, type TextOption } from "../../src/kernel/index.js";
import { ANY_RANK } from "../../src/roles/index.js";
import { plainRankName, rankName, RANKS } from "../format/rank.js";

/** Ranks that are new to us are shown as the API calls them. */
const RANK_LENGTH = 60;

/** A rank within a clan, or any of them: by its name in the reader's language, or as the API calls it. */
export function rankOption(): TextOption<string> {
  const text = requiredText({ maxLength: RANK_LENGTH, suggest });
  return { ...text, read: (value, context) => codeOf(text.read(value, context), context) };
}

export function isKnownRank(rank: string): boolean {
  return rank === ANY_RANK || RANKS.has(rank);
}

/** As people read it; escaped. */
export function mappedRank(rank: string, context: Pick<Context, "t">): string {
  return rank === ANY_RANK ? context.t("roles.any-rank") : rankName(rank, context);
}

/** The same, for menus. */
export function plainMappedRank(rank: string, context: Pick<Context, "t">): string {
  return rank === ANY_RANK ? context.t("roles.any-rank") : plainRankName(rank, context);
}

/** The highest first, as leaders think of them. */
const ALL = [ANY_RANK, ...[...RANKS.keys()].reverse()];

async function suggest(text: string, context: Context) {
  const { guildId, roles } = context;
  const rosters = guildId === undefined ? [] : await roles.rosters(guildId);
  const told = rosters.flatMap(({ members }) => members.map(({ rank }) => rank));
  const wanted = fold(text);
  return [...new Set([...ALL, ...told])]
    .map((rank) => ({ name: plainMappedRank(rank, context), value: rank }))
    .filter(({ name, value }) => fold(name).includes(wanted) || fold(value).includes(wanted))
    .slice(0, 25);
}

function codeOf(text: string, context: Context): string {
  const wanted = fold(text).trim();
  const known = ALL.find((rank) => [rank, plainMappedRank(rank, context)].some((name) => fold(name).trim() === wanted));
  return known ?? text.trim();
}
