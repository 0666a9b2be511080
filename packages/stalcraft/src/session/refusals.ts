/** Why there are no points: all are spent, or those that are left are kept for others than the asker. */
export type Lack = "budget" | "share";

/** No points until then, and nobody waits that long. */
export class Exhausted extends Error {
  readonly until: number;
  readonly lack: Lack;

  constructor(until: number, lack: Lack) {
    super("no points left");
    this.until = until;
    this.lack = lack;
  }
}

/** The scheduler was closed. */
export class Closed extends Error {}
