import { createHash } from "node:crypto";
import type { Database } from "../database.js";
import { GatewaySessions } from "./gateway-sessions.js";
import { Identifies } from "./identifies.js";
import { ShardLeases } from "./shard-leases.js";

/** Names a bot without telling its token: another token is another bot, whose sessions are not ours. */
export function botKey(token: string): string {
  return createHash("sha256").update(token).digest("hex").slice(0, 32);
}

/** What is kept of a bot's sessions at Discord's gateway, by a process of its own or one of several. */
export class GatewayStore {
  readonly #database: Database;
  readonly #bot: string;

  constructor(database: Database, token: string) {
    this.#database = database;
    this.#bot = botKey(token);
  }

  /** For the only process of the bot. */
  alone(): GatewaySessions {
    return new GatewaySessions(this.#database, this.#bot, undefined);
  }

  /** For one of several; `process` names it, and no other ever. */
  among(process: string) {
    return {
      sessions: new GatewaySessions(this.#database, this.#bot, process),
      identifies: new Identifies(this.#database, this.#bot, process),
      leases: new ShardLeases(this.#database, this.#bot, process),
    };
  }
}
