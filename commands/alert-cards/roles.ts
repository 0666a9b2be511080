import {
  card,
  COLOURS,
  dotted,
  escape,
  lines,
  type Context,
  type MessageContext,
  type View,
} from "../../src/kernel/index.js";
import type { MemberRefusal, NicknameObstacle, RoleObstacle } from "../../src/roles/index.js";
import type { RolesEvent } from "../../src/watch/index.js";
import { doubtText, type Doubted } from "../roles/doubt.js";
import { memberMention, roleMention } from "../roles/server.js";
import { nicknameWhy, refusalWhy, roleWhy } from "../roles/why.js";

const MOST_LINES = 15;

/** What was done to the members of a server by itself, or could not be. Nobody is pinged by it. */
export function rolesAlert(event: RolesEvent, context: MessageContext & Pick<Context, "clans">): View {
  const { t } = context;
  const { given, taken, renamed, refused, doubts } = event;
  const all = [
    ...doubts.map((doubt) => `⚠️ ${doubtText(doubtedIn(doubt), context)}`),
    ...given.map(({ userId, roleId }) => `➕ ${memberMention(userId)} ${roleMention(roleId)}`),
    ...taken.map(({ userId, roleId }) => `➖ ${memberMention(userId)} ${roleMention(roleId)}`),
    ...renamed.map(({ userId, nick }) => `✏️ ${memberMention(userId)} ${escape(nick)}`),
    ...[...new Set(refused.map((one) => `⚠️ ${whyText(one, context)}`))],
  ];
  const more = all.length - MOST_LINES;
  return {
    embeds: [
      card({
        title: t("roles.auto-title"),
        colour: doubts.length + refused.length > 0 ? COLOURS.alert : COLOURS.good,
        description: lines(...all.slice(0, MOST_LINES), more > 0 && t("roles.more", { more })),
      }),
    ],
  };
}

function doubtedIn({ region, clanId, doubt, before = 0, now = 0 }: RolesEvent["doubts"][number]): Doubted {
  return doubt === "shrunk" ? { region, clanId, doubt, before, now } : { region, clanId, doubt };
}

const ROLE: readonly RoleObstacle[] = ["gone", "everyone", "managed", "linked", "permission", "above"];
const NICKNAME: readonly NicknameObstacle[] = ["owner", "above", "permission"];
const REFUSAL: readonly MemberRefusal[] = [
  ...(["member-gone", "role-gone", "server-gone"] as const),
  ...(["two-factor", "permission", "not-taken"] as const),
];

function whyText({ userId, roleId, why }: RolesEvent["refused"][number], context: MessageContext): string {
  const [kind, reason] = why.split(":");
  const role = roleId === undefined ? "" : roleMention(roleId);
  const obstacle = ROLE.find((one) => one === reason);
  if (kind === "role" && obstacle) return roleWhy(obstacle, role, context);
  const ofNickname = NICKNAME.find((one) => one === reason);
  if (kind === "nickname" && ofNickname) return nicknameWhy(ofNickname, context);
  const refusal = REFUSAL.find((one) => one === reason) ?? "not-taken";
  return `${dotted(memberMention(userId), role)}: ${refusalWhy(refusal, context)}`;
}
