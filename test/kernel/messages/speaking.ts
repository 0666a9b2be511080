import { DiscordSimulator, type Channel, type DiscordSimulatorOptions, type Guild } from "@zonewire/sandbox/discord";
import { Channels } from "../../../src/kernel/messages/channels.js";
import { Members } from "../../../src/kernel/members/members.js";
import { Messenger, type Outgoing } from "../../../src/kernel/messages/messenger.js";
import { messagesRest } from "../../../src/kernel/messages/rest.js";
import { createLog } from "../../../src/log.js";
import { systemClock, type Clock } from "../../../src/time.js";
import { PATIENT } from "../../patience.js";

export interface Speaking {
  readonly discord: DiscordSimulator;
  readonly guild: Guild;
  readonly messenger: Messenger;
  readonly channels: Channels;
  readonly members: Members;
  /** A fresh text channel that nobody else uses. */
  readonly channel: (options?: Parameters<DiscordSimulator["world"]["addChannel"]>[2]) => Channel;
  close(): Promise<void>;
}

/** A messenger that is connected to a simulated Discord. */
export async function openSpeaking({
  discord: options,
  clock = systemClock,
}: { discord?: DiscordSimulatorOptions; clock?: Clock } = {}): Promise<Speaking> {
  const discord = await DiscordSimulator.start({ ...(clock === systemClock && PATIENT), ...options, clock });
  const log = createLog("silent", { terminal: false, destination: { write: () => undefined } });
  const rest = messagesRest({ token: discord.token, apiUrl: discord.restUrl, log, requestsPerSecond: 1_000 });
  const channels = new Channels(rest, clock);
  const [guild] = discord.guilds;
  if (!guild) throw new Error("no server");
  let count = 0;
  return {
    discord,
    guild,
    channels,
    members: new Members(rest),
    messenger: new Messenger(rest, channels, clock),
    channel: (channelOptions) => discord.world.addChannel(guild, `alerts-${++count}`, channelOptions),
    async close() {
      rest.clearHandlerSweeper();
      rest.clearHashSweeper();
      await discord.close();
    },
  };
}

let nonces = 0;

/** A message of which nobody has heard yet. */
export function message(title: string, changes: Partial<Outgoing> = {}): Outgoing {
  return { view: { embeds: [{ title }] }, nonce: `test-${++nonces}`, triedAgoMs: null, ...changes };
}
