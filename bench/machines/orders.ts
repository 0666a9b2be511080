import { z } from "zod";

/** Of the environment of `bench/children/world.ts`. */
export const setting = z
  .object({ SHARDS: z.coerce.number(), MAX_CONCURRENCY: z.coerce.number(), POINTS_PER_MINUTE: z.coerce.number() })
  .transform((env) => ({
    shards: env.SHARDS,
    maxConcurrency: env.MAX_CONCURRENCY,
    pointsPerMinute: env.POINTS_PER_MINUTE,
  }));

/**
 * What people do: a cached answer, a long text, one from the game's API, a popular item, the clan list, a change of their
 * settings, items that nobody has asked for, and typing the name of one.
 */
const deed = z.enum(["regions", "help", "emission", "popular", "clans", "settings", "prices", "typing"]);
export type Deed = z.infer<typeof deed>;
const deeds = z.array(deed);

const orders = z.discriminatedUnion("do", [
  /** So many interactions a second, in turns. Ends when all have their answer, or have waited for half a minute. */
  z.object({ do: z.literal("load"), deeds, perSecond: z.number(), seconds: z.number() }),
  /** What became of the interactions since the last time. `kills`: when processes were killed, in epoch milliseconds. */
  z.object({ do: z.literal("fates"), kills: z.array(z.number()) }),
  z.object({ do: z.literal("watch"), channels: z.number() }),
  z.object({ do: z.literal("emission") }),
  z.object({ do: z.literal("told") }),
  z.object({ do: z.literal("counts") }),
]);
export type Order = z.infer<typeof orders>;
export const order = z.intersection(z.object({ id: z.number() }), orders);

export const addresses = z.object({
  discord: z.object({ token: z.string(), restUrl: z.string() }),
  game: z.object({ apiUrl: z.string(), itemsUrl: z.string(), credentials: z.object({ appToken: z.string() }) }),
});
export type Addresses = z.infer<typeof addresses>;

/** How many interactions came to what. */
export const fates = z.object({
  sent: z.number(),
  /** They went out to a bot while they could be answered. */
  delivered: z.number(),
  /** Answered, once and more than once. */
  once: z.number(),
  twice: z.number(),
  /** Delivered, and not answered. */
  unanswered: z.number(),
  /** The same, by a process that was killed meanwhile. */
  killed: z.number(),
  /** Nobody held the session of their shard. */
  undelivered: z.number(),
  /** What was delivered and not answered, in words. */
  examples: z.array(z.string()),
  /** Until the first answer, in milliseconds. */
  firstMs: z.object({ p50: z.number(), p99: z.number() }),
});
export type Fates = z.infer<typeof fates>;

/** Since the start. */
export const counts = z.object({
  callbacks: z.number(),
  /** First answers that Discord did not take: another process was faster, or it was too late. */
  refusedCallbacks: z.number(),
  edits: z.number(),
  otherRequests: z.number(),
  gameRequests: z.number(),
  points: z.number(),
  /** Requests that the game's API refused because no points were left. */
  overBudget: z.number(),
  connections: z.number(),
  /** Sessions with a connection, at this moment. */
  connected: z.number(),
  identifies: z.number(),
  resumes: z.number(),
  /** The longest time in which a shard had no session, in milliseconds. */
  longestGapMs: z.number(),
});
export type Counts = z.infer<typeof counts>;
