// Loaded before a bot: its machine's clock is CLOCK_AHEAD_MS ahead.
import process from "node:process";

const ahead = Number(process.env.CLOCK_AHEAD_MS);
const Right = Date;
globalThis.Date = class extends Right {
  constructor(...given) {
    if (given.length === 0) super(Right.now() + ahead);
    else super(...given);
  }

  static now() {
    return Right.now() + ahead;
  }
};
