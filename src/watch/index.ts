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
  NO_MEDIANS,
  priceRule,
  readingOf,
  readPriceLimit,
  type MatchedLot,
  type Medians,
  type PriceEvent,
  type PriceLimit,
  type PriceRule,
  type ToldLots,
} from "./price/index.js";
export { rosterChange, type RosterChange, type RosterEvent } from "./roster/index.js";
export { subjectKey, subjectOf, type Subject } from "./subject.js";
export {
  USUAL_LIFETIME_DAYS,
  Watching,
  type AddedWatch,
  type NewWatch,
  type QuietOwner,
  type WatchingOptions,
} from "./watching.js";
export type {
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
