import { ComponentType, type ChatInputCommandInteraction } from "discord.js";
import type { DiscordSimulatorOptions } from "../../src/discord/index.js";
import { register, startBot, startDiscord, type Handler } from "./bot.js";

const price = {
  name: "price",
  description: "What an item costs",
  options: [
    { type: 3, name: "item", description: "Item", required: true, autocomplete: true },
    { type: 3, name: "region", description: "Region", choices: [{ name: "Europe", value: "EU" }] },
    { type: 4, name: "amount", description: "How many", min_value: 1, max_value: 10 },
  ],
};
const ping = { name: "ping", description: "Answers", integration_types: [0, 1] as (0 | 1)[] };
const clan = {
  name: "clan",
  description: "Clans",
  options: [
    {
      type: 1,
      name: "info",
      description: "One clan",
      options: [
        { type: 6, name: "leader", description: "Person" },
        { type: 7, name: "channel", description: "Where" },
        { type: 11, name: "emblem", description: "Picture" },
      ],
    },
  ],
};

/** A simulated Discord with these commands, and a bot that answers by `handler`. */
export async function scene(handler: Handler, options: DiscordSimulatorOptions = {}) {
  const discord = await startDiscord(options);
  await register(discord, [price, ping, clan] as Parameters<typeof register>[1]);
  const { errors, idle } = await startBot(discord, handler);
  const [owner, player, other] = discord.users;
  return { discord, errors, idle, actor: discord.as(player!), other: discord.as(other!), owner: discord.as(owner!) };
}

/** A handler for slash commands only. */
export function onCommand(run: (interaction: ChatInputCommandInteraction) => Promise<unknown>): Handler {
  return (interaction) => (interaction.isChatInputCommand() ? run(interaction) : Promise.resolve());
}

/** A row with one button. */
export const button = (custom_id: string, label: string) => ({
  type: ComponentType.ActionRow,
  components: [{ type: ComponentType.Button, style: 1, label, custom_id }],
});
