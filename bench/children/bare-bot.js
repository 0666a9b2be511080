import process from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import { Client, Events, REST, Routes } from "discord.js";

/** The least a discord.js bot can do: the same commands with the same answers, made once and sent as they are. */
const { API_URL = "", TOKEN = "", UPSTREAM_MS = "0" } = process.env;
const lines = ["RU — RUSSIA", "EU — EUROPE", "NA — NORTH AMERICA", "SEA — SOUTHEAST ASIA"].join("\n");
const regions = { embeds: [{ title: "Regions", description: lines, color: 0x4f7a8c }] };
const emission = {
  embeds: [
    {
      title: "Emission · EU",
      description: "Calm",
      fields: [{ name: "The last one started", value: "<t:1:R> · <t:1:T>" }],
    },
  ],
};

// Without this the library stops at 49 deferred answers a second, and there would be nothing to compare.
const client = new Client({ intents: [], rest: { api: API_URL, globalRequestsPerSecond: 1_000_000 } });
client.on(Events.InteractionCreate, (interaction) => {
  if (!interaction.isChatInputCommand()) return;
  if (interaction.commandName === "regions") void interaction.reply(regions);
  else
    void interaction
      .deferReply()
      .then(() => pause(Number(UPSTREAM_MS)))
      .then(() => interaction.editReply(emission));
});
client.once(Events.ClientReady, (ready) => {
  const body = ["regions", "emission"].map((name) => ({ name, description: name }));
  const rest = new REST({ api: API_URL }).setToken(TOKEN);
  void rest.put(Routes.applicationCommands(ready.application.id), { body }).then(() => process.send?.("ready"));
});
await client.login(TOKEN);
