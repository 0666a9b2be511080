import { ComponentType, PermissionFlagsBits as Permission } from "discord-api-types/v10";
import { walk, type TopLevelComponent } from "./validation/components.js";
import type { AllowedMentions } from "./validation/messages.js";
import type { Channel, User, World } from "./world.js";

/** Who a message notifies. */
export interface Pings {
  /** Ids. */
  readonly users: readonly string[];
  readonly roles: readonly string[];
  readonly everyone: boolean;
}

export const noPings: Pings = { users: [], roles: [], everyone: false };

interface Written {
  readonly content: string;
  readonly components: readonly TopLevelComponent[];
  readonly channel: Channel;
  readonly author: User;
  readonly visibleTo: User | undefined;
  /** Of the answer to an interaction, for which Discord assumes other allowed mentions. */
  readonly origin: object | undefined;
}

/** Whom a message notifies: who is mentioned in it, allowed by `allowed_mentions`, and open to being pinged. */
export function pingsOf(written: Written, allowed: AllowedMentions | undefined, world: World): Pings {
  const { channel, author, visibleTo, origin } = written;
  const text = textOf(written);
  const may = (kind: "users" | "roles" | "everyone") =>
    allowed === undefined ? origin === undefined || kind === "users" : (allowed.parse ?? []).includes(kind);
  const ids = (pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ""))];
  const pingsAll = (world.permissions(author, channel) & Permission.MentionEveryone) !== 0n;
  const roles = channel.guild?.roles;
  const everyone = visibleTo === undefined && pingsAll && may("everyone") && /@(everyone|here)\b/.test(text);
  return {
    users: ids(/<@!?(\d+)>/g).filter(
      (id) => world.users.has(id) && (may("users") || (allowed?.users ?? []).includes(id)),
    ),
    roles: ids(/<@&(\d+)>/g).filter((id) => {
      const role = roles?.get(id);
      if (role === undefined || (!role.mentionable && !pingsAll)) return false;
      return may("roles") || (allowed?.roles ?? []).includes(id);
    }),
    everyone,
  };
}

/** Whether a message notifies this person. */
export function reaches({ users, roles, everyone }: Pings, user: User, channel: Channel): boolean {
  const own = channel.guild?.members.get(user.id)?.roles ?? [];
  return everyone || users.includes(user.id) || own.some(({ id }) => roles.includes(id));
}

/** Mentions count in the content and in text components; those in embeds never notify anybody. */
function textOf({ content, components }: Pick<Written, "content" | "components">): string {
  const parts = [...walk(components)].flatMap(([part]) =>
    part.type === ComponentType.TextDisplay ? part.content : [],
  );
  return [content, ...parts].join("\n");
}
