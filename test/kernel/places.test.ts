import { ApplicationCommandOptionType as Type, ChannelType, InteractionType } from "discord-api-types/v10";
import { expect, test } from "vitest";
import { callId } from "../../src/kernel/call.js";
import { defineCommand } from "../../src/kernel/command.js";
import type { Context } from "../../src/kernel/context.js";
import { UserError } from "../../src/kernel/errors.js";
import { parseInteraction } from "../../src/kernel/interaction.js";
import { LOCALES } from "../../src/kernel/locale.js";
import {
  optionalChannel,
  optionalPerson,
  optionalRole,
  requiredChannel,
  requiredPerson,
  requiredRole,
} from "../../src/kernel/option.js";
import { definitions } from "../../src/kernel/registration.js";
import { Texts } from "../../src/kernel/texts.js";

const GUILD = "100000000000000001";
const CHANNEL = "200000000000000001";
const ROLE = "300000000000000001";
const PERSON = "400000000000000001";
const inServer = { guildId: GUILD } as Context;

/** An interaction with a channel and a role, as Discord sends it. */
function chosen(
  resolved: object,
  values: { channel?: string; role?: string; person?: string } = { channel: CHANNEL, role: ROLE },
) {
  const options = [
    ...(values.channel === undefined ? [] : [{ name: "channel", type: Type.Channel, value: values.channel }]),
    ...(values.role === undefined ? [] : [{ name: "role", type: Type.Role, value: values.role }]),
    ...(values.person === undefined ? [] : [{ name: "person", type: Type.User, value: values.person }]),
  ];
  const interaction = parseInteraction({
    id: "1".repeat(18),
    token: "t",
    application_id: "2",
    type: InteractionType.ApplicationCommand,
    guild_id: GUILD,
    member: { user: { id: "3", username: "vesper" }, permissions: "32" },
    authorizing_integration_owners: {},
    data: { id: "4", name: "alerts", type: 1, options, resolved },
  });
  if (interaction.kind !== "command") throw new Error(`a ${interaction.kind}`);
  return interaction.options;
}

const news = {
  id: CHANNEL,
  type: ChannelType.GuildAnnouncement,
  name: "news",
  guild_id: GUILD,
  parent_id: null,
  permissions: "0",
  app_permissions: "18432",
};

test("a chosen channel and role come with what Discord tells of them", () => {
  const { channel, role } = chosen({
    channels: { [CHANNEL]: news },
    roles: { [ROLE]: { id: ROLE, name: "Raid", mentionable: true, position: 3 } },
  });
  expect(requiredChannel().read(channel, inServer)).toEqual({
    id: CHANNEL,
    seen: {
      type: ChannelType.GuildAnnouncement,
      name: "news",
      guildId: GUILD,
      parentId: undefined,
      locked: false,
      botPermissions: 18432n,
    },
  });
  expect(requiredRole().read(role, inServer)).toEqual({ id: ROLE, seen: { name: "Raid", mentionable: true } });
});

test("a thread tells its parent, and whether it is locked", () => {
  const thread = { ...news, type: ChannelType.PublicThread, parent_id: "9", thread_metadata: { locked: true } };
  const { channel } = chosen({ channels: { [CHANNEL]: thread } });
  expect(requiredChannel().read(channel, inServer).seen).toMatchObject({ parentId: "9", locked: true });
});

test.each([
  ["nothing is resolved", {}],
  ["what is resolved cannot be read", { channels: { [CHANNEL]: { type: "text" } }, roles: { [ROLE]: 7 } }],
  ["resolved is something else", { channels: [], roles: "none" }],
])("the ids are left where %s", (_, resolved) => {
  const { channel, role } = chosen(resolved);
  expect(requiredChannel().read(channel, inServer)).toEqual({ id: CHANNEL, seen: undefined });
  expect(requiredRole().read(role, inServer)).toEqual({ id: ROLE, seen: undefined });
});

test("odd permissions of the bot count as not told", () => {
  for (const app_permissions of [undefined, null, "", "-1", "0x8", 8]) {
    const { channel } = chosen({ channels: { [CHANNEL]: { ...news, app_permissions } } });
    expect(requiredChannel().read(channel, inServer).seen?.botPermissions).toBeUndefined();
  }
});

test("may be left out only where they are optional", () => {
  const { channel, role } = chosen({}, {});
  expect(optionalChannel().read(channel, inServer)).toBeUndefined();
  expect(optionalRole().read(role, inServer)).toBeUndefined();
  expect(() => requiredChannel().read(channel, inServer)).toThrow(UserError);
  expect(() => requiredRole().read(role, inServer)).toThrow(UserError);
});

test("what Discord's client does not let anyone pick is refused", () => {
  const { channel, role } = chosen({
    channels: { [CHANNEL]: news },
    roles: { [ROLE]: { id: ROLE, name: "Raid", mentionable: true } },
  });
  expect(() => requiredChannel({ kinds: ["text", "thread"] }).read(channel, inServer)).toThrow(UserError);
  expect(() => requiredChannel().read(channel, { guildId: "5" } as Context)).toThrow(UserError);
  expect(() => requiredChannel().read(role, inServer)).toThrow(UserError);
  expect(() => requiredRole().read(channel, inServer)).toThrow(UserError);
  for (const odd of ["#news", 7, true]) {
    expect(() => requiredChannel().read(odd, inServer)).toThrow(UserError);
    expect(() => requiredRole().read(odd, inServer)).toThrow(UserError);
  }
});

test("everybody is no role to be pinged", () => {
  const { role } = chosen(
    { roles: { [GUILD]: { id: GUILD, name: "@everyone", mentionable: false } } },
    { role: GUILD },
  );
  expect(() => requiredRole().read(role, inServer)).toThrow("error.role-everyone");
  expect(() => requiredRole().read(GUILD, inServer)).toThrow("error.role-everyone");
});

test("a chosen person comes with their names, and with whether they are a bot, and of the server", () => {
  const read = (resolved: object) => requiredPerson().read(chosen(resolved, { person: PERSON }).person, inServer);
  const heron = { id: PERSON, username: "heron", global_name: "Heron" };
  expect(read({ users: { [PERSON]: heron }, members: { [PERSON]: { roles: [] } } })).toEqual({
    id: PERSON,
    seen: { userName: "Heron (@heron)", isBot: false, isMember: true },
  });
  expect(read({ users: { [PERSON]: { ...heron, global_name: null, bot: true } } })).toEqual({
    id: PERSON,
    seen: { userName: "@heron", isBot: true, isMember: false },
  });
  expect(read({})).toEqual({ id: PERSON, seen: undefined });
  expect(optionalPerson().read(undefined, inServer)).toBeUndefined();
  const { channel } = chosen({ channels: { [CHANNEL]: news } });
  for (const odd of ["@heron", 7, true, channel]) expect(() => requiredPerson().read(odd, inServer)).toThrow(UserError);
});

const alerts = defineCommand({
  name: "alerts",
  visibility: "private",
  options: { channel: requiredChannel({ kinds: ["text", "forum"] }), role: optionalRole(), person: optionalPerson() },
  run: () => ({ content: "done" }),
});

test("are registered with the types of channel that can be picked", () => {
  const [registered] = definitions(
    [alerts],
    textsWith("command.alerts", "option.channel", "option.role", "option.person"),
  );
  expect(registered?.options).toMatchObject([
    {
      name: "channel",
      type: Type.Channel,
      required: true,
      channel_types: [ChannelType.GuildText, ChannelType.GuildForum],
    },
    { name: "role", type: Type.Role, required: false },
    { name: "person", type: Type.User, required: false },
  ]);
});

test("a button that calls the command carries their ids, which are enough", () => {
  const [action] = alerts.actions.values();
  if (!action) throw new Error("no action");
  const options = chosen({ channels: { [CHANNEL]: news } });
  expect(callId({ command: "alerts", action, options }, "3")).toBe(`v1:alerts:call:3:${CHANNEL}~${ROLE}~`);
});

function textsWith(...keys: string[]): Texts {
  const all = Object.fromEntries(
    keys.flatMap((key) => [`${key}.name`, `${key}.description`].map((one) => [one, "word"])),
  );
  return new Texts(new Map(LOCALES.map((locale) => [locale, all])));
}
