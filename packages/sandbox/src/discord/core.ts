import type { Clock } from "../clock.js";
import type { CommandStore } from "./commands.js";
import type { Interactions } from "./interactions.js";
import type { LimitCounts } from "./limits.js";
import type { MessageStore } from "./messages.js";
import type { World } from "./world.js";

/** The parts of the simulated Discord that its REST routes and its people work on. */
export interface Core {
  readonly clock: Clock;
  readonly applicationId: string;
  readonly world: World;
  readonly commands: CommandStore;
  readonly messages: MessageStore;
  readonly interactions: Interactions;
  readonly limits: LimitCounts;
  /** How a channel looks that the bot does not see. */
  readonly hidden: "obfuscated" | "named";
  /** `ws://host:port`, of the gateway. */
  readonly gatewayUrl: () => string;
  /** What GET /gateway/bot advises. */
  readonly sharding: {
    readonly shards: number;
    readonly maxConcurrency: number;
    readonly sessionLimit: number;
    readonly sessionsBegun: () => number;
  };
  readonly commandsChanged: (guildId: string | undefined) => void;
}
