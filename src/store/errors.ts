/** The database cannot be reached, or does not answer in time. Trying again later may help. */
export class StoreUnavailableError extends Error {
  override readonly name = "StoreUnavailableError";
}

/** The store cannot be opened as it is set up; trying again does not help. The message says what to do. */
export class StoreSetupError extends Error {
  override readonly name: string = "StoreSetupError";
}

/** Another process works on the data directory. */
export class StoreInUseError extends StoreSetupError {
  override readonly name = "StoreInUseError";
}

/** The row is sealed with a key that the ring does not have. The row stays; the right key brings it back. */
export class KeyMissingError extends Error {
  override readonly name = "KeyMissingError";
}

/** What is sealed was changed, or moved to another row. */
export class SealBrokenError extends Error {
  override readonly name = "SealBrokenError";
}
