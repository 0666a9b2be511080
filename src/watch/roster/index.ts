export { believedMembers } from "./belief.js";
export { matched } from "./changes.js";
export { rosterChange, type RosterChange } from "./change.js";
export type { RosterEvent } from "./event.js";
