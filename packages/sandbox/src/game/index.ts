/** The simulated game: a living world behind the API, the login and the item database the real ones have. */
export { type Credentials, GameSimulator, type GameSimulatorOptions } from "./simulator.js";
export type { Fault, FaultScope, Faults } from "./http/faults.js";
export type { RequestLog, RequestRecord } from "./http/request-log.js";
export type { BudgetQuirks } from "./http/budget.js";
export type { TimePrecision } from "./http/times.js";
export { landmarks } from "./world/landmarks.js";
export { ITEMS } from "./world/catalog.js";
export { Roster } from "./roster.js";
export type { Emission } from "./world/emissions.js";
export type { Lot, LotOffer } from "./world/lots.js";
export type { ClanRank } from "./world/population.js";
export type { Item } from "./world/item.js";
export { REGIONS, type RegionId } from "./world/regions.js";
export { WorldClock } from "./world/world-clock.js";
export { World, type WorldOptions } from "./world/world.js";
