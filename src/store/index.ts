export type { Attempts } from "./attempts.js";
export { KeyRing, KeyRingError } from "./encryption.js";
export { KeyMissingError, SealBrokenError, StoreInUseError, StoreSetupError, StoreUnavailableError } from "./errors.js";
export type { Claim, Claimed, Characters } from "./history/characters.js";
export { NEAR_MS, type HistoryArchive, type LastLogin } from "./history/archive.js";
export type { HistoryStore } from "./history/history-store.js";
export type { Identified } from "./history/identity.js";
export type { CharacterKey, Keeping, KeptClan, Objection } from "./history/keeping.js";
export type { PersonalHistory } from "./history/personal.js";
export {
  snapshotMarks,
  type Absence,
  type CharacterReading,
  type ClaimedCharacter,
  type ClaimedRoster,
  type ClanDay,
  type Figure,
  type Figures,
  type HistoryQueue,
  type NamedCharacter,
  type Past,
  type RosterReading,
  type SeenProfile,
  type Snapshot,
  type Span,
  type Values,
} from "./history/records.js";
export type { Rosters } from "./history/rosters.js";
export { DAILY_DAYS } from "./history/thinning.js";
export type { Links } from "./links.js";
export type { AnswerQuestion, Answers, FoundAnswer } from "./machines/answers.js";
export type { DiscordTurns } from "./machines/discord-turns.js";
export type { PointAccounts } from "./machines/points.js";
export type { LiveProcess, Processes } from "./machines/processes.js";
export { botKey, type GatewayStore } from "./machines/gateway.js";
export type { GatewayPresence, GatewayStanding } from "./machines/shard-leases.js";
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
export type {
  ClanKey,
  KeptMember,
  KeptRoster,
  ProvedMatch,
  RoleCandidate,
  RoleGrace,
  RoleMapping,
  RoleMatch,
} from "./roles/records.js";
export type { RoleStore } from "./roles/role-store.js";
export type { Servers } from "./servers.js";
export { storeEnvironment, storeSettings, type StoreSettings } from "./settings.js";
export { openStore, type Store, type StoreOptions } from "./store.js";
export type { StoreLog } from "./store-log.js";
export { ALERT_KINDS, isAlertKind } from "./watch/records.js";
export type {
  AlertKind,
  ClaimedCrosspost,
  ClaimedPanel,
  ClaimedSubject,
  ClaimedTarget,
  CrosspostOutcome,
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
export type { Crossposts } from "./watch/crossposts.js";
export type { Demand, Looks } from "./watch/looks.js";
export type { Outbox, Posted, QueueState, TargetClaim } from "./watch/outbox.js";
export type { Panels } from "./watch/panels.js";
export type { Signal } from "./watch/signals.js";
export type { Added, Scope, WatchChanges, Watches, WatchLimits } from "./watch/watches.js";
export type {
  Answer,
  ClaimedWarMessage,
  Correction,
  Excuse,
  LoginOutcome,
  NamedPerson,
  PlannedWar,
  ReadLogin,
  SeenInVoice,
  SignUp,
  Squad,
  Verdict,
  WarEvidence,
  WarMessageOutcome,
  WarRecord,
  WarRoll,
  WarState,
} from "./war/records.js";
export type { WarEventState } from "./war/events.js";
export type { OwnedCharacter } from "./war/people.js";
export type { LoginReading, RunningWar, VoiceSample } from "./war/presence.js";
export type { AnswerOutcome, GivenAnswer } from "./war/sign-ups.js";
export type { WarStore } from "./war/war-store.js";
export type { WatchStore } from "./watch/watch-store.js";
