import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DiscordSimulator } from "../../src/discord/index.js";
import { PATIENT } from "../../../../test/patience.js";
import { call, register as registerCommands, startBot, startDiscord } from "./bot.js";
import { openApiAvailable, openApiChecker } from "./openapi.js";
import * as payloads from "./payloads.js";

let discord: DiscordSimulator;
beforeAll(async () => {
  discord = await DiscordSimulator.start(PATIENT);
});
afterAll(() => discord.close());

const post = (message: object) => call(discord, "POST", `/channels/${discord.channels[0]!.id}/messages`, message);
const register = (command: object) => call(discord, "POST", `/applications/${discord.applicationId}/commands`, command);

/** Opens a modal as the answer to a command. */
async function showModal(modal: object) {
  if (discord.commands().length === 0) await register({ name: "ping", description: "d" });
  const sent: string[] = [];
  const stop = discord.subscribe((event) => {
    if (event.type === "interaction") sent.push(`${event.interaction.id}/${event.interaction.token}`);
  });
  discord
    .as(discord.users[1]!)
    .slash(discord.commands()[0]!.name)
    .catch(() => undefined);
  stop();
  return call(discord, "POST", `/interactions/${sent[0]}/callback`, { type: 9, data: modal });
}

/** Discord's answer to a form with this fault. */
function refusal(path: string, code: string): object {
  const keys = path === "" ? [] : path.split(".");
  const errors = keys.reduceRight<object>((inner, key) => ({ [key]: inner }), {
    _errors: expect.arrayContaining([expect.objectContaining({ code })]) as unknown,
  });
  return { status: 400, json: { code: 50035, message: "Invalid Form Body", errors } };
}

describe("messages", () => {
  it.each(payloads.goodMessages)("take %s", async (_, message) => {
    expect(await post(message)).toMatchObject({ status: 200 });
  });

  it.each(payloads.badMessages)("refuse %s", async (_, message, path, code) => {
    expect(await post(message)).toMatchObject(refusal(path, code));
  });

  it.each([
    ["nothing", {}],
    ["blanks", { content: " \n " }],
    ["empty lists", { content: "", embeds: [], components: [] }],
  ])("refuse %s as empty", async (_, message) => {
    expect(await post(message)).toMatchObject({ status: 400, json: { code: 50006 } });
  });

  it("are trimmed", async () => {
    const embeds = [{ title: " t ", fields: [{ name: " n ", value: " v " }] }];
    expect(await post({ content: "  x\n", embeds })).toMatchObject({
      json: { content: "x", embeds: [{ title: "t", fields: [{ name: "n", value: "v" }] }] },
    });
  });

  it("name faults under data in a callback", async () => {
    expect(await showModal({})).toMatchObject({
      json: { errors: { data: { title: {}, custom_id: {}, components: {} } } },
    });
  });
});

describe("modals", () => {
  it.each(payloads.goodModals)("take %s", async (_, modal) => {
    expect(await showModal(modal)).toMatchObject({ status: 204 });
  });

  it.each(payloads.badModals)("refuse %s", async (_, modal, path, code) => {
    expect(await showModal(modal)).toMatchObject(refusal(`data.${path}`, code));
  });
});

describe("commands", () => {
  it.each(payloads.goodCommands)("take %s", async (_, command) => {
    const { status } = await register(command);
    expect([200, 201]).toContain(status);
  });

  it.each(payloads.badCommands)("refuse %s", async (_, command, path, code) => {
    expect(await register(command)).toMatchObject(refusal(path, code));
  });

  it("are refused twice in one list, and beyond a hundred", async () => {
    const put = (list: object[]) => call(discord, "PUT", `/applications/${discord.applicationId}/commands`, list);
    const many = (count: number) => Array.from({ length: count }, (_, i) => ({ name: `c${i}`, description: "d" }));
    expect(await put([...many(1), ...many(1)])).toMatchObject(refusal("1.name", "APPLICATION_COMMANDS_DUPLICATE_NAME"));
    expect(await put(many(101))).toMatchObject({ json: { code: 30032 } });
    expect(await put(many(100))).toMatchObject({ status: 200 });
  });
});

describe.skipIf(!openApiAvailable)("Discord's own description", () => {
  it("agrees with everything that is taken here", () => {
    const check = openApiChecker();
    const callback = (type: number, data: object) => ({
      method: "POST",
      route: "/interactions/:interaction/:token/callback",
      body: { type, data },
    });
    const messages = payloads.goodMessages.flatMap(([, body]) => [
      { method: "POST", route: "/channels/:channel/messages", body },
      { method: "POST", route: "/webhooks/:application/:token", body },
      callback(4, body),
    ]);
    const modals = payloads.goodModals.map(([, data]) => callback(9, data));
    const commands = {
      method: "PUT",
      route: "/applications/:application/commands",
      body: payloads.goodCommands.map(([, body]) => body),
    };
    const requests = JSON.parse(JSON.stringify([...messages, ...modals, commands])) as typeof messages;
    expect(requests.flatMap(check)).toEqual([]);
  });

  it("agrees with what discord.js sends", async () => {
    const own = await startDiscord();
    await registerCommands(own, [{ name: "ping", description: "d", default_member_permissions: "2048" }]);
    const { idle } = await startBot(own, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.deferReply();
      await interaction.editReply({
        embeds: [{ title: "t" }],
        files: [{ attachment: Buffer.from("x"), name: "x.txt" }],
      });
      await interaction.followUp({ content: "more", allowedMentions: { parse: [] } });
    });
    await own.as(own.users[0]!).slash("ping");
    await idle();
    expect(own.requests.length).toBeGreaterThan(3);
    expect(own.requests.flatMap(openApiChecker())).toEqual([]);
  });

  it("finds fault with what is wrong", () => {
    const check = openApiChecker();
    const body = { type: 4, data: { content: "x".repeat(2001) } };
    expect(check({ method: "POST", route: "/interactions/:interaction/:token/callback", body })).not.toEqual([]);
  });
});
