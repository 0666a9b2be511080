import type { API } from "@zonewire/stalcraft";
import type { Accounts } from "../../accounts/index.js";
import type { HistoryStore } from "../../store/index.js";
import type { Clock } from "../../time.js";

/** What became of reading a character. */
export type Outcome = "first" | "changed" | "same" | "hidden" | "missing" | "objected" | "lost" | "failed";

/** Reads the members of a clan with the linked accounts of people in it. */
export type ReadMembers = (
  clan: { readonly region: string; readonly clanId: string },
  /** Discord ids of those who keep it. */
  keepers: readonly string[],
  signal: AbortSignal,
) => Promise<{
  /** Undefined: the game showed nobody any. */
  readonly names: readonly string[] | undefined;
  /** Of the keepers, those to whom the game does not show them, or whose accounts do not work any more. */
  readonly refused: readonly string[];
}>;

export interface ReadingOptions {
  readonly store: Pick<HistoryStore, "characters" | "rosters" | "thin">;
  /** As nobody in particular has it. */
  readonly api: Pick<API, "characters" | "clans" | "regions" | "budget">;
  readonly accounts: Pick<Accounts, "links" | "token" | "isRefusal" | "renewed">;
  readonly readMembers: ReadMembers;
  readonly clock: Clock;
  readonly log: ReadingLog;
  readonly observer?: { readonly snapshot?: (outcome: Outcome) => void } | undefined;
  /** How long what is claimed stays ours without a sign of life, in milliseconds; default: three minutes. */
  readonly leaseMs?: number | undefined;
}

export interface ReadingLog {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}
