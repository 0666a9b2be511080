import type { Channel, User } from "../discord/index.js";
import type { Wish } from "./page/protocol.js";
import type { AddedLot } from "./world-controls.js";

/** A lot that the bot would tell of, if somebody put it up. */
export interface WishedLot extends Wish {
  readonly lot: AddedLot;
}

/** What the bot waits for where a person is, told by the bot itself: the page knows nothing of what it is about. */
export type Wishes = (asked: {
  readonly user: User;
  readonly channel: Channel;
  readonly locale: string;
}) => Promise<readonly WishedLot[]>;
