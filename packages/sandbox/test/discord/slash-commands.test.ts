import {
  ComponentType,
  MessageFlags,
  TextInputStyle,
  type APIModalInteractionResponseCallbackData,
  type ChatInputCommandInteraction,
} from "discord.js";
import { describe, expect, it } from "vitest";
import {
  NotPossibleError,
  WaitError,
  type DiscordSimulatorOptions,
  type Interaction,
} from "../../src/discord/index.js";
import { call, register, startBot, startDiscord, type Handler } from "./bot.js";
import { ManualClock } from "../../../../test/manual-clock.js";

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
async function scene(handler: Handler, options: DiscordSimulatorOptions = {}) {
  const discord = await startDiscord(options);
  await register(discord, [price, ping, clan] as Parameters<typeof register>[1]);
  const { errors, idle } = await startBot(discord, handler);
  const [owner, player, other] = discord.users;
  return { discord, errors, idle, actor: discord.as(player!), other: discord.as(other!), owner: discord.as(owner!) };
}

/** A handler for slash commands only. */
function onCommand(run: (interaction: ChatInputCommandInteraction) => Promise<unknown>): Handler {
  return (interaction) => (interaction.isChatInputCommand() ? run(interaction) : Promise.resolve());
}

const button = (custom_id: string, label: string) => ({
  type: ComponentType.ActionRow,
  components: [{ type: ComponentType.Button, style: 1, label, custom_id }],
});

describe("slash commands", () => {
  it("reach the bot as Discord sends them, and the reply comes back", async () => {
    const { actor, discord, errors } = await scene(
      onCommand((interaction) => {
        const { options, locale, guildLocale, memberPermissions, appPermissions, context } = interaction;
        const facts = [options.getString("item"), locale, guildLocale, context, interaction.attachmentSizeLimit];
        expect(memberPermissions?.has("SendMessages")).toBe(true);
        expect(appPermissions.has("SendMessages")).toBe(true);
        return interaction.reply(facts.join(" "));
      }),
    );
    const outcome = await actor.at({ locale: "ru" }).slash("price", { item: "zyv9", region: "EU" });
    expect(outcome.message?.content).toBe("zyv9 ru en-US 0 10485760");
    expect(outcome).toMatchObject({ acknowledgement: { kind: "reply" }, answers: 1, ephemeral: false });
    expect(actor.messages()).toEqual([outcome.message]);
    expect(errors).toEqual([]);
    expect(discord.problems).toEqual([]);
  });

  it("carry people, channels and files as objects", async () => {
    const { actor, discord } = await scene(
      onCommand(async (interaction) => {
        const { options } = interaction;
        const file = options.getAttachment("emblem", true);
        const text = await (await fetch(file.url)).text();
        return interaction.reply(
          [options.getUser("leader")?.globalName, options.getChannel("channel")?.name, text].join(" "),
        );
      }),
    );
    const outcome = await actor.slash("clan info", {
      leader: discord.users[0]!,
      channel: discord.channels[1]!,
      emblem: { filename: "a.txt", contentType: "text/plain", data: Buffer.from("shield") },
    });
    expect(outcome.message?.content).toBe("Warden trading shield");
  });

  it.each([
    ["an unknown command", "prise", {}],
    ["an unknown option", "price", { item: "a", colour: "red" }],
    ["a missing option", "price", {}],
    ["a value that is not offered", "price", { item: "a", region: "MARS" }],
    ["a number out of range", "price", { item: "a", amount: 11 }],
    ["a fraction for a whole number", "price", { item: "a", amount: 1.5 }],
    ["a command without its sub-command", "clan", {}],
    ["an unknown sub-command", "clan outfo", {}],
  ])("cannot be sent with %s", async (_, name, options) => {
    const { actor } = await scene(() => Promise.resolve());
    await expect(actor.slash(name, options)).rejects.toThrow(NotPossibleError);
  });

  it("wait for the edit of a deferral, whose visibility was decided when deferring", async () => {
    const { actor, other } = await scene(
      onCommand(async (interaction) => {
        await interaction.deferReply({ flags: MessageFlags.Ephemeral });
        await interaction.editReply("later");
      }),
    );
    const outcome = await actor.slash("ping");
    expect(outcome).toMatchObject({ acknowledgement: { kind: "defer" }, ephemeral: true, answers: 1 });
    expect(outcome.message).toMatchObject({ content: "later", flags: MessageFlags.Ephemeral });
    expect(actor.messages()).toHaveLength(1);
    expect(other.messages()).toHaveLength(0);
  });

  it("never change their visibility by an edit", async () => {
    const { actor, discord, idle } = await scene(
      onCommand(async ({ id, token }) => {
        const post = (method: string, path: string, body: object) =>
          fetch(`${discord.restUrl}/v10${path}`, {
            method,
            headers: { "content-type": "application/json" },
            body: JSON.stringify(body),
          });
        await post("POST", `/interactions/${id}/${token}/callback`, { type: 4, data: { content: "a" } });
        const original = `/webhooks/${discord.applicationId}/${token}/messages/@original`;
        await post("PATCH", original, { content: "b", flags: MessageFlags.Ephemeral });
      }),
    );
    const outcome = await actor.slash("ping");
    await idle();
    expect(outcome).toMatchObject({ ephemeral: false, message: { content: "b", flags: 0 } });
  });

  it("let the first follow-up fill the placeholder, with the placeholder's visibility", async () => {
    const { actor } = await scene(
      onCommand(async (interaction) => {
        await interaction.deferReply();
        await interaction.followUp({ content: "secret?", flags: MessageFlags.Ephemeral });
        await interaction.followUp({ content: "second", flags: MessageFlags.Ephemeral });
      }),
    );
    const outcome = await actor.slash("ping");
    expect(outcome.message).toMatchObject({ content: "secret?", visibleTo: undefined });
    expect(outcome.ephemeral).toBe(false);
  });

  it("take a follow-up as the answer once the placeholder was deleted", async () => {
    const { actor, other } = await scene(
      onCommand(async (interaction) => {
        await interaction.deferReply();
        await interaction.deleteReply();
        await interaction.followUp({ content: "only you", flags: MessageFlags.Ephemeral });
      }),
    );
    const outcome = await actor.slash("ping");
    expect(outcome).toMatchObject({ ephemeral: true, answers: 1, message: { content: "only you" } });
    expect(other.messages()).toEqual([]);
  });

  it("give the bot its message back on request, and let it fetch, edit and delete", async () => {
    const seen: unknown[] = [];
    const { actor, idle, errors } = await scene(
      onCommand(async (interaction) => {
        const response = await interaction.reply({ content: "one", withResponse: true });
        seen.push(response.resource?.message?.content, response.interaction.responseMessageId);
        const extra = await interaction.followUp("two");
        await interaction.webhook.editMessage(extra, "two, edited");
        seen.push((await interaction.webhook.fetchMessage(extra.id)).content, (await interaction.fetchReply()).content);
        await interaction.deleteReply();
        await interaction.deleteReply(extra);
        await interaction.fetchReply().catch((error: unknown) => seen.push(error));
      }),
    );
    const outcome = await actor.slash("ping");
    await idle();
    expect(seen.slice(0, 4)).toEqual(["one", outcome.interaction.original?.id, "two, edited", "one"]);
    expect(seen[4]).toMatchObject({ code: 10008 });
    expect(outcome.answers).toBe(0);
    expect(errors).toEqual([]);
  });

  it("show uploaded files by an address that serves them", async () => {
    const png = Buffer.concat([
      Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"),
      Buffer.from([0, 0, 3, 232, 0, 0, 1, 244]),
    ]);
    const { actor } = await scene(
      onCommand((interaction) =>
        interaction.reply({
          embeds: [{ image: { url: "attachment://chart.png" } }],
          files: [
            { attachment: png, name: "chart.png" },
            { attachment: Buffer.from("a,b"), name: "list.csv", description: "The list" },
          ],
        }),
      ),
    );
    const { message } = await actor.slash("ping");
    expect(message?.attachments).toMatchObject([{ filename: "list.csv", description: "The list", size: 3 }]);
    expect(message?.files[0]).toMatchObject({ filename: "chart.png", width: 1000, height: 500 });
    const picture = await fetch(message?.embeds[0]?.image?.url ?? "");
    expect(picture.headers.get("content-type")).toBe("image/png");
    expect(Buffer.from(await picture.arrayBuffer())).toEqual(png);
  });

  it("keep what an edit leaves out, and drop what it clears", async () => {
    const { actor, discord } = await scene(
      onCommand(async (interaction) => {
        await interaction.reply({
          content: "text",
          embeds: [{ title: "T" }],
          files: [{ attachment: Buffer.from("x"), name: "x.txt" }],
        });
        await interaction.editReply({ content: "  new  " });
        await interaction.editReply({ content: null, attachments: [] });
      }),
    );
    const { message } = await actor.slash("ping");
    await discord.until("the last edit", () => message?.content === "" && message.attachments.length === 0);
    expect(message?.embeds).toMatchObject([{ title: "T" }]);
  });

  it("ping only whom allowed_mentions lets through", async () => {
    const { actor, discord } = await scene(
      onCommand((interaction) => {
        const [first, second] = discord.users;
        return interaction.reply({
          content: `<@${first!.id}> <@${second!.id}> @everyone`,
          allowedMentions: { users: [second!.id] },
        });
      }),
    );
    const { message } = await actor.slash("ping");
    expect(message).toMatchObject({ mentions: [discord.users[1]!.id], mentionEveryone: false });
  });
});

describe("autocomplete", () => {
  it("brings what is typed and shows the choices", async () => {
    const { actor, discord } = await scene((interaction) => {
      if (!interaction.isAutocomplete()) return Promise.resolve();
      const region = interaction.options.getString("region");
      return interaction.respond([{ name: `${interaction.options.getFocused()} ${region}`, value: "ak" }]);
    });
    expect(await actor.autocomplete("price", "item", "ак", { region: "EU" })).toMatchObject([
      { name: "ак EU", value: "ak" },
    ]);
    await expect(actor.autocomplete("price", "region", "E")).rejects.toThrow(/no option "region" with autocomplete/);
    expect(discord.problems).toEqual([]);
  });

  it("refuses more than 25 choices", async () => {
    const { actor, discord } = await scene(
      (interaction) =>
        interaction.isAutocomplete()
          ? interaction.respond(Array.from({ length: 26 }, (_, i) => ({ name: `n${i}`, value: `${i}` })))
          : Promise.resolve(),
      { clock: new ManualClock() },
    );
    actor.autocomplete("price", "item", "a").catch(() => undefined);
    expect(await discord.until("the refusal", () => discord.problems[0])).toMatch(
      /data\.choices\[BASE_TYPE_MAX_LENGTH\]/,
    );
  });
});

describe("components", () => {
  it("update the message they are on", async () => {
    const { actor, errors } = await scene((interaction) => {
      if (interaction.isButton()) return interaction.update({ content: `by ${interaction.customId}`, components: [] });
      if (interaction.isChatInputCommand())
        return interaction.reply({ content: "page 1", components: [button("next", "Next page")] });
      return Promise.resolve();
    });
    const { message } = await actor.slash("ping");
    const outcome = await actor.click(message!, "Next page");
    expect(outcome.acknowledgement?.kind).toBe("update");
    expect(outcome.message).toBe(message);
    expect(message).toMatchObject({ content: "by next", components: [] });
    await expect(actor.click(message!, "next")).rejects.toThrow(NotPossibleError);
    expect(errors).toEqual([]);
  });

  it("defer an update, edit the message, and follow up next to it", async () => {
    const { actor } = await scene(async (interaction) => {
      if (interaction.isButton()) {
        await interaction.deferUpdate();
        if (interaction.customId === "edit") await interaction.editReply("edited");
        else if (interaction.customId === "tell")
          await interaction.followUp({ content: "psst", flags: MessageFlags.Ephemeral });
      } else if (interaction.isChatInputCommand()) {
        const buttons = ["edit", "tell", "nothing"].map((id) => button(id, id));
        await interaction.reply({ content: "first", components: buttons });
      }
    });
    const { message } = await actor.slash("ping");
    const told = await actor.click(message!, "tell");
    expect(told).toMatchObject({ acknowledgement: { kind: "deferUpdate" }, answers: 1, ephemeral: true });
    expect(message?.content).toBe("first");
    expect((await actor.click(message!, "edit")).message).toBe(message);
    expect(message?.content).toBe("edited");
    const nothing = await actor.click(message!, "nothing", { until: "acknowledged" });
    expect(nothing.answers).toBe(0);
  });

  it("take choices that are offered, and nobody else's ephemeral buttons", async () => {
    const { actor, other } = await scene((interaction) => {
      if (interaction.isStringSelectMenu()) return interaction.reply(interaction.values.join());
      if (!interaction.isChatInputCommand()) return Promise.resolve();
      const options = ["a", "b", "c"].map((value) => ({ label: value.toUpperCase(), value }));
      const menu = { type: ComponentType.StringSelect, custom_id: "menu", options, max_values: 2 } as const;
      return interaction.reply({
        flags: MessageFlags.Ephemeral,
        components: [{ type: ComponentType.ActionRow, components: [menu] }],
      });
    });
    const { message } = await actor.slash("ping");
    expect((await actor.select(message!, "menu", ["a", "c"])).message?.content).toBe("a,c");
    await expect(actor.select(message!, "menu", ["d"])).rejects.toThrow(/"d" cannot be chosen/);
    await expect(actor.select(message!, "menu", ["a", "b", "c"])).rejects.toThrow(/takes 1 to 2 values/);
    await expect(other.select(message!, "menu", ["a"])).rejects.toThrow(/another person's/);
  });

  it("show Components V2 and the buttons in them", async () => {
    const { actor, discord } = await scene((interaction) => {
      if (interaction.isButton()) return interaction.reply("pressed");
      if (!interaction.isChatInputCommand()) return Promise.resolve();
      return interaction.reply({
        flags: MessageFlags.IsComponentsV2,
        components: [
          {
            type: ComponentType.Container,
            components: [{ type: ComponentType.TextDisplay, content: "# Hello" }, button("deep", "Deep")],
          },
        ],
      });
    });
    const { message } = await actor.slash("ping");
    expect((await actor.click(message!, "deep")).message?.content).toBe("pressed");
    expect(discord.problems).toEqual([]);
  });
});

describe("modals", () => {
  it("open from a command and from a button, are filled in and sent", async () => {
    const modal: APIModalInteractionResponseCallbackData = {
      custom_id: "alert",
      title: "Price alert",
      components: [
        {
          type: ComponentType.Label,
          label: "Limit",
          component: { type: ComponentType.TextInput, custom_id: "limit", style: TextInputStyle.Short, max_length: 5 },
        },
      ],
    };
    const { actor, errors } = await scene((interaction) => {
      if (interaction.isModalSubmit()) {
        const text = interaction.fields.getTextInputValue("limit");
        return interaction.isFromMessage()
          ? interaction.update(text)
          : interaction.reply({ content: text, components: [button("open", "Open")] });
      }
      return interaction.isChatInputCommand() || interaction.isButton()
        ? interaction.showModal(modal)
        : Promise.resolve();
    });
    const opened = await actor.slash("ping");
    expect(opened).toMatchObject({ acknowledgement: { kind: "modal" }, answers: 1 });
    const { message } = await actor.submit(opened.modal!, { limit: "500" });
    expect(message?.content).toBe("500");
    const again = await actor.click(message!, "open");
    expect((await actor.submit(again.modal!, { limit: "600" })).message).toBe(message);
    expect(message?.content).toBe("600");
    await expect(actor.submit(again.modal!, { limit: "" })).rejects.toThrow(/must be filled in/);
    await expect(actor.submit(again.modal!, { limit: "1234567" })).rejects.toThrow(/takes 0 to 5/);
    expect(errors).toEqual([]);
  });
});

describe("deadlines", () => {
  it("show that the application did not respond after three seconds, and refuse it from then on", async () => {
    const clock = new ManualClock();
    let reply = (): Promise<unknown> => Promise.resolve();
    const { actor, discord } = await scene(
      onCommand((interaction) => {
        reply = () => interaction.reply("late");
        clock.advance(3000);
        return Promise.resolve();
      }),
      { clock },
    );
    const outcome = await actor.slash("ping");
    expect(outcome).toMatchObject({ failure: "The application did not respond", answers: 0 });
    await expect(reply()).rejects.toMatchObject({ code: 10062 });
    expect(discord.problems).toEqual([expect.stringContaining("10062 Unknown interaction")]);
  });

  it("end a token after fifteen minutes", async () => {
    const clock = new ManualClock();
    let edit = (): Promise<unknown> => Promise.resolve();
    const { actor } = await scene(
      onCommand((interaction) => {
        edit = () => replied.then(() => interaction.editReply("more"));
        const replied = interaction.reply("hello");
        return replied;
      }),
      { clock },
    );
    await actor.slash("ping");
    clock.advance(15 * 60_000 - 1);
    await expect(edit()).resolves.toBeDefined();
    clock.advance(1);
    await expect(edit()).rejects.toMatchObject({ code: 50027 });
  });

  it("let an ephemeral answer be changed until then by whoever holds the token", async () => {
    const clock = new ManualClock();
    const { actor, other, discord } = await scene(
      onCommand((interaction) => interaction.reply({ content: "wait", flags: MessageFlags.Ephemeral })),
      { clock },
    );
    const { message, interaction } = await actor.slash("ping");
    const path = `/webhooks/${discord.applicationId}/${interaction.token}/messages/@original`;
    clock.advance(15 * 60_000 - 1);
    expect((await call(discord, "PATCH", path, { content: "done" })).status).toBe(200);
    expect(message).toMatchObject({ content: "done", flags: MessageFlags.Ephemeral });
    expect(other.messages()).toEqual([]);
    clock.advance(1);
    expect(await call(discord, "PATCH", path, { content: "late" })).toMatchObject({ json: { code: 50027 } });
    expect(message?.content).toBe("done");
  });

  it("measure the acknowledgement on the injected clock", async () => {
    const clock = new ManualClock();
    const { actor } = await scene(
      onCommand((interaction) => {
        clock.advance(1234);
        return interaction.reply("hello");
      }),
      { clock },
    );
    expect((await actor.slash("ping")).acknowledgement).toEqual({ kind: "reply", afterMs: 1234 });
  });

  it("fail loudly when a deferral is never filled", async () => {
    const clock = new ManualClock();
    const { actor } = await scene(
      onCommand(async (interaction) => {
        await interaction.deferReply();
        clock.advance(20_000);
      }),
      { clock },
    );
    await expect(actor.slash("ping")).rejects.toThrow(WaitError);
  });

  it("fail at once when the simulator closes", async () => {
    const { actor, discord } = await scene(() => discord.close());
    await expect(actor.slash("ping")).rejects.toThrow(/closed/);
  });
});

describe("wrong acknowledgements", () => {
  /** Sends a second callback by hand, which discord.js itself would not. */
  const raw = (discord: { restUrl: string }, { id, token }: { id: string; token: string }, body: object) =>
    fetch(`${discord.restUrl}/v10/interactions/${id}/${token}/callback`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }).then(async (response) => ({
      status: response.status,
      body: response.status === 204 ? undefined : await response.json(),
    }));

  it("answer a second one with 40060", async () => {
    const { actor, discord } = await scene(onCommand((interaction) => interaction.reply("one")));
    const { interaction } = await actor.slash("ping");
    const second = await raw(discord, interaction, { type: 4, data: { content: "two" } });
    expect(second).toMatchObject({ status: 400, body: { code: 40060 } });
  });

  it("refuse types that do not fit the interaction, and leave it open for a right one", async () => {
    const clock = new ManualClock();
    const { actor, discord } = await scene(() => Promise.resolve(), { clock });
    const sent: Interaction[] = [];
    discord.subscribe((event) => {
      if (event.type === "interaction") sent.push(event.interaction);
    });
    const outcome = actor.slash("ping");
    const interaction = await discord.until("the interaction", () => sent[0]);
    for (const type of [1, 6, 7, 8, 42]) {
      const refused = await raw(discord, interaction, { type, data: { content: "x", choices: [] } });
      expect(refused).toMatchObject({ status: 400, body: { code: 50035, errors: { type: { _errors: [{}] } } } });
    }
    expect(await raw(discord, interaction, { type: 4 })).toMatchObject({ body: { errors: { data: {} } } });
    await raw(discord, { ...interaction, token: "stolen" }, { type: 4, data: { content: "x" } }).then((answer) => {
      expect(answer).toMatchObject({ status: 404, body: { code: 10062 } });
    });
    expect(await raw(discord, interaction, { type: 4, data: { content: "x" } })).toMatchObject({ status: 204 });
    expect((await outcome).message?.content).toBe("x");
  });
});

describe("who may use what", () => {
  const adminOnly = { name: "setup", description: "Setup", default_member_permissions: "32" };
  const nobody = { name: "secret", description: "Secret", default_member_permissions: "0" };
  const guildOnly = { name: "here", description: "Here", contexts: [0] as 0[] };
  const everywhere = {
    name: "mine",
    description: "Mine",
    integration_types: [1] as 1[],
    contexts: [0, 1, 2] as (0 | 1 | 2)[],
  };

  async function gated() {
    const discord = await startDiscord();
    await register(discord, [adminOnly, nobody, guildOnly, everywhere]);
    const { errors, idle } = await startBot(
      discord,
      onCommand(async (interaction) => {
        const { guildId, context, authorizingIntegrationOwners } = interaction;
        const owner = authorizingIntegrationOwners[1];
        await interaction.reply(JSON.stringify({ guildId, context, owner }));
        if (interaction.commandName !== "mine") return;
        for (let index = 0; index < 6; index++) await interaction.followUp(`${index}`);
      }),
    );
    const [owner, player] = discord.users;
    return { discord, errors, idle, owner: discord.as(owner!), player: discord.as(player!) };
  }

  it("hides commands from members without the permissions", async () => {
    const { discord, owner, player } = await gated();
    expect(owner.commands().map(({ name }) => name)).toEqual(["setup", "secret", "here"]);
    expect(player.commands().map(({ name }) => name)).toEqual(["here"]);
    await expect(player.slash("setup")).rejects.toThrow(/lacks the permissions/);
    expect((await owner.slash("setup")).failure).toBeUndefined();
    const officer = discord.world.addUser("Officer");
    discord.world.addMember(discord.guilds[0]!, officer, { permissions: 32n });
    expect(
      discord
        .as(officer)
        .commands()
        .map(({ name }) => name),
    ).toEqual(["setup", "here"]);
  });

  it("hides a server's command in direct messages", async () => {
    const { discord } = await gated();
    await expect(discord.as(discord.users[1]!, { dm: true }).slash("here")).rejects.toThrow(/contexts are 0/);
  });

  it("lets an app installed to a user work in direct messages of other people, with five follow-ups", async () => {
    const { discord, errors, idle } = await gated();
    const [, one, two] = discord.users;
    const channel = discord.world.addGroup(one!, two!);
    const outcome = await discord.as(one!, { installed: "user", channel }).slash("mine");
    expect(outcome.message?.content).toBe(JSON.stringify({ guildId: null, context: 2, owner: one!.id }));
    await idle();
    expect(outcome.followUps).toHaveLength(5);
    expect(errors).toMatchObject([{ code: 40094 }]);
  });

  it("hides a guild's app where it was not added, but not one that the user brings", async () => {
    const { discord } = await gated();
    const [owner] = discord.users;
    const guild = discord.world.addGuild("Elsewhere", owner!, { bot: false });
    const there = discord.as(owner!, { guild });
    expect(there.commands()).toEqual([]);
    await expect(there.slash("here")).rejects.toThrow(/not in this guild/);
    expect((await there.at({ installed: "user" }).slash("mine")).message?.content).toContain(guild.id);
  });

  it("answers in private where the user may not use external apps", async () => {
    const { discord } = await gated();
    const [, player] = discord.users;
    const channel = discord.channels[0]!;
    channel.denied.set(player!.id, 1n << 50n);
    const outcome = await discord.as(player!, { installed: "user", channel }).slash("mine");
    expect(outcome.ephemeral).toBe(true);
  });
});
