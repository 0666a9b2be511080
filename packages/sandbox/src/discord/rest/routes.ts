import type { Core } from "../core.js";
import { Access } from "./access.js";
import { applicationRoutes } from "./application-routes.js";
import { channelRoutes } from "./channel-routes.js";
import { commandRoutes } from "./command-routes.js";
import { eventRoutes } from "./event-routes.js";
import { guildRoutes } from "./guild-routes.js";
import { interactionRoutes } from "./interaction-routes.js";
import { memberRoutes } from "./member-routes.js";
import { messageRoutes } from "./message-routes.js";
import type { Route } from "./router.js";
import { threadRoutes } from "./thread-routes.js";

/** Everything of Discord's API that is simulated. */
export function routes(core: Core): readonly Route[] {
  const access = new Access(core);
  return [
    ...interactionRoutes(core),
    ...commandRoutes(core),
    ...messageRoutes(core, access),
    ...channelRoutes(core, access),
    ...threadRoutes(core, access),
    ...guildRoutes(core, access),
    ...eventRoutes(core, access),
    ...memberRoutes(core, access),
    ...applicationRoutes(core),
  ];
}
