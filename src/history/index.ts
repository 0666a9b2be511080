export { History, type Kept, type MemberGrowth, type Progress } from "./history.js";
export type { Gap, Reading, StatGrowth } from "./timeline.js";
export type { CharacterKey, ClanDay, LastLogin, Objection, PersonalHistory } from "../store/index.js";
