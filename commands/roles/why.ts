import type { MessageContext } from "../../src/kernel/index.js";
import type { MemberRefusal, NicknameObstacle, RoleObstacle } from "../../src/roles/index.js";

type Words = Pick<MessageContext, "t">;

/** Why a role cannot be given or taken, and what to do about it. `role` as it is shown. */
export function roleWhy(why: RoleObstacle, role: string, { t }: Words): string {
  switch (why) {
    case "gone":
      return t("roles.why.gone", { role });
    case "everyone":
      return t("error.role-everyone");
    case "managed":
      return t("roles.why.managed", { role });
    case "linked":
      return t("roles.why.linked", { role });
    case "permission":
      return t("roles.why.permission", { permission: t("permission.manage-roles") });
    case "above":
      return t("roles.why.above", { role });
  }
}

/** Why a nickname cannot be changed. */
export function nicknameWhy(why: NicknameObstacle, { t }: Words): string {
  switch (why) {
    case "owner":
      return t("roles.why.owner");
    case "above":
      return t("roles.why.member-above");
    case "permission":
      return t("roles.why.permission", { permission: t("permission.manage-nicknames") });
  }
}

/** Why Discord did not take a change. */
export function refusalWhy(why: MemberRefusal, { t }: Words): string {
  switch (why) {
    case "member-gone":
      return t("roles.why.member-gone");
    case "role-gone":
      return t("roles.why.role-gone");
    case "server-gone":
      return t("roles.why.server-gone");
    case "two-factor":
      return t("roles.why.two-factor");
    case "permission":
      return t("roles.why.refused");
    case "not-taken":
      return t("roles.why.not-taken");
  }
}
