import { systemClock, type Clock } from "../../src/clock.js";
import { createLog } from "../../src/log.js";
import { DiscordSimulator, type Actor, type AsOptions, type Message } from "../../src/sandbox/discord/index.js";
import { GameSimulator, type GameSimulatorOptions } from "../../src/sandbox/stalcraft/index.js";
import { startZonewire, type Zonewire } from "../../src/zonewire.js";

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
  /** Lines of warnings and worse. */
  complaints(): LogLine[];
  /** Starts the bot again on the same two simulators. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export const WARN = 40;
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
}

/** A clock whose time stands still until a test sets it; timers run as ever. */
export class StillClock implements Clock {
  time = Date.now();

  now(): number {
    return this.time;
  }

  setTimeout(callback: () => void, ms: number): () => void {
    return systemClock.setTimeout(callback, ms);
  }
}

export interface BotOptions {
  readonly game?: GameSimulatorOptions;
  readonly clock?: Clock;
  readonly grace?: number;
}

/** The real bot between a simulated Discord and a simulated game, all three on real sockets. */
export async function startBot(options: BotOptions = {}): Promise<Bot> {
  const log: LogLine[] = [];
  const discord = await DiscordSimulator.start();
  const game = await GameSimulator.start(options.game);
  const start = () =>
    startZonewire({
      config: {
        discord: { token: discord.token, apiUrl: discord.restUrl, guildId: undefined },
        game: { server: game.apiUrl, appToken: game.credentials.appToken },
        itemsSource: game.itemsUrl,
        http: { host: "127.0.0.1", port: 0 },
        logLevel: "debug",
      },
      log: createLog("debug", {
        terminal: false,
        destination: { write: (line: string) => void log.push(JSON.parse(line) as LogLine) },
      }),
      version: "0.0.0-test",
      signal: new AbortController().signal,
      onRefused: (reason) => log.push({ level: 60, msg: reason }),
      ...(options.clock && { clock: options.clock }),
      ...(options.grace !== undefined && { grace: options.grace }),
    });
  let zonewire = await start();
  return {
    discord,
    game,
    log,
    get zonewire() {
      return zonewire;
    },
    as(locale = "en-US", { person, ...place } = {}) {
      const user = discord.users.find(({ username }) => username === (person ?? "vesper"));
      if (!user) throw new Error(`nobody is called ${person ?? "vesper"}`);
      return discord.as(user, { locale, ...place });
    },
    leaks() {
      const text = JSON.stringify(log);
      // The tokens of interactions stand in the addresses that the bot asks.
      const answered = discord.requests.flatMap(
        ({ path }) => /^\/(?:webhooks\/\d+|interactions\/\d+)\/([^/]+)/.exec(path)?.[1] ?? [],
      );
      const { appToken, clientSecret } = game.credentials;
      return [discord.token, appToken, clientSecret, ...answered].filter((secret) => text.includes(secret));
    },
    complaints: () => log.filter(({ level }) => level >= WARN),
    async restart() {
      await zonewire.close();
      zonewire = await start();
    },
    async close() {
      await zonewire.close();
      await discord.close();
      await game.close();
    },
  };
}

/** All that a person reads in a message. */
export function textOf(message: Message | undefined): string {
  if (!message) return "";
  const embeds = message.embeds.flatMap(({ title, description, fields, footer, author }) => [
    title,
    author?.name,
    description,
    ...(fields ?? []).flatMap(({ name, value }) => [name, value]),
    footer?.text,
  ]);
  return [message.content, ...embeds].filter(Boolean).join("\n");
}

/** Buttons of a message by their labels. */
export function labels(message: Message | undefined): string[] {
  return (message?.components ?? []).flatMap((row) =>
    "components" in row ? row.components.flatMap((part) => ("label" in part && part.label ? [part.label] : [])) : [],
  );
}
