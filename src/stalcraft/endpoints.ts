import { z } from "zod";
import { Endpoint, type EndpointContext } from "./endpoint.js";
import { Listing } from "./listing.js";
import {
  AuctionLot,
  AuctionRedeemedLot,
  CharacterInfo,
  Clan,
  ClanMember,
  Emission,
  FullCharacterInfo,
  type ObjectClass,
  OperationSession,
  readPart,
  Region,
} from "./objects.js";

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
      { route: "lots", access: "application", cost: 2, ttl: 30 * second, ...listing(lotsAnswer, "lots", AuctionLot) },
      context,
    ),
    history: new Endpoint(
      {
        route: "history",
        access: "application",
        cost: 2,
        ttl: 30 * second,
        ...listing(salesAnswer, "prices", AuctionRedeemedLot),
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
        copy: (friends: string[]) => [...friends],
      },
      context,
    ),
    clans: new Endpoint(
      { route: "clans", access: "application", cost: 1, ttl: 5 * minute, ...listing(clansAnswer, "data", Clan) },
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
        ...listing(sessionsAnswer, "sessions", OperationSession),
      },
      context,
    ),
  };
}

export type Endpoints = ReturnType<typeof createEndpoints>;

const names = z.array(z.string());
const anything = z.array(z.unknown());
const total = z.number();

/** What the four listings have in common, by the names each of them uses. */
interface Envelope {
  readonly entries: readonly unknown[];
  readonly total: number;
}
const lotsAnswer = z.object({ total, lots: anything }).transform((it) => ({ entries: it.lots, total: it.total }));
const salesAnswer = z.object({ total, prices: anything }).transform((it) => ({ entries: it.prices, total: it.total }));
const clansAnswer = z
  .object({ totalClans: total, data: anything })
  .transform((it) => ({ entries: it.data, total: it.totalClans }));
const sessionsAnswer = z
  .object({ total, sessions: anything })
  .transform((it) => ({ entries: it.sessions, total: it.total }));

function one<T>(Class: ObjectClass<T>) {
  return {
    read: (json: unknown, receivedAt: Date): T => new Class(json, receivedAt),
    copy: (object: T): T => object,
  };
}

function listOf<T>(Class: ObjectClass<T>) {
  return {
    read: (json: unknown, receivedAt: Date): T[] =>
      anything.parse(json).map((entry, index) => readPart(Class, entry, receivedAt, index)),
    copy: (list: T[]): T[] => [...list],
  };
}

function listing<T>(envelope: z.ZodType<Envelope>, entriesKey: string, Class: ObjectClass<T>) {
  return {
    read: (json: unknown, receivedAt: Date): Listing<T> => {
      const { entries, total } = envelope.parse(json);
      const objects = entries.map((entry, index) => readPart(Class, entry, receivedAt, entriesKey, index));
      return new Listing(objects, total, receivedAt);
    },
    copy: (list: Listing<T>): Listing<T> => new Listing(list, list.total, list.receivedAt),
  };
}
