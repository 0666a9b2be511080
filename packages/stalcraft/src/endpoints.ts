import { z } from "zod";
import { Endpoint, type EndpointContext } from "./endpoint.js";
import { countKeys, isFiniteNumber, isList, isObject, isShortNumber } from "./json.js";
import { Listing } from "./listing.js";
import { type APIObject, type ObjectClass, type Reader, readerOf, readList } from "./objects/api-object.js";
import { AuctionLot, AuctionRedeemedLot, usualLot, usualSale } from "./objects/auction.js";
import { CharacterInfo, FullCharacterInfo } from "./objects/character.js";
import { Clan, ClanMember } from "./objects/clan.js";
import { Emission } from "./objects/emission.js";
import { problemsOf } from "./objects/fields.js";
import { OperationSession } from "./objects/operation.js";
import { Region } from "./objects/region.js";

const second = 1_000;
const minute = 60 * second;

/**
 * Every endpoint of the API with its access, its cost in points and how long its answers stay good. The costs of
 * emissions, lots and history are measured ones; the others are taken to be 1.
 */
export function createEndpoints(context: EndpointContext) {
  return {
    regions: new Endpoint(
      { route: "regions", access: "none", cost: 1, ttl: 60 * minute, ...listOf(Region, 1) },
      context,
    ),
    emission: new Endpoint(
      { route: "emission", access: "application", cost: 1, ttl: 10 * second, ...one(Emission) },
      context,
    ),
    lots: new Endpoint(
      {
        route: "lots",
        access: "application",
        cost: 2,
        ttl: 30 * second,
        ...listing("lots", "total", AuctionLot, usualLot),
      },
      context,
    ),
    history: new Endpoint(
      {
        route: "history",
        access: "application",
        cost: 2,
        ttl: 30 * second,
        ...listing("prices", "total", AuctionRedeemedLot, usualSale),
      },
      context,
    ),
    profile: new Endpoint(
      {
        route: "profile",
        access: "application",
        cost: 1,
        ttl: minute,
        emptyIsHidden: true,
        ...one(FullCharacterInfo),
      },
      context,
    ),
    characters: new Endpoint(
      { route: "characters", access: "user", cost: 1, ttl: minute, ...listOf(CharacterInfo) },
      context,
    ),
    friends: new Endpoint(
      {
        route: "friends",
        access: "user",
        cost: 1,
        ttl: minute,
        ...listRead((entry) => name.parse(entry)),
      },
      context,
    ),
    clans: new Endpoint(
      { route: "clans", access: "application", cost: 1, ttl: 5 * minute, ...listing("data", "totalClans", Clan) },
      context,
    ),
    clan: new Endpoint({ route: "clan", access: "application", cost: 1, ttl: 5 * minute, ...one(Clan) }, context),
    clanMembers: new Endpoint(
      { route: "clan-members", access: "user", cost: 1, ttl: minute, ...listOf(ClanMember) },
      context,
    ),
    operations: new Endpoint(
      {
        route: "operations",
        access: "application",
        cost: 1,
        ttl: 30 * second,
        ...listing("sessions", "total", OperationSession),
      },
      context,
    ),
  };
}

export type Endpoints = ReturnType<typeof createEndpoints>;

const name = z.string();
const anything = z.array(z.unknown());
/** The API gives at most 200 entries of a listing at once. */
const longestPage = 1_000;
const fewest = (count: number) => anything.min(count);

function one<T extends APIObject>(Class: ObjectClass<T>) {
  return {
    read: (json: unknown, receivedAt: Date): T => new Class(json, receivedAt),
    give: (object: T): T => object,
    skippedIn: (object: T): number => object.skipped,
  };
}

interface Page<T> {
  readonly entries: readonly T[];
  readonly total: number;
  readonly receivedAt: Date;
  /** Left out of `entries`. */
  readonly skipped: number;
  /** Left out of lists inside of entries. */
  readonly skippedInside: number;
}

const pagesOf = <T>() => ({
  give: ({ entries, total, receivedAt, skipped }: Page<T>): Listing<T> =>
    new Listing(entries, total, receivedAt, skipped),
  skippedIn: ({ skipped, skippedInside }: Page<T>): number => skipped + skippedInside,
});

/** A bare list, which is whole. `least`: with fewer readable entries it is no such list. */
function listRead<T>(read: Reader<T>, least = 0) {
  return {
    read: (json: unknown, receivedAt: Date): Page<T> => {
      const list = anything.parse(json);
      const readable = readList(list, read, receivedAt);
      if (readable.entries.length < least) throw problemsOf(fewest(least), readable.entries);
      return { ...readable, total: list.length, receivedAt, skippedInside: 0 };
    },
    ...pagesOf<T>(),
  };
}

function listOf<T extends APIObject>(Class: ObjectClass<T>, least?: number) {
  return listRead(readerOf(Class), least);
}

/** A listing, by the names that it uses for its entries and for their total. `usual` reads an entry as nearly all are. */
function listing<T extends APIObject>(
  entriesKey: string,
  totalKey: string,
  Class: ObjectClass<T>,
  usual: (json: unknown, receivedAt: Date) => T | undefined = () => undefined,
) {
  const envelope = z.object({ [entriesKey]: anything, [totalKey]: z.number() });
  const read = readerOf(Class);
  return {
    readUsual: (json: unknown, receivedAt: Date): Page<T> | undefined => {
      const { [entriesKey]: list, [totalKey]: total } = isObject(json) && countKeys(json) === 2 ? json : {};
      if (!isList(list) || list.length > longestPage || !isShortNumber(total)) return undefined;
      const entries: T[] = [];
      for (const entry of list) {
        const object = usual(entry, receivedAt);
        if (object === undefined) return undefined;
        entries.push(object);
      }
      return { entries, total, receivedAt, skipped: 0, skippedInside: 0 };
    },
    read: (json: unknown, receivedAt: Date): Page<T> => {
      const { [entriesKey]: list, [totalKey]: total } = isObject(json) ? json : {};
      if (!isList(list) || !isFiniteNumber(total)) throw problemsOf(envelope, json);
      const { entries, skipped } = readList(list, read, receivedAt, [entriesKey], longestPage);
      const skippedInside = entries.reduce((sum, entry) => sum + entry.skipped, 0);
      return { entries, skipped, total, receivedAt, skippedInside };
    },
    ...pagesOf<T>(),
  };
}
