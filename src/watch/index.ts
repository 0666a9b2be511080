export {
  BOOST_MS,
  emissionFigures,
  emissionRule,
  emissionWatcher,
  FEWEST,
  gapsOf,
  STAGES,
  type EmissionEvent,
  type EmissionFigures,
  type Stage,
} from "./emission/index.js";
export { alert, type Alert } from "./events.js";
export type { Failed, Messenger } from "./delivering/messenger.js";
export { Woken } from "./delivering/woken.js";
export type { NoticeEvent } from "./notice.js";
export {
  defineWatcher,
  type AnyWatcher,
  type DeliveringStore,
  type Glance,
  type Look,
  type Pace,
  type SendTest,
  type TestResult,
  type Watch,
  type Watcher,
  type WatchEvent,
} from "./ports.js";
export {
  FEWEST_SALES,
  fittingOffers,
  highestUnit,
  mediansOf,
  mergedPriceEvents,
  newsOf,
  NEWEST_BACK_MS,
  NO_MEDIANS,
  priceRule,
  readingOf,
  readingOfNewest,
  readPriceLimit,
  type MatchedLot,
  type Medians,
  type PriceEvent,
  type PriceLimit,
  type PriceRule,
  type ToldLots,
} from "./price/index.js";
export { believedMembers, matched, rosterChange, type RosterChange, type RosterEvent } from "./roster/index.js";
export type { RolesEvent } from "./roles/event.js";
export { subjectOf, type Subject } from "./subject.js";
export type { WarEvent } from "./war/event.js";
export {
  USUAL_LIFETIME_DAYS,
  Watching,
  type AddedWatch,
  type NewWatch,
  type QuietOwner,
  type WatchingOptions,
} from "./watching.js";
export { isAlertKind } from "../store/index.js";
export type {
  AlertKind,
  ListedWatch,
  LoggedChange,
  ObservedEmission,
  Panel,
  PanelKey,
  PauseReason,
  QuietHours,
  Scope,
  WatchKind,
  WatchLimits,
  WatchRecord,
} from "../store/index.js";
