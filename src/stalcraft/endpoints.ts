import { z } from "zod";
import { Endpoint, type EndpointContext } from "./endpoint.js";
import { isFiniteNumber, isList, isObject } from "./json.js";
import { Listing } from "./listing.js";
import { type ObjectClass, readPart } from "./objects/api-object.js";
import { AuctionLot, AuctionRedeemedLot } from "./objects/auction.js";
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
    regions: new Endpoint({ route: "regions", access: "none", cost: 1, ttl: 60 * minute, ...listOf(Region) }, context),
    emission: new Endpoint(
      { route: "emission", access: "application", cost: 1, ttl: 10 * second, ...one(Emission) },
      context,
    ),
    lots: new Endpoint(
      { route: "lots", access: "application", cost: 2, ttl: 30 * second, ...listing("lots", "total", AuctionLot) },
      context,
    ),
    history: new Endpoint(
      {
        route: "history",
        access: "application",
        cost: 2,
        ttl: 30 * second,
        ...listing("prices", "total", AuctionRedeemedLot),
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
        read: (json: unknown) => names.parse(json),
        give: (friends: string[]) => [...friends],
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

const names = z.array(z.string());
const anything = z.array(z.unknown());

function one<T>(Class: ObjectClass<T>) {
  return {
    read: (json: unknown, receivedAt: Date): T => new Class(json, receivedAt),
    give: (object: T): T => object,
  };
}

function listOf<T>(Class: ObjectClass<T>) {
  return {
    read: (json: unknown, receivedAt: Date): T[] =>
      anything.parse(json).map((entry, index) => readPart(Class, entry, receivedAt, index)),
    give: (list: T[]): T[] => [...list],
  };
}

interface Page<T> {
  readonly entries: readonly T[];
  readonly total: number;
  readonly receivedAt: Date;
}

/** A listing, by the names that it uses for its entries and for their total. */
function listing<T>(entriesKey: string, totalKey: string, Class: ObjectClass<T>) {
  const envelope = z.object({ [entriesKey]: anything, [totalKey]: z.number() });
  return {
    read: (json: unknown, receivedAt: Date): Page<T> => {
      const { [entriesKey]: entries, [totalKey]: total } = isObject(json) ? json : {};
      if (!isList(entries) || !isFiniteNumber(total)) throw problemsOf(envelope, json);
      const objects = entries.map((entry, index) => readPart(Class, entry, receivedAt, entriesKey, index));
      return { entries: objects, total, receivedAt };
    },
    give: ({ entries, total, receivedAt }: Page<T>): Listing<T> => new Listing(entries, total, receivedAt),
  };
}
