import { systemClock, type Clock } from "../../src/time.js";
import type { Role } from "../../src/config.js";
import { createLog } from "../../src/log.js";
import { DiscordSimulator, type Actor, type AsOptions, type User } from "@zonewire/sandbox/discord";
import { GameSimulator, type GameSimulatorOptions } from "@zonewire/sandbox/game";
import type { Store, StoreSettings } from "../../src/store/index.js";
import { CALLBACK_PATH, INTERACTIONS_PATH } from "../../src/web/server.js";
import { startZonewire, type Zonewire } from "../../src/zonewire.js";
import { PATIENT } from "../patience.js";
import { borrowStore } from "../store/shared.js";

export { labels, textOf } from "../message.js";

export interface LogLine {
  readonly level: number;
  readonly msg: string;
  readonly [field: string]: unknown;
}

export interface Bot {
  readonly discord: DiscordSimulator;
  readonly game: GameSimulator;
  readonly log: readonly LogLine[];
  readonly zonewire: Zonewire;
  /** One of the simulated people, in a language. */
  as(locale?: string, options?: AsOptions & { person?: string }): Actor;
  /** Secrets of this run that stand in the log: there must be none. */
  leaks(): string[];
  /** What of this run nobody may read, by what it is. */
  secrets(): Record<string, string>;
  /** Lines of warnings and worse. */
  complaints(): LogLine[];
  /** Stops the bot, and leaves the two simulators as they are. */
  stop(): Promise<void>;
  /** Starts the bot again on the same two simulators. */
  restart(changes?: Pick<BotOptions, "store" | "storeSettings" | "guildId" | "role">): Promise<void>;
  close(): Promise<void>;
}

const WARN = 40;
export const ERROR = 50;

/** The machine's clock, moved by `shift` milliseconds; timers run as ever. */
export class ShiftedClock implements Clock {
  shift = 0;

  now(): number {
    return Date.now() + this.shift;
  }

  setTimeout(callback: () => void, ms: number): () => void {
    return systemClock.setTimeout(callback, ms);
  }

  setBackgroundTimeout(callback: () => void, ms: number): () => void {
    return systemClock.setBackgroundTimeout(callback, ms);
  }
}

/**
 * A clock whose time stands still until a test sets it, from the same moment in every run: the simulated market is another
 * at each. Timers run as ever.
 */
export class StillClock implements Clock {
  time = Date.UTC(2026, 9, 14, 12, 0);

  now(): number {
    return this.time;
  }

  setTimeout(callback: () => void, ms: number): () => void {
    return systemClock.setTimeout(callback, ms);
  }

  setBackgroundTimeout(callback: () => void, ms: number): () => void {
    return systemClock.setBackgroundTimeout(callback, ms);
  }
}

/** Nothing is left of the minute before: neither faults and answers, nor points, nor the memory of an API that was down. */
export async function aMinuteLater(bot: Bot, clock: StillClock): Promise<void> {
  bot.game.faults.clear();
  clock.time += 60_000;
  await bot.as().slash("emission", { region: "RU" });
}

export interface BotOptions {
  readonly game?: GameSimulatorOptions;
  readonly clock?: Clock;
  readonly grace?: number;
  /** Follows who sits in voice channels. */
  readonly voice?: boolean;
  /** Default: "all". */
  readonly role?: Role;
  /** The folder of its commands, in place of ours. */
  readonly commands?: string;
  /** An open store, which stays open. By default each bot has an empty one for itself, and others get it after it. */
  readonly store?: Store;
  /** Where the bot opens its own. */
  readonly storeSettings?: StoreSettings;
  /** The server that its commands are registered in; default: everywhere. */
  readonly guildId?: (discord: DiscordSimulator) => string | undefined;
  /** What stands between the bot and the game's API: given the API's address, its own. */
  readonly between?: (apiUrl: string) => Promise<string>;
  /** Where its items come from; default: the simulated game's. */
  readonly itemsSource?: string;
  /** How long interactions still come over HTTP once the bot is to stop. Default: no longer. */
  readonly leaveMs?: number;
  /** How interactions come. Default: as `BOT_TESTS_OVER` says, else over the gateway. */
  readonly over?: "gateway" | "http";
  /** False: the bot has no id and secret of its application, so nobody can link an account. */
  readonly linking?: false;
  /** Another bot with the same game and the same people, who use this one in a Discord of its own. */
  readonly beside?: Bot;
}

/** The real bot between a simulated Discord and a simulated game, all three on real sockets. */
export async function startBot(first: BotOptions = {}): Promise<Bot> {
  let options = first;
  const { beside } = options;
  const log: LogLine[] = [];
  const discord = await DiscordSimulator.start(PATIENT);
  const people = beside ? bring(beside.discord.users, discord) : discord.users;
  const game = beside?.game ?? (await GameSimulator.start({ calm: true, ...options.game }));
  const lent = options.store || options.storeSettings ? undefined : await borrowStore(options.clock ?? systemClock);
  const { appToken, clientId, clientSecret } = game.credentials;
  const server = (await options.between?.(game.apiUrl)) ?? game.apiUrl;
  const client = { id: clientId, secret: clientSecret, oauthUrl: game.oauthUrl };
  const { over = process.env.BOT_TESTS_OVER === "http" ? "http" : "gateway" } = options;
  const { publicKey } = discord.endpoint;
  const start = async () => {
    const store = options.store ?? (options.storeSettings ? undefined : lent?.store);
    const started = await startZonewire({
      config: {
        discord: {
          token: discord.token,
          apiUrl: discord.restUrl,
          guildId: options.guildId?.(discord),
          voice: options.voice,
          ...(over === "http" && { publicKey, gateway: false }),
        },
        game: { server, appToken, ...(options.linking !== false && { client }) },
        itemsSource: options.itemsSource ?? game.itemsUrl,
        http: { host: "127.0.0.1", port: 0 },
        store: options.storeSettings,
        ...(options.role && { role: options.role }),
        logLevel: "debug",
      },
      log: createLog("debug", {
        terminal: false,
        destination: { write: (line: string) => void log.push(JSON.parse(line) as LogLine) },
      }),
      version: "0.0.0-test",
      gatewayTiming: {
        firstPause: 1,
        longestPause: 50,
        longestIdentifyPause: 50,
        afterInvalid: [1, 2],
        identifyGap: 0,
      },
      signal: new AbortController().signal,
      onRefused: (reason) => log.push({ level: 60, msg: reason }),
      leaveMs: options.leaveMs ?? 0,
      ...(options.clock && { clock: options.clock }),
      ...(options.grace !== undefined && { grace: options.grace }),
      ...(options.commands !== undefined && { commands: options.commands }),
      ...(store && { store }),
    });
    game.allowRedirect(started.address + CALLBACK_PATH);
    if (over === "http") await discord.endpoint.set(started.address + INTERACTIONS_PATH);
    // Most tests are about a bot that runs, and not about its first moments.
    if (options.itemsSource === undefined) await started.itemsRead;
    return started;
  };
  let zonewire = await start();
  let runs = true;
  const stop = async () => {
    if (runs) await zonewire.close();
    runs = false;
  };
  const secrets = () => {
    // The tokens of interactions stand in the addresses that the bot asks.
    const answered = discord.requests.flatMap(
      ({ path }) => /^\/(?:webhooks\/\d+|interactions\/\d+)\/([^/]+)/.exec(path)?.[1] ?? [],
    );
    return {
      "Discord token": discord.token,
      "application token": appToken,
      "client secret": clientSecret,
      ...Object.fromEntries(answered.map((token, index) => [`interaction token ${index}`, token])),
    };
  };
  return {
    discord,
    game,
    log,
    get zonewire() {
      return zonewire;
    },
    as(locale = "en-US", { person, ...place } = {}) {
      const user = people.find(({ username }) => username === (person ?? "vesper"));
      if (!user) throw new Error(`nobody is called ${person ?? "vesper"}`);
      return discord.as(user, { locale, ...place });
    },
    leaks() {
      const text = JSON.stringify(log);
      return Object.values(secrets()).filter((secret) => text.includes(secret));
    },
    secrets,
    complaints: () => log.filter(({ level }) => level >= WARN),
    stop,
    async restart(changes = {}) {
      await stop();
      options = { ...options, ...changes };
      zonewire = await start();
      runs = true;
    },
    async close() {
      await stop();
      lent?.giveBack();
      await discord.close();
      if (!beside) await game.close();
    },
  };
}

/** The same people in the first server of another Discord. */
function bring(people: readonly User[], { world, guilds: [guild] }: DiscordSimulator): readonly User[] {
  if (!guild) throw new Error("there is no server");
  for (const user of people) {
    world.users.set(user.id, user);
    world.addMember(guild, user);
  }
  return people;
}
