/** Faults of the gateway that stay until they are ended. */
export interface GatewayFaults {
  /** Answer IDENTIFY and RESUME with 4004. */
  refuseToken: boolean;
  /** Let heartbeats go unanswered: the client must take the connection for dead. */
  ignoreHeartbeats: boolean;
  /** Send no events to anybody (they are kept for RESUME). */
  silent: boolean;
  /** Answer whoever connects with this HTTP status, such as 503. */
  refuseConnection: number | undefined;
  /** Say HELLO to nobody; `hello` says it late. */
  withholdHello: boolean;
  /** Confirm neither IDENTIFY nor RESUME: READY and RESUMED are lost. */
  withholdReady: boolean;
  /** Answer IDENTIFY and RESUME with an invalid session (op 9) that cannot be resumed. */
  invalidate: boolean;
  /** Answer IDENTIFY and RESUME by closing with this code. */
  closeWith: number | undefined;
  /** The bot is in too many servers for fewer shards: close an IDENTIFY of fewer with 4011. */
  leastShards: number;
  /** The address to resume at that READY names, in place of the gateway's own. */
  resumeUrl: string | undefined;
  /** Replay the events of the whole session on RESUME, also those that the client has seen. */
  replayAll: boolean;
  /** Puts something else in place of what an event tells. */
  alter: ((event: string, data: unknown) => unknown) | undefined;
}

export const NO_FAULTS: Readonly<GatewayFaults> = {
  refuseToken: false,
  ignoreHeartbeats: false,
  silent: false,
  refuseConnection: undefined,
  withholdHello: false,
  withholdReady: false,
  invalidate: false,
  closeWith: undefined,
  leastShards: 1,
  resumeUrl: undefined,
  replayAll: false,
  alter: undefined,
};

/** What clients have tried since the start. */
export interface Tries {
  /** Requested connections. */
  connections: number;
  identifies: number;
  resumes: number;
}

/** What clients did with one shard. */
export interface ShardTries {
  /** IDENTIFYs and RESUMEs that were confirmed. */
  identified: number;
  resumed: number;
  /** Those that Discord did not take. */
  refused: number;
}
