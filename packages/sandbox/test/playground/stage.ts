import { createAdaptorServer } from "@hono/node-server";
import {
  ApplicationCommandOptionType as Option,
  Client,
  Events,
  REST,
  Routes,
  type Interaction,
  type RESTPostAPIApplicationCommandsJSONBody,
} from "discord.js";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Clock } from "../../../../src/time.js";
import { PATIENT } from "../../../../test/patience.js";
import { DiscordSimulator } from "../../src/discord/index.js";
import { createPlayground } from "../../src/playground/index.js";
import { answer, event, type Answer, type PlaygroundEvent } from "../../src/playground/page/protocol.js";

const commands: RESTPostAPIApplicationCommandsJSONBody[] = [
  {
    name: "price",
    name_localizations: { ru: "цена" },
    description: "What an item costs",
    description_localizations: { ru: "Сколько стоит предмет" },
    options: [
      {
        type: Option.String,
        name: "item",
        name_localizations: { ru: "предмет" },
        description: "The item",
        required: true,
        autocomplete: true,
      },
      { type: Option.Integer, name: "amount", description: "How many", min_value: 1, max_value: 10 },
      { type: Option.User, name: "for", description: "For whom" },
    ],
  },
  {
    name: "clan",
    description: "Clans",
    options: [{ type: Option.Subcommand, name: "list", description: "All of them", options: [] }],
  },
  { name: "secret", description: "Answers in private" },
  { name: "slow", description: "Thinks first" },
  { name: "admin", description: "Not for everyone", default_member_permissions: "0" },
];

const row = {
  type: 1,
  components: [
    { type: 2, style: 1, label: "More", custom_id: "more" },
    { type: 2, style: 4, label: "Ask", custom_id: "ask" },
    { type: 2, style: 5, label: "Site", url: "https://example.com/" },
  ],
};
const menu = { type: 1, components: [{ type: 3, custom_id: "rarity", options: [{ label: "Rare", value: "rare" }] }] };
const modal = {
  custom_id: "page",
  title: "Go to page",
  components: [{ type: 18, label: "Page", component: { type: 4, custom_id: "number", style: 1, max_length: 3 } }],
};

async function answerTo(interaction: Interaction): Promise<unknown> {
  if (interaction.isAutocomplete()) {
    return interaction.respond([{ name: `${interaction.options.getFocused()}!`, value: "zyv9" }]);
  }
  if (interaction.isButton() && interaction.customId === "ask") return interaction.showModal(modal);
  if (interaction.isButton()) return interaction.update({ content: "more" });
  if (interaction.isStringSelectMenu()) return interaction.update({ content: interaction.values.join() });
  if (interaction.isModalSubmit()) return interaction.reply(interaction.fields.getTextInputValue("number"));
  if (!interaction.isChatInputCommand()) return undefined;
  switch (interaction.commandName) {
    case "price":
      return interaction.reply({
        content: `${interaction.options.getString("item", true)} ${interaction.locale}`,
        embeds: [
          {
            title: "Price",
            color: 0xc9a227,
            thumbnail: { url: "attachment://icon.png" },
            fields: [{ name: "a", value: "b" }],
          },
        ],
        files: [{ name: "icon.png", attachment: Buffer.from("89504e470d0a1a0a", "hex") }],
        components: [row, menu],
      });
    case "secret":
      return interaction.reply({ content: "hush", flags: "Ephemeral" });
    case "slow":
      await interaction.deferReply();
      return interaction.editReply("done");
    default:
      // Left unanswered.
      return undefined;
  }
}

export interface Stage {
  readonly discord: DiscordSimulator;
  readonly origin: string;
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Response>;
  readonly post: (what: string, body: unknown, headers?: Record<string, string>) => Promise<Response>;
  /** The same for what is acknowledged by an answer. */
  readonly act: (what: string, body: object) => Promise<Answer>;
  readonly events: (query?: string) => Promise<EventReader>;
}

/** A simulated Discord with a bot, and the playground on a server of its own; all of it ends with the test. */
export async function openStage({ clock }: { clock?: Clock } = {}): Promise<Stage> {
  const discord = await DiscordSimulator.start(clock ? { clock } : PATIENT);
  onTestFinished(() => discord.close());
  await new REST({ api: discord.restUrl })
    .setToken(discord.token)
    .put(Routes.applicationCommands(discord.applicationId), { body: commands });
  const client = new Client({ intents: [], rest: { api: discord.restUrl } });
  onTestFinished(() => client.destroy());
  client.on(Events.InteractionCreate, (interaction) => void answerTo(interaction));
  await client.login(discord.token);
  await discord.connected();

  const page = await mkdtemp(join(tmpdir(), "playground-"));
  onTestFinished(() => rm(page, { recursive: true }));
  await writeFile(join(page, "index.html"), "<!doctype html><title>Playground</title>");
  await writeFile(join(page, "main.js"), "export {};");
  await writeFile(join(page, "notes.txt"), "not for the browser");
  const app = createPlayground({ discord, page, ...(clock && { clock }) });
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    if ("closeAllConnections" in server) server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not listening");
  const origin = `http://127.0.0.1:${address.port}`;

  const post: Stage["post"] = (what, body, headers = {}) =>
    fetch(`${origin}/api/${what}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  return {
    discord,
    origin,
    post,
    get: (path, headers = {}) => fetch(origin + path, { headers }),
    act: async (what, body) => {
      const json: unknown = await (await post(what, body)).json();
      if (!answer(json)) throw new Error(`no answer: ${JSON.stringify(json)}`);
      return json;
    },
    events: (query = "") => EventReader.open(`${origin}/api/events${query}`),
  };
}

/** Reads a stream of server-sent events. */
export class EventReader {
  readonly response: Response;
  readonly #reader: ReadableStreamDefaultReader<string>;
  readonly #close: AbortController;
  #text = "";

  private constructor(response: Response, close: AbortController) {
    if (response.body === null) throw new Error("no body");
    this.response = response;
    this.#reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    this.#close = close;
  }

  static async open(url: string): Promise<EventReader> {
    const close = new AbortController();
    const reader = new EventReader(await fetch(url, { signal: close.signal }), close);
    onTestFinished(() => {
      reader.close();
    });
    return reader;
  }

  /** What stands before the next empty line. */
  async chunk(): Promise<string> {
    for (;;) {
      const end = this.#text.indexOf("\n\n");
      if (end !== -1) {
        const chunk = this.#text.slice(0, end);
        this.#text = this.#text.slice(end + 2);
        return chunk;
      }
      const { value, done } = await this.#reader.read();
      if (done) throw new Error("the stream ended");
      this.#text += value;
    }
  }

  async next(): Promise<PlaygroundEvent> {
    const told: unknown = JSON.parse((await this.chunk()).replace(/^data: /, ""));
    if (!event(told)) throw new Error(`no event: ${JSON.stringify(told)}`);
    return told;
  }

  /** The next event of one of these kinds; others are passed over. */
  async nextOf<K extends PlaygroundEvent["kind"]>(...kinds: K[]): Promise<PlaygroundEvent & { kind: K }> {
    for (;;) {
      const told = await this.next();
      if (isOf(told, kinds)) return told;
    }
  }

  close(): void {
    this.#close.abort();
  }
}

function isOf<K extends PlaygroundEvent["kind"]>(
  told: PlaygroundEvent,
  kinds: readonly K[],
): told is PlaygroundEvent & { kind: K } {
  return kinds.some((kind) => kind === told.kind);
}

/** A request with headers that `fetch` does not let a program set. */
export function rawStatus(origin: string, path: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(origin + path, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on("error", reject)
      .end();
  });
}
