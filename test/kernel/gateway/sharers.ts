import { randomUUID } from "node:crypto";
import { onTestFinished } from "vitest";
import { DiscordSimulator, type DiscordSimulatorOptions } from "@zonewire/sandbox/discord";
import { Gateway, type GatewayOptions } from "../../../src/kernel/gateway.js";
import { GLANCE_MS, LOOK_MS } from "../../../src/kernel/gateway/sharing.js";
import { createLog } from "../../../src/log.js";
import { systemClock, type Clock } from "../../../src/time.js";
import type { Store } from "../../../src/store/index.js";
import { PATIENT } from "../../patience.js";
import { HASTY, type LogLine } from "./listener.js";

export interface Sharer {
  /** As it is called among the others. */
  readonly id: string;
  readonly gateway: Gateway;
  /** Ids of interactions, and of those that came with a warning that they may have been answered. */
  readonly received: string[];
  readonly repeated: string[];
  readonly refusals: string[];
  readonly told: () => string[];
  /** Numbers of its shards. */
  readonly shards: () => number[];
  /** Cuts it off from the database. The returned function ends it. */
  readonly isolate: () => () => void;
  /** From now on the database does not even say no. */
  readonly silence: () => void;
  /** So many calls of that name will fail. */
  readonly failNext: (name: string, times: number) => void;
  /** From now on it writes nothing, and its connections are gone, as after kill -9. */
  readonly kill: () => Promise<void>;
}

const SOON_MS = 200;
/**
 * Looks at the others, or glances, come sooner than they would; what is noted of sessions is noted when they begin and end, and
 * not between.
 */
const soon = (sees: number): Clock => ({
  ...systemClock,
  setBackgroundTimeout: (callback, ms) =>
    ms === sees ? systemClock.setBackgroundTimeout(callback, SOON_MS) : () => undefined,
});

interface SharerOptions extends Pick<GatewayOptions, "shards" | "timing" | "clock"> {
  /** False: the only process of its bot, with a database of its own. */
  readonly shares?: boolean;
  /** True: it never looks at the others by itself, and glances at those of its machine. */
  readonly glances?: boolean;
}

/** A process of a bot, as far as its gateway is concerned; stopped with the test, and not connected yet. */
export function sharer(
  discord: Pick<DiscordSimulator, "token" | "restUrl">,
  store: Store,
  { shares = true, glances = false, shards, timing, clock = soon(glances ? GLANCE_MS : LOOK_MS) }: SharerOptions = {},
): Sharer {
  const id = randomUUID();
  const kept = store.gateway(discord.token);
  const { sessions, leases, identifies } = kept.among(id);
  const log: LogLine[] = [];
  const [received, repeated, refusals]: [string[], string[], string[]] = [[], [], []];
  let cutOff = false;
  let silent = false;
  const failing = new Map<string | symbol, number>();
  /** The same object, of which no method does anything while it is cut off. */
  const breakable = <T extends object>(port: T): T =>
    new Proxy(port, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== "function") return value;
        const left = failing.get(name) ?? 0;
        if (left > 0) {
          failing.set(name, left - 1);
          return () => Promise.reject(new Error("the database did not answer"));
        }
        return (...args: unknown[]): unknown =>
          silent && name !== "listen" && name !== "seesDeath"
            ? new Promise(() => undefined)
            : cutOff && name !== "listen"
              ? Promise.reject(new Error("the database is away"))
              : Reflect.apply(value, target, args);
      },
    });
  const gateway = new Gateway({
    token: discord.token,
    apiUrl: discord.restUrl,
    log: createLog("debug", {
      terminal: false,
      destination: { write: (line: string) => void log.push(JSON.parse(line) as LogLine) },
    }),
    clock,
    timing: { ...HASTY, ...timing },
    shards,
    ...(shares
      ? { sessions: breakable(sessions), others: { claims: breakable(leases), identifies: breakable(identifies) } }
      : { sessions: breakable(kept.alone()) }),
    onRefused: (reason) => refusals.push(reason),
  });
  gateway.serve((interaction, about) => {
    received.push(interaction.id);
    if (about.repeated) repeated.push(interaction.id);
  });
  onTestFinished(() => gateway.close());
  return {
    id,
    gateway,
    received,
    repeated,
    refusals,
    told: () => log.filter(({ level }) => level >= 30).map(({ msg }) => msg),
    shards: () => [...gateway.sessions()].filter(([, up]) => up).map(([shard]) => shard),
    isolate() {
      cutOff = true;
      return () => {
        cutOff = false;
      };
    },
    silence() {
      silent = true;
    },
    failNext(name, times) {
      failing.set(name, times);
    },
    async kill() {
      cutOff = true;
      await gateway.close();
    },
  };
}

/** A Discord with a server for each of the shards 0 to 3 of four, and of two. */
export async function startDiscord(options: DiscordSimulatorOptions = {}) {
  const discord = await DiscordSimulator.start({ ...PATIENT, shards: 4, ...options });
  onTestFinished(() => discord.close());
  const owner = discord.users[0]!;
  const servers: string[] = [];
  while (servers.filter(Boolean).length < 4) {
    const { id } = discord.world.addGuild("a server", owner);
    servers[Number((BigInt(id) >> 22n) % 4n)] = id;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const { tries } = discord.faults.gateway;
  let last = 4_000_000_000_000_000_000n;
  return {
    discord,
    tries,
    /** Sends one interaction to each server; their ids. */
    ask: () =>
      servers.map((guildId) => {
        const id = String((last += 1n));
        const ping = { id, token: "token", type: 2, data: { name: "ping" }, user: { id: "1" }, application_id: "1" };
        discord.faults.gateway.dispatch("INTERACTION_CREATE", ping, { guildId });
        return id;
      }),
  };
}

/** Ids of all interactions that they received. */
export const received = (sharers: readonly Sharer[]) => sharers.flatMap((one) => one.received).sort();
/** How many shards each has. */
export const shards = (sharers: readonly Sharer[]) => sharers.map((one) => one.shards().length);
export const ALL = [0, 1, 2, 3];
/** No wait lasts. */
export const HURRIED = {
  ...systemClock,
  setTimeout: (end: () => void, ms: number) => systemClock.setTimeout(end, ms / 20),
};
