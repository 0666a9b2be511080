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
