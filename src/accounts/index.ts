/** Linked EXBO accounts: the OAuth way from `/link` to the callback, and players' tokens for the game's API. */
export { Accounts, type AccountsOptions, type OwnAccount, type Unlinking } from "./accounts.js";
export {
  AccountAwayError,
  ExboRefusedError,
  ExboUnavailableError,
  KeyAwayError,
  LinkAgainError,
  type ExboStep,
} from "./errors.js";
export type { ExboSettings } from "./exbo-login.js";
export type { AnswerHandle, Asker, Beginning, LinkingResult } from "./linking.js";
export { withToken } from "./with-token.js";
export type { Link, LinkedCharacter } from "../store/index.js";
