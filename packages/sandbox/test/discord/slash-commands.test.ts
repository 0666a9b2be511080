import { MessageFlags } from "discord.js";
import { describe, expect, it } from "vitest";
import { NotPossibleError } from "../../src/discord/index.js";
import { onCommand, scene } from "./scene.js";
import { ManualClock } from "../../../../test/manual-clock.js";

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
