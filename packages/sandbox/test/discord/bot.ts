import {
  Client,
  Events,
  GatewayIntentBits,
  REST,
  Routes,
  type ClientOptions,
  type Interaction,
  type RESTPostAPIApplicationCommandsJSONBody,
} from "discord.js";
import { onTestFinished } from "vitest";
import { DiscordSimulator, type DiscordSimulatorOptions } from "../../src/discord/index.js";
import { PATIENT } from "../../../../test/patience.js";

export type Handler = (interaction: Interaction) => Promise<unknown>;

/** A simulated Discord that ends with the test. Where a test moves its clock, it waits no longer than Discord. */
export async function startDiscord(options: DiscordSimulatorOptions = {}): Promise<DiscordSimulator> {
  const discord = await DiscordSimulator.start({ ...(options.clock ? {} : PATIENT), ...options });
  onTestFinished(() => discord.close());
  return discord;
}

/** A real discord.js client on it; what its handler throws is collected in `errors`; `idle` waits for it to end. */
export async function startBot(
  discord: DiscordSimulator,
  handler: Handler = () => Promise.resolve(),
  { rest, ...options }: Partial<ClientOptions> = {},
): Promise<{ client: Client; errors: unknown[]; idle: () => Promise<unknown> }> {
  const errors: unknown[] = [];
  const running: Promise<unknown>[] = [];
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    ...options,
    rest: { api: discord.restUrl, globalRequestsPerSecond: 10_000, ...rest },
  });
  onTestFinished(() => client.destroy());
  client.on(Events.Error, (error) => errors.push(error));
  client.on(Events.InteractionCreate, (interaction) => {
    running.push(handler(interaction).catch((error: unknown) => errors.push(error)));
  });
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.token);
  await ready;
  return { client, errors, idle: () => Promise.all(running) };
}

/** Registers commands with the REST client of discord.js, everywhere or in one guild. */
export async function register(
  discord: DiscordSimulator,
  commands: RESTPostAPIApplicationCommandsJSONBody[],
  guildId?: string,
): Promise<unknown> {
  const rest = new REST({ api: discord.restUrl }).setToken(discord.token);
  const { applicationId } = discord;
  const route =
    guildId === undefined
      ? Routes.applicationCommands(applicationId)
      : Routes.applicationGuildCommands(applicationId, guildId);
  return rest.put(route, { body: commands });
}

/** A plain request of the bot's, for what discord.js would not send. */
export async function call(
  discord: DiscordSimulator,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const response = await fetch(`${discord.restUrl}/v10${path}`, {
    method,
    headers: { authorization: `Bot ${discord.token}`, "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, json: text === "" ? undefined : JSON.parse(text) };
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly json: unknown;
}
