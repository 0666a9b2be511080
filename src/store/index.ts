export type { Attempts } from "./attempts.js";
export { KeyRing, KeyRingError } from "./encryption.js";
export { KeyMissingError, SealBrokenError, StoreInUseError, StoreSetupError, StoreUnavailableError } from "./errors.js";
export type { Links } from "./links.js";
export type { People } from "./people.js";
export type { Personal, PersonalData } from "./personal.js";
export type {
  Attempt,
  ExboAccount,
  Link,
  LinkedCharacter,
  LockedLink,
  Person,
  PersonChanges,
  ReadLink,
  SaleKey,
  SalesChange,
  SalesStretch,
  ServerChanges,
  ServerSettings,
  StoredSale,
  Tokens,
} from "./records.js";
export { SALES_KEPT_MS, SALES_PAGE, SALES_PER_ITEM, type Sales } from "./sales.js";
export type { Servers } from "./servers.js";
export { storeEnvironment, storeSettings, type StoreSettings } from "./settings.js";
export { openStore, type Store, type StoreOptions } from "./store.js";
export type { StoreLog } from "./store-log.js";
export type {
  ClaimedPanel,
  ClaimedSubject,
  ClaimedTarget,
  DeliveryOutcome,
  ListedWatch,
  LoggedChange,
  LookResult,
  ObservedEmission,
  Panel,
  PanelKey,
  PanelOutcome,
  PauseReason,
  QuietHours,
  RunningWatch,
  SubjectKey,
  TargetRelease,
  WaitingDelivery,
  WatchKind,
  WatchRecord,
  WatchRequest,
} from "./watch/records.js";
export type { Demand, Looks } from "./watch/looks.js";
export type { Outbox, Posted, QueueState, TargetClaim } from "./watch/outbox.js";
export type { Panels } from "./watch/panels.js";
export type { Signal } from "./watch/pieces.js";
export type { Added, Scope, WatchLimits } from "./watch/watches.js";
export type { WatchStore } from "./watch/watch-store.js";
