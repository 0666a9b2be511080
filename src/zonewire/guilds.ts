import type { Servers } from "../kernel/gateway.js";
import type { Store } from "../store/index.js";

/** Notes in the store which servers the bot is in, so that those it has left can be forgotten. */
export function trackGuilds(store: Pick<Store, "servers">): Servers {
  const { servers } = store;
  return {
    joined: (guildId) => servers.joined(guildId),
    left: (guildId) => servers.left(guildId),
    async present(guildIds, covers) {
      for (const guildId of await servers.present()) {
        if (covers(guildId) && !guildIds.has(guildId)) await servers.left(guildId);
      }
      for (const guildId of await servers.absent()) if (guildIds.has(guildId)) await servers.joined(guildId);
    },
  };
}
