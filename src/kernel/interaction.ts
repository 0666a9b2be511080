import { ApplicationCommandOptionType as OptionType, InteractionType } from "discord-api-types/v10";
import { z } from "zod";
import { localeOf, type Locale } from "./locale.js";
import type { MessageBody } from "./view.js";

/** What every interaction tells of where it comes from. */
interface Source {
  readonly id: string;
  /** Lets anyone answer for 15 minutes: never log it. */
  readonly token: string;
  readonly applicationId: string;
  /** When the person acted, by Discord's clock, in milliseconds since the epoch. */
  readonly createdAt: number;
  readonly userId: string;
  /** How others see them, and the name that nobody else has: `Vesper (@vesper)`. */
  readonly userName: string;
  readonly locale: Locale;
  readonly guildId: string | undefined;
  /** Whether that server has the bot, and not only the person. */
  readonly inBotsServer: boolean;
  /** What the person may do there, as Discord's bits; none outside servers. */
  readonly permissions: bigint;
}

export type OptionValue = string | number | boolean;

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

/** The parts of a message that an edit without files replaces: kept unread, to put them back. */
export interface ShownMessage {
  readonly content: string;
  readonly embeds: NonNullable<MessageBody["embeds"]>;
  readonly components: NonNullable<MessageBody["components"]>;
}

interface RawOption {
  name: string;
  type: number;
  value?: OptionValue | undefined;
  focused?: boolean | undefined;
  options?: RawOption[] | undefined;
}

const rawOption: z.ZodType<RawOption> = z.object({
  name: z.string(),
  type: z.number(),
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
  focused: z.boolean().optional(),
  get options() {
    return z.array(rawOption).optional();
  },
});

const user = z.object({
  id: z.string(),
  username: z.string().default(""),
  global_name: z.string().nullish(),
});
const source = z.object({
  id: z.string().regex(/^[0-9]{1,20}$/),
  token: z.string(),
  application_id: z.string(),
  locale: z.string().optional(),
  guild_id: z.string().optional(),
  user: user.optional(),
  member: z.object({ user, permissions: z.string().regex(/^\d+$/).default("0") }).optional(),
  authorizing_integration_owners: z.record(z.string(), z.string()).default({}),
});

const commandData = z.object({ name: z.string(), options: z.array(rawOption).default([]) });

interface RawComponent {
  custom_id?: string | undefined;
  value?: string | undefined;
  component?: RawComponent | undefined;
  components?: RawComponent[] | undefined;
}
/** A row or label of a submitted form: text inputs sit one level down. */
const rawComponent: z.ZodType<RawComponent> = z.object({
  custom_id: z.string().optional(),
  value: z.string().optional(),
  get component() {
    return rawComponent.optional();
  },
  get components() {
    return z.array(rawComponent).optional();
  },
});

const shownMessage = z.object({
  content: z.string().default(""),
  // Not looked into: they go back to Discord as they came.
  embeds: z.custom<ShownMessage["embeds"]>(Array.isArray).default([]),
  components: z.custom<ShownMessage["components"]>(Array.isArray).default([]),
});

const raw = z.discriminatedUnion("type", [
  source.extend({ type: z.literal(InteractionType.ApplicationCommand), data: commandData }),
  source.extend({ type: z.literal(InteractionType.ApplicationCommandAutocomplete), data: commandData }),
  source.extend({
    type: z.literal(InteractionType.MessageComponent),
    data: z.object({ custom_id: z.string(), values: z.array(z.string()).default([]) }),
    message: shownMessage,
  }),
  source.extend({
    type: z.literal(InteractionType.ModalSubmit),
    data: z.object({ custom_id: z.string(), components: z.array(rawComponent) }),
    message: shownMessage.optional(),
  }),
]);

const DISCORD_EPOCH = 1_420_070_400_000;

/** When an object of Discord was made: its id is a snowflake. Milliseconds since the Unix epoch. */
export function snowflakeTime(id: string): number {
  return Number(BigInt(id) >> 22n) + DISCORD_EPOCH;
}

/**
 * An interaction as Discord sends it over the gateway or over HTTP, as far as the kernel knows its kind.
 * @throws ZodError when it has another shape.
 */
export function parseInteraction(json: unknown): Interaction {
  const parsed = raw.parse(json);
  const person = parsed.member?.user ?? parsed.user;
  if (person === undefined) throw new TypeError("an interaction without a user");
  const common: Source = {
    id: parsed.id,
    token: parsed.token,
    applicationId: parsed.application_id,
    createdAt: snowflakeTime(parsed.id),
    userId: person.id,
    userName: nameOf(person),
    locale: localeOf(parsed.locale),
    guildId: parsed.guild_id,
    inBotsServer: parsed.guild_id !== undefined && parsed.authorizing_integration_owners["0"] === parsed.guild_id,
    permissions: BigInt(parsed.member?.permissions ?? 0),
  };
  switch (parsed.type) {
    case InteractionType.ApplicationCommand:
      return { ...common, kind: "command", ...commandOf(parsed.data) };
    case InteractionType.ApplicationCommandAutocomplete: {
      const { command, options, focused } = commandOf(parsed.data);
      if (!focused) throw new TypeError("an autocomplete interaction without a focused option");
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

function nameOf({ username, global_name: shown }: z.infer<typeof user>): string {
  return (shown ?? username) === username ? `@${username}` : `${shown} (@${username})`;
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
    options: Object.fromEntries(options.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]]))),
    focused: focused && { name: focused.name, text: String(focused.value ?? "") },
  };
}

function fieldsOf(components: readonly RawComponent[]): [string, string][] {
  return components.flatMap(({ custom_id, value, component, components: children }) => [
    ...(custom_id !== undefined && value !== undefined ? [[custom_id, value] satisfies [string, string]] : []),
    ...fieldsOf(component ? [component] : []),
    ...fieldsOf(children ?? []),
  ]);
}
