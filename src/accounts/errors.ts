import { KeyMissingError, SealBrokenError } from "../store/index.js";

/** The request to the EXBO login. */
export type ExboStep = "token" | "user" | "revoke";

/** A linked account cannot be used right now. Its owner need not do anything. */
export abstract class AccountAwayError extends Error {}

/** The key that the tokens of an account are sealed with is not there; with it, the account is back. */
export class KeyAwayError extends AccountAwayError {
  override readonly name = "KeyAwayError";
}

/**
 * The EXBO login could not be used: it did not answer, failed, or answered with something else than promised. Trying
 * again later may help. Like all errors of this room it holds no token, no code and no secret, and has no `cause`: the
 * OAuth library hangs whole answers on its own.
 */
export class ExboUnavailableError extends AccountAwayError {
  override readonly name = "ExboUnavailableError";
  readonly step: ExboStep;

  constructor(step: ExboStep, reason: string) {
    super(`the EXBO login could not be used (${step}): ${reason}`);
    this.step = step;
  }
}

/** EXBO refused a code or a token for good; trying again does not help. */
export class ExboRefusedError extends Error {
  override readonly name = "ExboRefusedError";
  readonly step: ExboStep;

  constructor(step: ExboStep, reason: string) {
    super(`the EXBO login refused (${step}): ${reason}`);
    this.step = step;
  }
}

/** A linked account cannot be used until its owner links it again. */
export class LinkAgainError extends Error {
  override readonly name = "LinkAgainError";
  /** EXBO refused its tokens for good; what is stored of it was changed; or it was unlinked meanwhile. */
  readonly because: "refused" | "unreadable" | "unlinked";

  constructor(because: LinkAgainError["because"]) {
    super(`the account has to be linked again: ${because}`);
    this.because = because;
  }
}

/** Whether a row's seal cannot be opened: its key is not in the ring, or it was changed. */
export function isUnreadable(error: unknown): error is KeyMissingError | SealBrokenError {
  return error instanceof KeyMissingError || error instanceof SealBrokenError;
}
