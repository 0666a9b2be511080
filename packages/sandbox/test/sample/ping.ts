import assert from "node:assert/strict";
import { once } from "node:events";
import { Client, Events, GatewayIntentBits, type ChatInputCommandInteraction } from "discord.js";
import { DiscordSimulator } from "@zonewire/sandbox/discord";

const discord = await DiscordSimulator.start();

// The bot, as it runs on the real Discord: only the address and the token are others.
const bot = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: discord.restUrl } });
bot.on(Events.InteractionCreate, (interaction) => {
  if (interaction.isChatInputCommand()) void pong(interaction);
});
async function pong(interaction: ChatInputCommandInteraction) {
  await interaction.deferReply();
  await interaction.editReply(`Pong, ${interaction.user.displayName}!`);
}
await Promise.all([once(bot, Events.ClientReady), bot.login(discord.token)]);
await bot.application?.commands.set([{ name: "ping", description: "Says pong" }]);

// Ada types /ping in her server, sees "thinking…", then the answer.
const ada = discord.world.addUser("Ada");
discord.world.addGuild("Lab", ada);
const { acknowledgement, message } = await discord.as(ada).slash("ping");
assert.equal(acknowledgement?.kind, "defer");
assert.equal(message?.content, "Pong, Ada!");
assert.deepEqual(discord.problems, []);

await bot.destroy();
await discord.close();
