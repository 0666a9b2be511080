import { ApplicationCommandOptionType as Type, ApplicationCommandType } from "discord-api-types/v10";
import { describe, expect, it } from "vitest";
import type { StoredCommand } from "../../src/discord/index.js";
import { commandViews } from "../../src/playground/command-view.js";
import type { Place } from "../../src/playground/page/protocol.js";

const place: Place = {
  bot: { id: "9", name: "Bot" },
  guild: "Guild",
  channel: { id: "3", name: "general", direct: false },
  me: { id: "1", name: "Mira" },
  people: [{ id: "1", name: "Mira", username: "mira_k", admin: false }],
  channels: [
    { id: "3", name: "general", type: 0, kind: "text", address: "general", parent: undefined },
    { id: "6", name: "news", type: 5, kind: "announcement", address: "news", parent: undefined },
  ],
  items: undefined,
  roles: [
    { id: "4", name: "@everyone" },
    { id: "5", name: "Officers" },
  ],
  world: undefined,
};

type StoredOption = NonNullable<StoredCommand["options"]>[number];

const plain = {
  name: "o",
  name_localizations: undefined,
  description: "O",
  description_localizations: undefined,
  required: undefined,
  choices: undefined,
  autocomplete: undefined,
  min_value: undefined,
  max_value: undefined,
  min_length: undefined,
  max_length: undefined,
  channel_types: undefined,
};

function viewOf(changes: Partial<StoredOption> & Pick<StoredOption, "type">, locale = "en-US") {
  const option: StoredOption = { ...plain, ...changes };
  const command: StoredCommand = {
    id: "7",
    application_id: "8",
    version: "1",
    type: ApplicationCommandType.ChatInput,
    name: "do",
    name_localizations: null,
    description: "Does",
    description_localizations: null,
    options: [option],
    default_member_permissions: null,
    default_permission: true,
    nsfw: false,
    contexts: null,
    integration_types: [],
  };
  return commandViews([command], locale, place)[0]?.options[0];
}

describe("an option", () => {
  it.each([
    [Type.String, "text"],
    [Type.Integer, "integer"],
    [Type.Number, "number"],
    [Type.Boolean, "boolean"],
    [Type.User, "user"],
    [Type.Channel, "channel"],
    [Type.Role, "role"],
    [Type.Mentionable, "mentionable"],
  ])("of Discord's type %d is filled in as %s", (type, kind) => {
    expect(viewOf({ type })).toMatchObject({ kind, required: false, autocomplete: false });
  });

  it("that takes a file is left out", () => {
    expect(viewOf({ type: Type.Attachment })).toBeUndefined();
  });

  it("has the people, channels and roles of the place to choose from", () => {
    const mira = { name: "@Mira", value: "1", entity: "person", detail: "mira_k" };
    const roles = [
      { name: "@everyone", value: "4", entity: "role" },
      { name: "@Officers", value: "5", entity: "role" },
    ];
    expect(viewOf({ type: Type.User })?.choices).toEqual([mira]);
    expect(viewOf({ type: Type.Role })?.choices).toEqual(roles);
    expect(viewOf({ type: Type.Mentionable })?.choices).toEqual([mira, ...roles]);
    const channels = (channel_types?: number[]) => viewOf({ type: Type.Channel, channel_types })?.choices;
    expect(channels()).toMatchObject([{ name: "#general", value: "3", entity: "channel" }, { name: "#news" }]);
    expect(channels([5])).toMatchObject([{ name: "#news", value: "6" }]);
    expect(channels([2])).toEqual([]);
  });

  it("has its own choices in the reader's language", () => {
    const option = { type: Type.String, choices: [{ name: "small", name_localizations: { ru: "малый" }, value: "s" }] };
    expect(viewOf(option)?.choices).toEqual([{ name: "small", value: "s" }]);
    expect(viewOf(option, "ru")?.choices).toEqual([{ name: "малый", value: "s" }]);
  });

  it("has the limits of its number, or of the length of its text", () => {
    expect(viewOf({ type: Type.Integer, min_value: 1, max_value: 9 })).toMatchObject({ min: 1, max: 9 });
    expect(viewOf({ type: Type.String, min_length: 2, max_length: 8 })).toMatchObject({ min: 2, max: 8 });
  });
});
