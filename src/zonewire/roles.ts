import type { API } from "@zonewire/stalcraft";
import { plainRankName } from "../../commands/format/rank.js";
import type { Accounts } from "../accounts/index.js";
import type { ClanDirectory } from "../clans/index.js";
import type { Members } from "../kernel/members/members.js";
import { isBelow, nicknameObstacle, roleObstacle } from "../kernel/members/standing.js";
import { localeOf } from "../kernel/locale.js";
import type { Texts } from "../kernel/texts.js";
import { ownNames, RoleSync, type ClanKey, type Servers, type Wording } from "../roles/index.js";
import type { Store } from "../store/index.js";
import type { Clock } from "../time.js";
import type { Readers } from "../watch/roster/readers.js";

interface RolesParts {
  readonly store: Store;
  /** The name of the game's API. */
  readonly source: string;
  readonly api: API;
  readonly accounts: Accounts;
  readonly readers: Readers;
  readonly members: Members;
  readonly texts: Texts;
  readonly clans: Pick<ClanDirectory, "find">;
  readonly clock: Clock;
}

/** Roles of servers by ranks in clans: what they are read from, and how they are given. */
export function wireRoles({ store, source, api, accounts, readers, members, clock, ...words }: RolesParts): RoleSync {
  return new RoleSync({
    store: store.roles(source),
    servers: serversOf(members),
    rosters: readers,
    ownNames: ownNames({ api, accounts }),
    wording: async (guildId) => wordingIn((await store.servers.get(guildId))?.language, words),
    clock,
  });
}

/** Servers at Discord, as roles need them. */
export function serversOf(members: Members): Servers {
  return {
    async look(guildId) {
      const read = await members.roles(guildId);
      if (read.kind !== "read") return read;
      const server = read.value;
      return {
        kind: "read",
        value: {
          roleName: (roleId) => server.roles.get(roleId)?.name,
          roleObstacle: (roleId) => roleObstacle(roleId, server),
          nicknameObstacle: ({ userId, roleIds }) => nicknameObstacle(userId, roleIds, server),
          standsAbove({ userId, roleIds }, roleId) {
            const role = server.roles.get(roleId);
            return role === undefined || isBelow(role, userId, roleIds, server);
          },
        },
      };
    },
    member: (guildId, userId) => members.get(guildId, userId),
    counts: (guildId) => members.counts(guildId),
    give: (...change) => members.give(...change),
    take: (...change) => members.take(...change),
    rename: (...change) => members.rename(...change),
  };
}

/** In a server's own language; in English where it has chosen none. */
function wordingIn(
  language: string | null | undefined,
  { texts, clans }: Pick<RolesParts, "texts" | "clans">,
): Wording {
  const t = texts.translator(localeOf(language ?? "en"));
  const tag = ({ clanId }: ClanKey) => clans.find(clanId)?.clan.tag ?? "";
  return {
    rank: (rank) => plainRankName(rank, { t }),
    tag,
    reason(why) {
      switch (why.kind) {
        case "rank":
          return t("roles.reason.rank", { name: why.name, rank: plainRankName(why.rank, { t }), tag: tag(why) });
        case "lost":
          return t("roles.reason.lost");
        case "nickname":
          return t("roles.reason.nickname", { name: why.name });
      }
    },
  };
}
