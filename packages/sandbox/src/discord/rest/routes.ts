import type { Core } from "../core.js";
import { applicationRoutes } from "./application-routes.js";
import { channelRoutes } from "./channel-routes.js";
import { commandRoutes } from "./command-routes.js";
import { interactionRoutes } from "./interaction-routes.js";
import type { Route } from "./router.js";

/** Everything of Discord's API that is simulated. */
export function routes(core: Core): readonly Route[] {
  return [...interactionRoutes(core), ...commandRoutes(core), ...channelRoutes(core), ...applicationRoutes(core)];
}
