import { ComponentType, MessageFlags, TextInputStyle, type APIModalInteractionResponseCallbackData } from "discord.js";
import { describe, expect, it } from "vitest";
import { NotPossibleError } from "../../src/discord/index.js";
import { button, scene } from "./scene.js";

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
