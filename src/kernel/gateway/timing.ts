import { MINUTE_MS } from "../../time.js";

/** How long the gateway waits for what. Milliseconds. */
export interface Timing {
  /** From the start of a connection to Discord's HELLO. */
  readonly hello: number;
  /** From IDENTIFY or RESUME to its confirmation, and from each event before that. */
  readonly confirmation: number;
  /** Before the second try of a row; it doubles with each further one. */
  readonly firstPause: number;
  readonly longestPause: number;
  /** The longest after an IDENTIFY that did not last: Discord takes the token away after 1,000 of them a day. */
  readonly longestIdentifyPause: number;
  /** Discord wants a random pause between these two after it has ended a session. */
  readonly afterInvalid: readonly [least: number, most: number];
  /** A session that has lasted so long makes up for the failures before it. */
  readonly steady: number;
  /** Between two IDENTIFYs of a row: Discord's five seconds, and what the way of the second may be shorter than that of the first. */
  readonly identifyGap: number;
  /** For Discord to confirm that we leave. */
  readonly leave: number;
}

export const USUAL_TIMING: Timing = {
  hello: 30_000,
  confirmation: 15_000,
  firstPause: 1_000,
  longestPause: 30_000,
  longestIdentifyPause: 2 * MINUTE_MS,
  afterInvalid: [1_000, 5_000],
  steady: MINUTE_MS,
  identifyGap: 5_500,
  leave: 2_000,
};
