import type { ClanKey, KeptRoster, RoleMapping } from "../store/index.js";
import type { PassResult } from "./pass.js";
import type { Plan } from "./plan.js";
import type { Failure, MemberView, RoleObstacle } from "./ports.js";
import type { ClanReading, Doubt } from "./reading.js";

/** Somebody who manages roles, and what they stand above. */
export type Officer = Pick<MemberView, "userId" | "roleIds">;

/** Which list of a clan that has shrunk is true all the same, with how many members at least. By `clanKeyOf`. */
export type Accepted = ReadonlyMap<string, number>;

export interface Asked {
  /** Whose accounts read the lists first, by Discord id. */
  readonly owners: readonly string[];
  readonly accepted?: Accepted | undefined;
  readonly signal: AbortSignal;
}

/** What roles follow from. */
export interface Source {
  readonly mappings: readonly RoleMapping[];
  readonly kept: readonly KeptRoster[];
  readonly readings: readonly ClanReading[];
}

export interface Checked {
  readonly plan: Plan;
  /** Of each role of a mapping, how many have it of whom nobody knows who they are; undefined: Discord did not say. */
  readonly strangers: ReadonlyMap<string, number> | undefined;
}

export type CheckResult =
  | ({ readonly kind: "checked" } & Checked)
  /** Nothing is mapped in this server. */
  | { readonly kind: "unmapped" }
  | { readonly kind: "discord"; readonly failure: Failure };

export type SyncResult =
  | ({ readonly kind: "synced"; readonly pass: PassResult } & Checked)
  /** Somebody else does it now. */
  | { readonly kind: "busy" }
  | Exclude<CheckResult, { readonly kind: "checked" }>;

export type MapResult =
  | { readonly kind: "mapped"; readonly known: boolean }
  | { readonly kind: "limit"; readonly limit: number }
  | { readonly kind: "obstacle"; readonly why: RoleObstacle }
  /** The officer does not stand above the role, so they could not give it themselves. */
  | { readonly kind: "too-high"; readonly roleId: string }
  /** The officer's own account does not show the clan's members, so it is not for them to follow it. */
  | { readonly kind: "stranger"; readonly why: "refused" | "dead" | "unknown" }
  /** No rank of this name is known; these are. */
  | { readonly kind: "rank"; readonly ranks: readonly string[] }
  | { readonly kind: "unread"; readonly why: Exclude<Doubt, "shrunk"> }
  | { readonly kind: "discord"; readonly failure: Failure };

export type MatchResult =
  | { readonly kind: "matched"; readonly clan: ClanKey }
  /** No clan that is followed has such a member. */
  | { readonly kind: "unknown" }
  | { readonly kind: "too-high"; readonly roleId: string }
  /** A linked account proves who plays them. */
  | { readonly kind: "proved"; readonly userId: string }
  | { readonly kind: "discord"; readonly failure: Failure };
