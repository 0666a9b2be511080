import { type Account, friendsOf } from "../world/accounts.js";
import { LOT_SORTS } from "../world/lots.js";
import type { ItemMarket } from "../world/market.js";
import { OPERATION_MAPS } from "../world/operations.js";
import type { Character } from "../world/population.js";
import { profileAt } from "../world/profile.js";
import { type Region, findRegion } from "../world/regions.js";
import type { RegionWorld, World } from "../world/world.js";
import { type Answer, Problem, json, rawJson } from "./answer.js";
import { readChoice, readFlag, readMoment, readPage } from "./query.js";
import {
  characterJson,
  clanJson,
  emissionJson,
  lotJson,
  memberJson,
  profileJson,
  saleJson,
  sessionText,
} from "./render.js";
import type { Times } from "./times.js";

/** What a route may look at. `account` is there when a player's token was used. */
export interface RouteContext {
  readonly world: World;
  readonly times: Times;
  readonly now: number;
  readonly query: URLSearchParams;
  readonly account?: Account;
}

/** One endpoint. The groups of `path` are passed on decoded, the region first. */
export interface Route {
  readonly path: RegExp;
  /** Points. */
  readonly cost: number;
  readonly run: (context: RouteContext, values: readonly string[]) => Answer;
}

/** Which is the default is not documented; the oldest clients say ascending. */
const ORDERS = ["asc", "desc"] as const;

/** Every endpoint that needs credentials. */
export const ROUTES: readonly Route[] = [
  { path: /^\/([^/]+)\/emission$/, cost: 1, run: emission },
  { path: /^\/([^/]+)\/auction\/([^/]+)\/lots$/, cost: 2, run: lots },
  { path: /^\/([^/]+)\/auction\/([^/]+)\/history$/, cost: 2, run: history },
  { path: /^\/([^/]+)\/character\/by-name\/([^/]+)\/profile$/, cost: 1, run: profile },
  { path: /^\/([^/]+)\/characters$/, cost: 1, run: characters },
  { path: /^\/([^/]+)\/friends\/([^/]+)$/, cost: 1, run: friends },
  { path: /^\/([^/]+)\/clans$/, cost: 1, run: clans },
  { path: /^\/([^/]+)\/clan\/([^/]+)\/info$/, cost: 1, run: clanInfo },
  { path: /^\/([^/]+)\/clan\/([^/]+)\/members$/, cost: 1, run: clanMembers },
  { path: /^\/([^/]+)\/operations\/sessions$/, cost: 1, run: sessions },
];

function emission({ world, times, now }: RouteContext, [id]: readonly string[]): Answer {
  const { emissions } = place(world, id).living;
  return json(200, emissionJson(emissions.stateAt(now), times));
}

function lots({ world, times, now, query }: RouteContext, [id, itemId = ""]: readonly string[]): Answer {
  const market = marketOf(world, id, itemId);
  const { limit, offset } = readPage(query);
  const detailed = readFlag(query, "additional");
  const sort = readChoice(query, "sort", LOT_SORTS);
  const all = market.lots.listAt(now, sort, readChoice(query, "order", ORDERS) === "desc");
  const page = all.slice(offset, offset + limit).map((lot) => lotJson(itemId, lot, detailed, times));
  return json(200, { total: all.length, lots: page });
}

function history({ world, times, now, query }: RouteContext, [id, itemId = ""]: readonly string[]): Answer {
  const { sales } = marketOf(world, id, itemId);
  const { limit, offset } = readPage(query);
  const detailed = readFlag(query, "additional");
  const prices = sales.pageAt(now, limit, offset).map((sale) => saleJson(sale, detailed, times));
  return json(200, { total: sales.totalAt(now), prices });
}

function profile({ world, times, now }: RouteContext, [id, name = ""]: readonly string[]): Answer {
  const { population } = place(world, id).living;
  const character = population.findCharacter(name);
  if (character === undefined) throw new Problem(404, "Character not found");
  const shown = profileAt(population, character, now);
  if (shown === undefined) return { status: 200, headers: { "content-type": "text/plain" }, body: "" };
  return json(200, profileJson(shown, times));
}

function characters(context: RouteContext, [id]: readonly string[]): Answer {
  const account = player(context);
  const { region, living } = place(context.world, id);
  const owned = account.characters[region.id].flatMap((name) => living.population.findByFirstName(name) ?? []);
  const list = owned.map((character) =>
    characterJson(character, living.population.membershipAt(character, context.now), context.times),
  );
  return json(200, list);
}

function friends(context: RouteContext, [id, name = ""]: readonly string[]): Answer {
  const account = player(context);
  const { region, living } = place(context.world, id);
  const character = living.population.findCharacter(name);
  if (character === undefined || !owns(account, region, living.population, character)) {
    throw new Problem(401, "Unauthorized");
  }
  return json(200, friendsOf(character, living.population));
}

function clans({ world, times, now, query }: RouteContext, [id]: readonly string[]): Answer {
  const { population } = place(world, id).living;
  const { limit, offset } = readPage(query);
  const count = Math.max(0, Math.min(limit, population.clanCount - offset));
  const data = Array.from({ length: count }, (_, n) => clanJson(population.clanAt(offset + n, now), times));
  return json(200, { totalClans: population.clanCount, data });
}

function clanInfo({ world, times, now }: RouteContext, [id, clanId = ""]: readonly string[]): Answer {
  const { population } = place(world, id).living;
  return json(200, clanJson(population.clanAt(findClan(population, clanId), now), times));
}

function clanMembers(context: RouteContext, [id, clanId = ""]: readonly string[]): Answer {
  const account = player(context);
  const { region, living } = place(context.world, id);
  const clan = findClan(living.population, clanId);
  const roster = living.population.rosterAt(clan, context.now);
  if (!roster.some(({ character }) => owns(account, region, living.population, character)))
    throw new Problem(401, "Unauthorized");
  return json(
    200,
    roster.map((member) => memberJson(member, context.times)),
  );
}

function sessions({ world, times, now, query }: RouteContext, [id]: readonly string[]): Answer {
  const { operations, population } = place(world, id).living;
  const { limit, offset } = readPage(query);
  const sort = readChoice(query, "sort", ["date_finish", "difficulty"]);
  const ascending = readChoice(query, "order", ["desc", "asc"]) === "asc";
  const map = query.has("map") ? readChoice(query, "map", OPERATION_MAPS) : undefined;
  const username = query.get("username");
  const player = username === null ? undefined : (population.findCharacter(username)?.name ?? "");
  const before = readMoment(query, "before") ?? Infinity;
  const after = readMoment(query, "after") ?? -Infinity;

  const found = operations
    .finishedAt(now)
    .filter(({ finishedAt }) => finishedAt < before && finishedAt > after)
    .filter((session) => map === undefined || session.map === map)
    .filter(({ usernames }) => player === undefined || usernames.includes(player));
  // They come in the order in which they finished, the last first.
  if (sort === "difficulty") found.sort((a, b) => b.difficulty - a.difficulty);
  if (ascending) found.reverse();
  const page = found.slice(offset, offset + limit).map((session) => sessionText(session, times));
  return rawJson(200, `{"total":${found.length},"sessions":[${page.join(",")}]}`);
}

function place(world: World, id = ""): { region: Region; living: RegionWorld } {
  const region = findRegion(id);
  if (region === undefined) throw new Problem(404, "Region not found");
  return { region, living: world.region(region.id) };
}

function marketOf(world: World, id: string | undefined, itemId: string): ItemMarket {
  const market = world.market.item(place(world, id).region, itemId);
  if (market === undefined) throw new Problem(400, `Invalid item id: ${itemId}`, { item: itemId });
  return market;
}

function findClan(population: RegionWorld["population"], clanId: string): number {
  const clan = population.findClan(clanId);
  if (clan === undefined) throw new Problem(404, "Clan not found");
  return clan;
}

/** Whether it is one of the account's characters, under whatever name. */
function owns(account: Account, { id }: Region, population: RegionWorld["population"], { index }: Character): boolean {
  return account.characters[id].some((name) => population.findByFirstName(name)?.index === index);
}

/** These endpoints refuse an application's credentials. */
function player({ account }: RouteContext): Account {
  if (account === undefined) throw new Problem(401, "Unauthorized");
  return account;
}
