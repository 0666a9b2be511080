import type { Channel, User } from "../discord/index.js";

/** A lot that the bot would tell of, if somebody put it up. */
export interface WishedLot {
  readonly id: string;
  readonly region: string;
  readonly item: string;
  /** Undefined: any; so below. */
  readonly amount?: number | undefined;
  readonly quality?: number | undefined;
  readonly level?: number | undefined;
  /** The highest price of a piece, or the part (0.15: 15 %) that it is below what is usual. */
  readonly limit: { readonly by: "unit"; readonly most: number } | { readonly by: "median"; readonly discount: number };
}

/** What the bot waits for where a person is, told by the bot itself: the page knows nothing of what it is about. */
export type Wishes = (asked: { readonly user: User; readonly channel: Channel }) => Promise<readonly WishedLot[]>;
