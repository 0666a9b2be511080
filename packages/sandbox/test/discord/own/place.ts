import { PermissionFlagsBits } from "discord.js";
import { TestClock } from "../../game/game.js";
import { call, startDiscord, type Reply } from "../bot.js";
import type { Channel, DiscordSimulator, DiscordSimulatorOptions } from "../../../src/discord/index.js";

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const may = PermissionFlagsBits;

export interface Place {
  readonly discord: DiscordSimulator;
  readonly clock: TestClock;
  readonly general: Channel;
  /** Asks the REST API as the bot. */
  readonly ask: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Reply>;
  /** Sends a message of the bot's. */
  readonly send: (channel: Channel, body?: object) => Promise<Reply>;
}

/** A simulated Discord whose time stands still, asked by plain HTTP. */
export async function place(options: DiscordSimulatorOptions = {}): Promise<Place> {
  const clock = new TestClock();
  const discord = await startDiscord({ clock, ...options });
  const ask: Place["ask"] = (method, path, body, headers) => call(discord, method, path, body, headers);
  const send = (channel: Channel, body: object = { content: "x" }) =>
    ask("POST", `/channels/${channel.id}/messages`, body);
  return { discord, clock, general: discord.channels[0]!, ask, send };
}

/** The id of what an answer holds. */
export function idOf({ json }: Reply): string {
  if (typeof json === "object" && json !== null && "id" in json && typeof json.id === "string") return json.id;
  throw new Error(`no id in ${JSON.stringify(json)}`);
}

export function refused(status: number, code: number): object {
  return { status, json: { code } };
}
