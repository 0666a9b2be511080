import { LabelBuilder, ModalBuilder, TextInputBuilder } from "@discordjs/builders";
import { TextInputStyle } from "discord-api-types/v10";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { button, row } from "../../../src/kernel/card.js";
import { defineCommand } from "../../../src/kernel/command.js";
import { defineComponent, defineModal, stateOf } from "../../../src/kernel/component.js";
import { optionalInteger, optionalText } from "../../../src/kernel/option.js";
import type { Message, Outcome } from "@zonewire/sandbox/discord";
import { openWorkshop, type Workshop } from "../workshop.js";

const target = { command: "ask", audience: "owner", state: stateOf({}) } as const;
const form = defineModal({
  ...target,
  action: "form",
  run: ({ fields }) => ({ content: `sent ${fields.f ?? "nothing"}` }),
});
const press = defineComponent({ ...target, action: "press", run: () => ({ content: "pressed", components: [] }) });
const open = defineComponent({
  ...target,
  action: "open",
  run(_press, context) {
    const input = new TextInputBuilder().setCustomId("f").setStyle(TextInputStyle.Short).setRequired(false);
    const label = new LabelBuilder().setLabel("l").setTextInputComponent(input);
    const modal = new ModalBuilder()
      .setCustomId(form.customId({}, context))
      .setTitle("t")
      .addLabelComponents(label)
      .toJSON();
    return { modal };
  },
});
const ask = defineCommand({
  name: "ask",
  visibility: "public",
  options: { q: optionalText({ suggest: () => [{ name: "offered", value: "offered" }] }), n: optionalInteger() },
  components: [press, open],
  modals: [form],
  run: ({ options: { q, n } }, context) => ({
    content: `asked ${q ?? "nothing"} ${n ?? "never"}`,
    components: [
      row(
        button({ label: "press", customId: press.customId({}, context) }),
        button({ label: "open", customId: open.customId({}, context) }),
      ),
    ],
  }),
});

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop([ask]);
});
afterAll(() => workshop.close());

type Json = Record<string, unknown>;
type Alter = (payload: Json) => unknown;

/** Does `act` while the interaction that it sends arrives altered. */
async function altered<T>(alter: Alter, act: () => Promise<T>): Promise<T> {
  const { faults } = workshop.discord.faults.gateway;
  faults.alter = (event, data) => (event === "INTERACTION_CREATE" ? alter(data as Json) : data);
  try {
    return await act();
  } finally {
    faults.alter = undefined;
  }
}

const put =
  (changes: Json): Alter =>
  (payload) => ({ ...payload, ...changes });
const inside =
  (key: string, changes: Json): Alter =>
  (payload) => ({ ...payload, [key]: { ...(payload[key] as Json), ...changes } });
const person: Alter = (payload) => ({ ...payload, user: (payload.member as Json).user, member: null, guild_id: null });

/** What the kernel does not need of any interaction. */
const needless: [string, Alter][] = [
  ["no entitlements", put({ entitlements: undefined })],
  ["entitlements of null", put({ entitlements: null })],
  ["entitlements that are a text", put({ entitlements: "all" })],
  ["the owner 0 as a number", put({ authorizing_integration_owners: { 0: 0 } })],
  ["an owner of null", put({ authorizing_integration_owners: { 0: null, 1: null } })],
  ["an owner that is an object", put({ authorizing_integration_owners: { 0: {} } })],
  ["no owners", put({ authorizing_integration_owners: undefined })],
  ["owners of null", put({ authorizing_integration_owners: null })],
  ["owners in a list", put({ authorizing_integration_owners: [] })],
  ["a server of null", put({ guild_id: null })],
  ["a server that is a number", put({ guild_id: 5 })],
  ["a person in place of a member", person],
  ["a member without permissions", (one) => inside("member", { permissions: undefined })(one)],
  ["permissions of null", (one) => inside("member", { permissions: null })(one)],
  ["permissions that are words", (one) => inside("member", { permissions: "all" })(one)],
  ["a member without roles", (one) => inside("member", { roles: null, joined_at: null, deaf: "no" })(one)],
  ["no locale", put({ locale: undefined })],
  ["a locale of null", put({ locale: null })],
  ["a locale that is a number", put({ locale: 7 })],
  ["a locale of tomorrow", put({ locale: "tlh" })],
  ["a server's locale of null", put({ guild_locale: null })],
  ["no channel", put({ channel: undefined, channel_id: undefined })],
  ["a channel of null", put({ channel: null, channel_id: null })],
  ["a channel of a new type", put({ channel: { id: "1", type: 999 } })],
  ["no rights of the bot", put({ app_permissions: null })],
  ["a context of tomorrow", put({ context: 99 })],
  ["a context of null", put({ context: null })],
  ["a version of tomorrow", put({ version: "two" })],
  ["a server without anything", put({ guild: null })],
  ["no limit of files", put({ attachment_size_limit: null })],
  ["something new", put({ telepathy: { a: [1] } })],
  ["no application", put({ application_id: null })],
  ["data of a new type", inside("data", { type: 99, component_type: 99, resolved: null })],
];

/** What the kernel needs, and is something else: nobody can tell what was asked for. */
const unreadable: [string, Alter][] = [
  ["data of null", put({ data: null })],
  ["data that is a text", put({ data: "ask" })],
  ["no data", put({ data: undefined })],
  ["no name", inside("data", { name: null, custom_id: null })],
  ["a name that is a number", inside("data", { name: 5, custom_id: 5 })],
  ["nobody", put({ member: null, user: null })],
  ["a member who is nobody", (one) => inside("member", { user: null })(one)],
  ["a member with a number for an id", (one) => inside("member", { user: { id: 5 } })(one)],
];

interface Kind {
  readonly act: (message: Message) => Promise<Outcome>;
  readonly content: string;
}
const modalOf = async (message: Message) => (await workshop.as().click(message, "open")).modal!;
const kinds: Record<string, Kind> = {
  command: { act: () => workshop.as().slash("ask", { q: "x", n: 3 }), content: "asked x 3" },
  component: { act: (message) => workshop.as().click(message, "press"), content: "pressed" },
};

describe.each(Object.entries(kinds))("a %s", (_kind, { act, content }) => {
  test.each(needless)("with %s is answered like any other", async (_what, alter) => {
    const { message } = await workshop.as().slash("ask");
    const outcome = await altered(alter, () => act(message!));
    expect(outcome.message?.content).toBe(content);
    expect(outcome.answers).toBe(1);
  });

  test.each([...unreadable, ["a type of tomorrow", put({ type: 99 })], ["no type", put({ type: null })]] as const)(
    "with %s is answered all the same",
    async (_what, alter) => {
      const { message } = await workshop.as().slash("ask");
      const outcome = await altered(alter, () => act(message!));
      expect(outcome.ephemeral).toBe(true);
      expect(outcome.message?.content).toContain("I no longer have this command");
    },
  );
});

describe("a form", () => {
  test.each(needless)("with %s is answered like any other", async (_what, alter) => {
    const modal = await modalOf((await workshop.as().slash("ask")).message!);
    const outcome = await altered(alter, () => workshop.as().submit(modal, { f: "word" }));
    expect(outcome.message?.content).toBe("sent word");
  });

  test.each([
    ["fields of null", inside("data", { components: null })],
    ["no fields", inside("data", { components: undefined })],
    ["fields that are none", inside("data", { components: [null, 5, { type: 99 }, { component: null }] })],
    ["a message of null", put({ message: null })],
  ])("with %s too", async (_what, alter) => {
    const modal = await modalOf((await workshop.as().slash("ask")).message!);
    const outcome = await altered(alter, () => workshop.as().submit(modal, { f: "word" }));
    expect(outcome.message?.content).toMatch(/^sent (nothing|word)$/);
  });

  test.each(unreadable)("with %s is answered all the same", async (_what, alter) => {
    const modal = await modalOf((await workshop.as().slash("ask")).message!);
    const outcome = await altered(alter, () => workshop.as().submit(modal, { f: "word" }));
    expect(outcome.message?.content).toContain("I no longer have this command");
  });
});

describe("suggestions", () => {
  const typing = () => workshop.as().autocomplete("ask", "q", "o");

  test.each(needless)("with %s come as ever", async (_what, alter) => {
    expect(await altered(alter, typing)).toEqual([{ name: "offered", value: "offered" }]);
  });

  test.each([
    ...unreadable,
    ["no option in focus", inside("data", { options: [{ name: "q", type: 3, value: "o" }] })],
    ["options of null", inside("data", { options: null })],
  ] as const)("with %s are none, without a failure", async (_what, alter) => {
    expect(await altered(alter, typing)).toEqual([]);
  });
});

describe("options", () => {
  test.each<[string, unknown, string]>([
    ["null", null, "asked nothing never"],
    ["a text", "q", "asked nothing never"],
    ["null and one that is none", [null, 5, {}], "asked nothing never"],
    ["a value of null", [{ name: "q", type: 3, value: null }], "asked nothing never"],
    ["a value that is a list", [{ name: "q", type: 3, value: [] }], "asked nothing never"],
    ["a type of tomorrow", [{ name: "q", type: 99, value: "x" }], "asked x never"],
    ["no type", [{ name: "q", value: "x" }], "asked x never"],
    ["a name of tomorrow", [{ name: "__proto__", type: 3, value: "x" }], "asked nothing never"],
    ["a focus of null", [{ name: "q", type: 3, value: "x", focused: null, options: null }], "asked x never"],
  ])("that are %s", async (_what, options, content) => {
    const outcome = await altered(inside("data", { options }), () => workshop.as().slash("ask", { q: "y" }));
    expect(outcome.message?.content).toBe(content);
  });
});

describe("the message of a component", () => {
  test.each([
    ["of null", put({ message: null })],
    ["that is missing", put({ message: undefined })],
    ["without content", inside("message", { content: null, embeds: null, components: null })],
    ["with odd content", inside("message", { content: 5, embeds: "none", components: {} })],
  ])("%s is not needed", async (_what, alter) => {
    const { message } = await workshop.as().slash("ask");
    const outcome = await altered(alter, () => workshop.as().click(message!, "press"));
    expect(outcome.message?.content).toBe("pressed");
  });
});

test("none of it was a defect, and the log has no token", () => {
  expect(workshop.log.filter(({ level }) => level >= 50)).toEqual([]);
  expect(workshop.discord.problems).toEqual([]);
});
