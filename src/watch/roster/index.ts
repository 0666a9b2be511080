export { rosterChange, type RosterChange, type RosterChangeKind } from "./change.js";
export type { RosterEvent } from "./event.js";
