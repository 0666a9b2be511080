import type { Core } from "../core.js";
import { apiErrors } from "../errors.js";
import { guildPermissions } from "../permissions.js";
import { wire } from "../wire.js";
import { ok, type Route } from "./router.js";

/** Who the bot is, where the gateway is, and in which guilds it is. */
export function applicationRoutes({ world, applicationId, endpoint, gatewayUrl, sharding }: Core): Route[] {
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
    verify_key: endpoint.publicKey,
    flags: 0,
    flags_new: "0",
    hook: true,
    integration_types_config: { 0: {}, 1: {} },
    approximate_guild_count: world.guilds.size,
    approximate_user_install_count: world.installs.size,
    approximate_user_authorization_count: 0,
    redirect_uris: [],
    interactions_endpoint_url: endpoint.url ?? null,
    role_connections_verification_url: null,
    explicit_content_filter: 0,
    eligible_oauth2_scopes: [],
    owner: wire.user([...world.users.values()].find(({ bot }) => !bot) ?? world.bot),
    team: null,
    tags: [],
  });
  return [
    get("/gateway", () => ok({ url: gatewayUrl() }), false),
    get("/gateway/bot", () =>
      ok({
        url: gatewayUrl(),
        shards: sharding.shards(),
        session_start_limit: sharding.sessions(),
      }),
    ),
    get("/users/@me", () =>
      ok({ ...wire.user(world.bot), mfa_enabled: true, verified: true, email: null, locale: "en-US" }),
    ),
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
            banner: null,
            owner: guild.ownerId === world.bot.id,
            permissions: guildPermissions(guild, world.bot).toString(),
            features: [],
          })),
      ),
    ),
  ];
}
