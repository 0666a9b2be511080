import { ApplicationCommandOptionType as OptionType, InteractionType } from "discord-api-types/v10";
import { z } from "zod";
import { seenChannel, seenRole, type ChosenChannel, type ChosenRole } from "./channel.js";
import { localeOf, type Locale } from "./locale.js";
import { person, type ChosenPerson } from "./person.js";
import { snowflakeTime } from "./snowflake.js";
import type { MessageBody } from "./view.js";

/** What an answer takes. */
interface Answerable {
  readonly id: string;
  /** Lets anyone answer for 15 minutes: never log it. */
  readonly token: string;
  readonly applicationId: string;
  /** When the person acted, by Discord's clock, in milliseconds since the epoch. */
  readonly createdAt: number;
  /** What their Discord is set to. */
  readonly locale: Locale;
}

/** Where an interaction comes from. */
interface Source extends Answerable {
  readonly userId: string;
  /** How others see them, and the name that nobody else has: `Vesper (@vesper)`. */
  readonly userName: string;
  readonly guildId: string | undefined;
  /** Whether that server has the bot, and not only the person. */
  readonly inBotsServer: boolean;
  /** What the person may do there, as Discord's bits; none outside servers. */
  readonly permissions: bigint;
  /** The ids of the roles that they have there; none outside servers. */
  readonly roleIds: readonly string[];
}

/** What a person typed or picked for an option. */
export type OptionValue = string | number | boolean | ChosenChannel | ChosenRole | ChosenPerson;

export interface CommandInteraction extends Source {
  readonly kind: "command";
  /** The command with its sub-command: `clan list`. */
  readonly command: string;
  readonly options: Readonly<Record<string, OptionValue>>;
}

export interface AutocompleteInteraction extends Source {
  readonly kind: "autocomplete";
  readonly command: string;
  readonly options: Readonly<Record<string, OptionValue>>;
  /** The option that is being typed, and what of it is there. */
  readonly focused: { readonly name: string; readonly text: string };
}

export interface ComponentInteraction extends Source {
  readonly kind: "component";
  readonly customId: string;
  /** What was chosen, for select menus. */
  readonly values: readonly string[];
  /** The message that it hangs on, as it was when it was used. */
  readonly message: ShownMessage;
}

export interface ModalInteraction extends Source {
  readonly kind: "modal";
  readonly customId: string;
  readonly fields: Readonly<Record<string, string>>;
  /** The message whose component opened the form, which the answer then replaces. */
  readonly message: ShownMessage | undefined;
}

export type Interaction = CommandInteraction | AutocompleteInteraction | ComponentInteraction | ModalInteraction;

/** An interaction that can be answered, but not read: of a new kind, or without what its kind needs. */
export interface UnreadableInteraction extends Answerable {
  readonly kind: "unreadable";
  /** Whether Discord takes suggestions for an answer, and nothing else. */
  readonly typing: boolean;
  /** For the log. */
  readonly reason: unknown;
}

/** The parts of a message that an edit without files replaces: kept unread, to put them back. */
export interface ShownMessage {
  readonly content: string;
  readonly embeds: NonNullable<MessageBody["embeds"]>;
  readonly components: NonNullable<MessageBody["components"]>;
}

interface RawOption {
  name: string;
  type: number;
  value?: string | number | boolean | undefined;
  focused?: boolean | undefined;
  options?: RawOption[] | undefined;
}

/**
 * What the kernel can do without: it may be missing, null, or something else altogether. `catch` alone would take what is
 * missing, too, but through an error, which costs zod as much as reading the rest.
 */
function optional<T extends z.ZodType>(schema: T) {
  return schema.optional().catch(undefined);
}

/** The entries of a list that can be read. */
function listOf<T extends object | string>(schema: z.ZodType<T>) {
  const entries = (all: unknown[] = []): T[] => all.flatMap((one) => schema.safeParse(one).data ?? []);
  return optional(z.array(z.unknown())).transform(entries);
}

const rawOption: z.ZodType<RawOption> = z.object({
  name: z.string(),
  type: z.number().catch(0),
  value: optional(z.union([z.string(), z.number(), z.boolean()])),
  focused: optional(z.boolean()),
  get options() {
    return listOf(rawOption);
  },
});

const user = z.object({ id: z.string().regex(/^\d{1,20}$/) }).and(person);
/** Without these two nobody can be answered. */
const answerable = z.object({
  id: z.string().regex(/^\d{1,20}$/),
  token: z.string().regex(/^[^\s/?#%]+$/),
  application_id: optional(z.string()),
  locale: optional(z.string()),
});
const source = z.object({
  guild_id: optional(z.string()),
  user: optional(user),
  member: optional(
    z.object({
      user: optional(user),
      permissions: z
        .string()
        .regex(/^\d{1,30}$/)
        .catch("0"),
      roles: listOf(z.string()),
    }),
  ),
  /** In direct messages the server that owns the installation is 0, now a text and now a number. */
  authorizing_integration_owners: z.record(z.string(), z.unknown()).catch({}),
});

/** Objects by id: those that can be read. */
function byId<T extends object>(schema: z.ZodType<T>) {
  const read = (id: string, one: unknown): [string, T][] => {
    const { data } = schema.safeParse(one);
    return data === undefined ? [] : [[id, data]];
  };
  const entries = (all: Record<string, unknown> = {}) =>
    new Map(Object.entries(all).flatMap(([id, one]) => read(id, one)));
  return optional(z.record(z.string(), z.unknown())).transform(entries);
}

const commandData = z.object({
  name: z.string().min(1),
  options: listOf(rawOption),
  /** What the ids in options stand for. */
  resolved: optional(
    z.object({ channels: byId(seenChannel), roles: byId(seenRole), users: byId(person), members: byId(z.object({})) }),
  ),
});

interface RawComponent {
  custom_id?: string | undefined;
  value?: string | undefined;
  values?: string[] | undefined;
  component?: RawComponent | undefined;
  components?: RawComponent[] | undefined;
}
/** A row or label of a submitted form: inputs sit one level down. Of menus one thing is chosen. */
const rawComponent: z.ZodType<RawComponent> = z.object({
  custom_id: optional(z.string()),
  value: optional(z.string()),
  values: optional(listOf(z.string())),
  get component() {
    return optional(rawComponent);
  },
  get components() {
    return listOf(rawComponent);
  },
});

const shownMessage = z.object({
  content: z.string().catch(""),
  // Not looked into: they go back to Discord as they came.
  embeds: z.custom<ShownMessage["embeds"]>(Array.isArray).catch([]),
  components: z.custom<ShownMessage["components"]>(Array.isArray).catch([]),
});

const raw = z.discriminatedUnion("type", [
  source.extend({ type: z.literal(InteractionType.ApplicationCommand), data: commandData }),
  source.extend({ type: z.literal(InteractionType.ApplicationCommandAutocomplete), data: commandData }),
  source.extend({
    type: z.literal(InteractionType.MessageComponent),
    data: z.object({ custom_id: z.string(), values: listOf(z.string()) }),
    message: shownMessage.catch({ content: "", embeds: [], components: [] }),
  }),
  source.extend({
    type: z.literal(InteractionType.ModalSubmit),
    data: z.object({ custom_id: z.string(), components: listOf(rawComponent) }),
    message: optional(shownMessage),
  }),
]);
const typing = z.object({ type: z.literal(InteractionType.ApplicationCommandAutocomplete) });

/**
 * An interaction as Discord sends it over the gateway or over HTTP. What the kernel does not need of it may be anything.
 * `applicationId` is taken where Discord does not name one.
 * @throws ZodError when nobody can be answered: without an id or a token.
 */
export function parseInteraction(json: unknown, applicationId = ""): Interaction | UnreadableInteraction {
  const { id, token, application_id: named = applicationId, locale } = answerable.parse(json);
  const common = { id, token, applicationId: named, createdAt: snowflakeTime(id), locale: localeOf(locale) };
  try {
    return read(json, common);
  } catch (reason) {
    return { ...common, kind: "unreadable", typing: typing.safeParse(json).success, reason };
  }
}

function read(json: unknown, answerable: Answerable): Interaction {
  const parsed = raw.parse(json);
  const who = parsed.member?.user ?? parsed.user;
  if (who === undefined) throw new TypeError("an interaction without a user");
  const common: Source = {
    ...answerable,
    userId: who.id,
    userName: who.userName,
    guildId: parsed.guild_id,
    inBotsServer: parsed.guild_id !== undefined && parsed.authorizing_integration_owners["0"] === parsed.guild_id,
    permissions: BigInt(parsed.member?.permissions ?? 0),
    roleIds: parsed.member?.roles ?? [],
  };
  switch (parsed.type) {
    case InteractionType.ApplicationCommand:
      return { ...common, kind: "command", ...commandOf(parsed.data) };
    case InteractionType.ApplicationCommandAutocomplete: {
      const { command, options, focused = { name: "", text: "" } } = commandOf(parsed.data);
      return { ...common, kind: "autocomplete", command, options, focused };
    }
    case InteractionType.MessageComponent: {
      const { data, message } = parsed;
      return { ...common, kind: "component", customId: data.custom_id, values: data.values, message };
    }
    case InteractionType.ModalSubmit:
      return {
        ...common,
        kind: "modal",
        customId: parsed.data.custom_id,
        fields: Object.fromEntries(fieldsOf(parsed.data.components)),
        message: parsed.message,
      };
  }
}

/** Options that are sub-commands or groups of them. */
const NESTED = new Set<number>([OptionType.Subcommand, OptionType.SubcommandGroup]);

function commandOf(data: z.infer<typeof commandData>) {
  const path = [data.name];
  let options = data.options;
  let inner = options[0];
  while (inner && NESTED.has(inner.type)) {
    path.push(inner.name);
    options = inner.options ?? [];
    inner = options[0];
  }
  const focused = options.find((option) => option.focused);
  return {
    command: path.join(" "),
    options: Object.fromEntries(options.flatMap((option) => valueOf(option, data.resolved))),
    focused: focused && { name: focused.name, text: String(focused.value ?? "") },
  };
}

type Resolved = z.infer<typeof commandData>["resolved"];

const CHANNEL: number = OptionType.Channel;
const ROLE: number = OptionType.Role;
const USER: number = OptionType.User;

/** The name and the value of an option, if it has one. */
function valueOf({ name, type, value }: RawOption, resolved: Resolved): [string, OptionValue][] {
  if (value === undefined) return [];
  const id = String(value);
  if (type === CHANNEL) return [[name, { id, seen: resolved?.channels.get(id) }]];
  if (type === ROLE) return [[name, { id, seen: resolved?.roles.get(id) }]];
  if (type === USER) {
    const user = resolved?.users.get(id);
    return [[name, { id, seen: user && { ...user, isMember: resolved?.members.has(id) === true } }]];
  }
  return [[name, value]];
}

function fieldsOf(components: readonly RawComponent[]): [string, string][] {
  return components.flatMap(({ custom_id, values, value = values?.[0], component, components: children }) => [
    ...(custom_id !== undefined && value !== undefined ? [[custom_id, value] satisfies [string, string]] : []),
    ...fieldsOf(component ? [component] : []),
    ...fieldsOf(children ?? []),
  ]);
}
