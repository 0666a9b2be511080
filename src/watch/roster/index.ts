export { rosterChange, type RosterChange } from "./change.js";
export type { RosterEvent } from "./event.js";
