import {
  ApplicationCommandOptionType as Option,
  ButtonStyle,
  Client,
  ComponentType,
  Events,
  REST,
  Routes,
  TextInputStyle,
  type APIModalInteractionResponseCallbackData,
  type Interaction,
  type InteractionReplyOptions,
  type RESTPostAPIApplicationCommandsJSONBody,
} from "discord.js";
import { onTestFinished } from "vitest";
import { DiscordSimulator } from "@zonewire/sandbox/discord";
import { createPlayground } from "@zonewire/sandbox/playground";
import { Web } from "../../src/web/server.js";
import { PATIENCE_MS, PATIENT } from "../patience.js";

const commands: RESTPostAPIApplicationCommandsJSONBody[] = [
  {
    name: "order",
    description: "An option of every kind",
    options: [
      {
        type: Option.String,
        name: "size",
        description: "One of three",
        required: true,
        choices: ["small", "medium", "large"].map((name) => ({ name, value: name.slice(0, 1) })),
      },
      { type: Option.String, name: "note", description: "Any text", max_length: 20 },
      { type: Option.Integer, name: "count", description: "How many", min_value: 1, max_value: 10 },
      { type: Option.Number, name: "weight", description: "How heavy" },
      { type: Option.Boolean, name: "fragile", description: "Whether it breaks" },
      { type: Option.User, name: "buyer", description: "A person" },
      { type: Option.Channel, name: "where", description: "A channel" },
      { type: Option.Role, name: "team", description: "A role" },
      { type: Option.Mentionable, name: "anyone", description: "A person or a role" },
    ],
  },
  { name: "menus", description: "A menu of every kind" },
  { name: "form", description: "Opens a form" },
  { name: "secret", description: "Answers only you" },
  {
    name: "hostile",
    description: "Puts a text everywhere",
    options: [{ type: Option.String, name: "text", description: "What is put there" }],
  },
  { name: "silence", description: "Is never answered" },
];

/** What would run, load or lead somewhere if it were taken for anything but text. */
export const HOSTILE = [
  "<img src=x onerror=alert(1)>",
  "<script>alert(1)</script>",
  "<svg/onload=alert(1)>",
  '"><b onmouseover="alert(1)',
  "[click](javascript:alert(1))",
];

/** Where `/hostile` puts the text, to be seen. */
export const PLACES = 7;

function hostile(text: string) {
  return {
    content: `shown ${text}`,
    embeds: [
      {
        title: text,
        description: text,
        author: { name: text },
        footer: { text },
        fields: [{ name: text, value: text }],
      },
    ],
    components: [
      {
        type: ComponentType.ActionRow,
        components: [{ type: ComponentType.Button, style: ButtonStyle.Primary, label: text, custom_id: "hostile" }],
      },
      {
        type: ComponentType.ActionRow,
        components: [{ type: ComponentType.StringSelect, custom_id: "any", placeholder: text, options: plain(text) }],
      },
    ],
  } satisfies InteractionReplyOptions;
}

const menus = [
  { type: ComponentType.StringSelect, placeholder: "Pick one", options: plain("Rare", "Epic", "Legendary") },
  { type: ComponentType.UserSelect, placeholder: "Pick a person" },
  { type: ComponentType.RoleSelect, placeholder: "Pick a role" },
  { type: ComponentType.MentionableSelect, placeholder: "Pick anyone" },
  { type: ComponentType.ChannelSelect, placeholder: "Pick a channel" },
] as const;

const several = {
  type: ComponentType.StringSelect,
  custom_id: "several",
  placeholder: "Pick two",
  min_values: 2,
  max_values: 2,
  options: plain("Bread", "Water", "Bandage"),
} as const;

const form = {
  custom_id: "form",
  title: "Report",
  components: [
    {
      type: ComponentType.Label,
      label: "Headline",
      component: {
        type: ComponentType.TextInput,
        custom_id: "headline",
        style: TextInputStyle.Short,
        min_length: 3,
        max_length: 20,
      },
    },
    {
      type: ComponentType.Label,
      label: "Details",
      component: {
        type: ComponentType.TextInput,
        custom_id: "details",
        style: TextInputStyle.Paragraph,
        required: false,
      },
    },
    {
      type: ComponentType.Label,
      label: "Danger",
      component: { type: ComponentType.StringSelect, custom_id: "danger", options: plain("Low", "High") },
    },
  ],
} satisfies APIModalInteractionResponseCallbackData;

function plain(...labels: readonly string[]) {
  return labels.map((label) => ({ label, value: label.toLowerCase() }));
}

async function answerTo(interaction: Interaction): Promise<unknown> {
  if (interaction.isAnySelectMenu())
    return interaction.update({ content: `chosen: ${interaction.values.join(" and ")}` });
  if (interaction.isModalSubmit()) {
    const { fields } = interaction;
    const [headline, details] = [fields.getTextInputValue("headline"), fields.getTextInputValue("details")];
    return interaction.reply(`reported: ${[headline, details, ...fields.getStringSelectValues("danger")].join(" / ")}`);
  }
  if (interaction.isButton()) {
    const [embed] = interaction.message.embeds;
    return interaction.showModal({ ...form, title: embed?.title ?? "" });
  }
  if (!interaction.isChatInputCommand()) return undefined;
  switch (interaction.commandName) {
    case "order":
      return interaction.reply(
        `ordered: ${interaction.options.data.map(({ name, value }) => `${name}=${String(value)}`).join(" ")}`,
      );
    case "menus": {
      const rows = menus.map((menu, index) => ({
        type: ComponentType.ActionRow,
        components: [{ ...menu, custom_id: `menu-${index}` }],
      }));
      await interaction.reply({ content: "one of each", components: rows });
      return interaction.followUp({
        content: "two",
        components: [{ type: ComponentType.ActionRow, components: [several] }],
      });
    }
    case "hostile":
      return interaction.reply(hostile(interaction.options.getString("text", true)));
    case "form":
      return interaction.showModal(form);
    case "secret":
      return interaction.reply({ content: "hush", flags: "Ephemeral" });
    default:
      return undefined;
  }
}

/**
 * A bot for what Zonewire has no command for: every kind of option and menu. Ends with the test.
 * @param acknowledgeMs how long the simulated Discord waits for it, in milliseconds
 */
export async function startScriptedBot(
  acknowledgeMs = PATIENCE_MS,
): Promise<{ address: string; discord: DiscordSimulator }> {
  const discord = await DiscordSimulator.start({ botName: "Scripted", ...PATIENT, acknowledgeMs });
  onTestFinished(() => discord.close());
  const { applicationId, restUrl: api, token } = discord;
  await new REST({ api }).setToken(token).put(Routes.applicationCommands(applicationId), { body: commands });
  const client = new Client({ intents: [], rest: { api } });
  onTestFinished(() => client.destroy());
  client.on(Events.InteractionCreate, (interaction) => void answerTo(interaction));
  await client.login(token);
  await discord.connected();
  const front = createPlayground({ discord });
  const web = await Web.start({ host: "127.0.0.1", port: 0, missing: () => [], front });
  onTestFinished(() => web.close());
  return { address: web.address, discord };
}
