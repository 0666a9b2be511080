import { NO_FAULTS } from "./gateway/faults.js";
import type { Gateway } from "./gateway/server.js";
import type { HttpFaults } from "./http/faults.js";
import type { RestFaults } from "./rest/faults.js";

/** What Discord can be told to do wrong. */
export class Faults {
  /** REST faults, by route. */
  readonly rest: RestFaults;
  /** The gateway's; its switches are under `gateway.faults`, what clients have tried under `gateway.tries` and `gateway.shards`. */
  readonly gateway: Pick<
    Gateway,
    | "reconnect"
    | "invalidateSessions"
    | "drop"
    | "outage"
    | "hello"
    | "say"
    | "dispatch"
    | "faults"
    | "tries"
    | "shards"
  >;

  /** What goes wrong with interactions on their way over HTTP. */
  readonly http: HttpFaults;

  constructor(rest: RestFaults, gateway: Gateway, http: HttpFaults) {
    this.rest = rest;
    this.gateway = gateway;
    this.http = http;
  }

  /** Ends all of them. */
  clear(): void {
    this.rest.clear();
    this.http.clear();
    Object.assign(this.gateway.faults, NO_FAULTS);
  }
}
