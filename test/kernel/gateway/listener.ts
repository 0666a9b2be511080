import { onTestFinished } from "vitest";
import { systemClock, type Clock } from "../../../src/time.js";
import { Gateway, type GatewayOptions } from "../../../src/kernel/gateway.js";
import { createLog } from "../../../src/log.js";
import { DiscordSimulator, type DiscordSimulatorOptions } from "@zonewire/sandbox/discord";
import { PATIENT } from "../../patience.js";

export interface LogLine {
  readonly level: number;
  readonly msg: string;
  readonly [field: string]: unknown;
}

/** No pause lasts; what is waited for comes as long as Discord lets it. */
export const HASTY: NonNullable<GatewayOptions["timing"]> = {
  firstPause: 1,
  longestPause: 4,
  longestIdentifyPause: 4,
  afterInvalid: [1, 2],
  identifyGap: 0,
};

interface ListenerOptions extends Pick<GatewayOptions, "servers" | "timing"> {
  readonly simulator?: DiscordSimulatorOptions;
  readonly clock?: Clock;
}

/** A gateway at a simulated Discord, both gone with the test; it is not connected yet. */
export async function startListener({ simulator, clock = systemClock, servers, timing }: ListenerOptions = {}) {
  const discord = await DiscordSimulator.start({ ...PATIENT, ...simulator });
  const log: LogLine[] = [];
  const refusals: string[] = [];
  const received: string[] = [];
  const gateway = new Gateway({
    token: discord.token,
    apiUrl: discord.restUrl,
    log: createLog("debug", {
      terminal: false,
      destination: { write: (line: string) => void log.push(JSON.parse(line) as LogLine) },
    }),
    clock,
    timing: { ...HASTY, ...timing },
    servers,
    onRefused: (reason) => refusals.push(reason),
  });
  gateway.serve(({ id }) => received.push(id));
  onTestFinished(async () => {
    await gateway.close();
    await discord.close();
  });
  return {
    discord,
    gateway,
    refusals,
    received,
    faults: discord.faults.gateway.faults,
    tries: discord.faults.gateway.tries,
    /** What the operator reads, without what is for debugging. */
    told: () => log.filter(({ level }) => level >= 30).map(({ msg }) => msg),
    log,
    until: <T>(what: string, check: () => T | undefined | false) => discord.until(what, check),
  };
}

/** Whether every shard of this process has a session. */
export function isUp(gateway: Pick<Gateway, "sessions">): boolean {
  return [...gateway.sessions().values()].every(Boolean);
}
