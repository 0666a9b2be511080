/** Roles of Discord servers that follow from ranks in clans. */
export { ANY_RANK, clanKeyOf, clansOf } from "./mapping.js";
export { nicknameOf, templateFault, TEMPLATE_LENGTH, type TemplateFault } from "./nickname.js";
export { ownNames } from "./own-names.js";
export type { PassResult } from "./pass.js";
export type { PersonPlan, Plan, Standing } from "./plan.js";
export type { Failure, MemberRefusal, NicknameObstacle, RoleObstacle, Servers, Wording } from "./ports.js";
export type { ClanReading } from "./reading.js";
export type { Accepted, Checked, CheckResult, MapResult, MatchResult, Officer, SyncResult } from "./results.js";
export { RoleSync, type RoleSyncOptions } from "./role-sync.js";
export { rolesWatcher } from "./watcher.js";
export type { ClanKey, RoleMapping } from "../store/index.js";
