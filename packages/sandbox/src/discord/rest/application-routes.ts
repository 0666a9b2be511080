import type { Core } from "../core.js";
import { apiErrors } from "../errors.js";
import { guildPermissions } from "../permissions.js";
import { wire } from "../wire.js";
import { ok, type Route } from "./router.js";

/** Who the bot is, where the gateway is, and in which guilds it is. */
export function applicationRoutes({ world, applicationId, gatewayUrl, sharding }: Core): Route[] {
  const get = (path: string, handle: Route["handle"], auth = true): Route => ({ method: "GET", path, auth, handle });
  const application = () => ({
    id: applicationId,
    name: world.bot.globalName,
    icon: null,
    description: "",
    summary: "",
    type: null,
    bot: wire.user(world.bot),
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: "0".repeat(64),
    flags: 0,
    hook: true,
    integration_types_config: { 0: {}, 1: {} },
    approximate_guild_count: world.guilds.size,
    owner: null,
    team: null,
    tags: [],
  });
  return [
    get("/gateway", () => ok({ url: gatewayUrl() }), false),
    get("/gateway/bot", () =>
      ok({
        url: gatewayUrl(),
        shards: sharding.shards,
        session_start_limit: {
          total: sharding.sessionLimit,
          remaining: Math.max(0, sharding.sessionLimit - sharding.sessionsBegun()),
          reset_after: 0,
          max_concurrency: sharding.maxConcurrency,
        },
      }),
    ),
    get("/users/@me", () => ok(wire.user(world.bot))),
    get("/users/:user", (_, id = "") => {
      const user = world.users.get(id);
      if (user === undefined) throw apiErrors.unknownUser();
      return ok(wire.user(user));
    }),
    get("/applications/@me", () => ok(application())),
    get("/oauth2/applications/@me", () => ok(application())),
    get("/users/@me/guilds", () =>
      ok(
        [...world.guilds.values()]
          .filter((guild) => guild.members.has(world.bot.id))
          .map((guild) => ({
            id: guild.id,
            name: guild.name,
            icon: null,
            owner: guild.ownerId === world.bot.id,
            permissions: guildPermissions(guild, world.bot).toString(),
            features: [],
          })),
      ),
    ),
  ];
}
