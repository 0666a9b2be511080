import { z } from "zod";

const name = z.string();
/** As the API spells ranks; a rank that is new to us is data like any other. */
const rank = z.string();
/** Milliseconds since the epoch. */
const moment = z.number();

/** What happened to one member between two looks at the roster. */
export const rosterChange = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("joined"), name, rank }),
  /** `joinedAt`: since when they were in the clan. */
  z.object({ kind: z.literal("left"), name, rank, joinedAt: moment }),
  z.object({ kind: z.literal("promoted"), name, from: rank, to: rank }),
  z.object({ kind: z.literal("demoted"), name, from: rank, to: rank }),
  /** To or from a rank of which we do not know where it stands. */
  z.object({ kind: z.literal("ranked"), name, from: rank, to: rank }),
  /** Probably: somebody of this name is there, and nobody of the other any more, since the very same moment of joining. */
  z.object({ kind: z.literal("renamed"), name, was: name }),
  /** `was`: who led before; undefined when nobody did, or several. */
  z.object({ kind: z.literal("leader"), name, was: name.optional() }),
]);

export type RosterChange = z.infer<typeof rosterChange>;
export type RosterChangeKind = RosterChange["kind"];
