/** Discord takes no IDENTIFY for now. */
export class NoIdentifiesLeftError extends Error {
  override readonly name = "NoIdentifiesLeftError";
  /** Milliseconds until it does. */
  readonly ms: number;

  constructor(ms: number) {
    super("Discord allows no more sessions for now");
    this.ms = ms;
  }
}

/** Another process has the shard: this one may not begin a session of it. */
export class NotOurShardError extends Error {
  override readonly name = "NotOurShardError";

  constructor() {
    super("another process has the shard");
  }
}
