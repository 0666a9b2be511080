import type { Clock } from "../clock.js";
import type { AuditLog } from "./audit.js";
import type { CommandStore } from "./commands.js";
import type { Endpoint } from "./http/endpoint.js";
import type { IdentifyLimits } from "./gateway/identify-limits.js";
import type { Interactions } from "./interactions.js";
import type { LimitCounts } from "./limits.js";
import type { MessageStore } from "./messages.js";
import type { SnowflakeSource } from "./snowflake.js";
import type { World } from "./world.js";

/** The parts of the simulated Discord that its REST routes and its people work on. */
export interface Core {
  readonly clock: Clock;
  readonly ids: SnowflakeSource;
  readonly applicationId: string;
  readonly world: World;
  readonly commands: CommandStore;
  readonly messages: MessageStore;
  readonly interactions: Interactions;
  readonly limits: LimitCounts;
  readonly audit: AuditLog;
  /** How a channel looks that the bot does not see. */
  readonly hidden: "obfuscated" | "named";
  /** What the application's page says of interactions over HTTP. */
  readonly endpoint: Pick<Endpoint, "publicKey" | "url">;
  /** `ws://host:port`, of the gateway. */
  readonly gatewayUrl: () => string;
  /** What GET /gateway/bot advises. */
  readonly sharding: {
    readonly shards: () => number;
    readonly sessions: () => IdentifyLimits["state"];
  };
  readonly commandsChanged: (guildId: string | undefined) => void;
}
