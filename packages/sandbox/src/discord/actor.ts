import { ApplicationCommandType, ButtonStyle, ComponentType, InteractionType as Kind } from "discord-api-types/v10";
import type { StoredCommand } from "./commands.js";
import type { Core } from "./core.js";
import { NotPossibleError, WaitError } from "./errors.js";
import type { Interaction, InteractionRequest } from "./interaction.js";
import { fieldsData, type FieldValues } from "./modal-fields.js";
import type { Message } from "./messages.js";
import { commandData, resolve, type OptionValues, type Resolved, type SentFile } from "./options.js";
import type { Outcome } from "./outcome.js";
import { sendingPermission } from "./permissions.js";
import { isForum } from "./threads.js";
import { type OpenModal } from "./outcome.js";
import { walk, type Button, type EntitySelect, type StringSelect } from "./validation/components.js";
import type { Choice } from "./validation/commands.js";
import { whyHidden, type Place } from "./visibility.js";

/** Where and how somebody uses the bot. */
export interface Standpoint extends Place {
  readonly locale: string;
}

/** `answered`: until a well-behaved bot has no more to say. `acknowledged`: only until the first sign of life. */
export interface ActOptions {
  readonly until?: "answered" | "acknowledged";
}

/** What the simulator does for its people: sends their interactions to the bot and waits for what comes. */
export interface Stage extends Core {
  readonly send: (request: InteractionRequest) => Interaction;
  readonly outcome: (interaction: Interaction, until: "answered" | "acknowledged") => Promise<Outcome>;
}

/**
 * Somebody who uses the bot from one place. Every method throws a NotPossibleError for what Discord's own client
 * would not let them do, and a WaitError when an answer stays out.
 */
export class Actor {
  readonly standpoint: Standpoint;
  readonly #stage: Stage;

  constructor(stage: Stage, standpoint: Standpoint) {
    this.#stage = stage;
    this.standpoint = standpoint;
  }

  /** The same person elsewhere, or in another language. */
  at(changes: Partial<Omit<Standpoint, "user">>): Actor {
    return new Actor(this.#stage, { ...this.standpoint, ...changes });
  }

  /** The slash commands this person sees here. */
  commands(): StoredCommand[] {
    return this.#registered().filter((command) => this.#hidden(command) === undefined);
  }

  /**
   * Types a slash command and waits for its answer.
   *
   * @param name the command with its sub-command: `"clan info"`
   */
  async slash(name: string, options: OptionValues = {}, { until = "answered" }: ActOptions = {}): Promise<Outcome> {
    return this.#stage.outcome(this.#stage.send(this.#command(name, options)), until);
  }

  /**
   * Types into an option with autocomplete.
   *
   * @param options the other options filled in so far
   * @throws WaitError when the bot offered nothing in time
   */
  async autocomplete(
    name: string,
    option: string,
    typed: string,
    options: OptionValues = {},
  ): Promise<readonly Choice[]> {
    const request = this.#command(name, { ...options, [option]: typed }, option);
    const { choices, failure } = await this.#stage.outcome(this.#stage.send(request), "answered");
    if (choices === undefined)
      throw new WaitError(`/${name} offered no choices for "${option}": ${failure ?? "no answer"}`);
    return choices;
  }

  /** Presses a button. @param target its custom id or label */
  async click(message: Message, target: string, { until = "answered" }: ActOptions = {}): Promise<Outcome> {
    const buttons = components(this.#seen(message)).filter(
      (part): part is Button => part.type === ComponentType.Button,
    );
    const button =
      only(buttons, target, (one) => one.custom_id === target) ?? only(buttons, target, (one) => one.label === target);
    if (button === undefined) throw new NotPossibleError(`no button "${target}" among ${names(buttons)}`);
    if (button.style === ButtonStyle.Link) throw new NotPossibleError(`"${target}" only opens a link`);
    if (button.disabled) throw new NotPossibleError(`the button "${target}" is disabled`);
    return this.#use(message, button.custom_id ?? "", { component_type: button.type, id: button.id }, until);
  }

  /** Chooses in a select menu. @param values of its options, or ids of people, roles or channels */
  async select(
    message: Message,
    customId: string,
    values: readonly string[],
    { until = "answered" }: ActOptions = {},
  ): Promise<Outcome> {
    const menus = components(this.#seen(message)).filter((part) => part.type !== ComponentType.Button);
    const menu = only(menus, customId, (one) => one.custom_id === customId);
    if (menu === undefined) throw new NotPossibleError(`no select menu "${customId}" among ${names(menus)}`);
    if (menu.disabled) throw new NotPossibleError(`the select menu "${customId}" is disabled`);
    const resolved = this.selection(menu, values);
    return this.#use(message, customId, { component_type: menu.type, id: menu.id, values, ...resolved }, until);
  }

  /** Fills in a modal and sends it. Fields left out keep the value they came with. */
  async submit(modal: OpenModal, fields: FieldValues = {}, { until = "answered" }: ActOptions = {}): Promise<Outcome> {
    const { interaction } = modal;
    if (interaction.user !== this.standpoint.user)
      throw new NotPossibleError("the modal is on another person's screen");
    const { source } = interaction;
    const request: InteractionRequest = {
      ...this.#place(interaction.channel, interaction.installed),
      type: Kind.ModalSubmit,
      name: modal.custom_id,
      data: { custom_id: modal.custom_id, ...fieldsData(modal, fields, this) },
      ...(source ? { source } : {}),
    };
    return this.#stage.outcome(this.#stage.send(request), until);
  }

  /** Writes a message. It may revive a thread. */
  say(content: string): Message {
    const { user, channel } = this.standpoint;
    const { world, messages } = this.#stage;
    if (isForum(channel) || !world.sees(user, channel)) throw new NotPossibleError(`nobody writes in #${channel.name}`);
    const needed = sendingPermission(channel);
    if (channel.guild && (world.permissions(user, channel) & needed) === 0n) {
      throw new NotPossibleError(`${user.username} may not write in #${channel.name}`);
    }
    return messages.create({ channel, author: user }, { content }, []);
  }

  /** What this person sees in the channel, oldest first: public messages and their own ephemeral ones. */
  messages(): Message[] {
    const { user, channel } = this.standpoint;
    return this.#stage.messages.list(channel).filter(({ visibleTo }) => visibleTo === undefined || visibleTo === user);
  }

  /**
   * The `resolved` part of a selection.
   *
   * @throws NotPossibleError when these values cannot be chosen
   */
  selection(menu: StringSelect | EntitySelect, values: readonly string[]): { resolved?: Resolved } {
    const { min_values: min, max_values: max, custom_id: name } = menu;
    if (values.length < min || values.length > max) {
      throw new NotPossibleError(`"${name}" takes ${min} to ${max} values, not ${values.length}`);
    }
    const resolved: Resolved = {};
    for (const value of values) {
      const known =
        menu.type === ComponentType.StringSelect
          ? menu.options.some((option) => option.value === value)
          : resolve(value, entities[menu.type], this.#asked(), resolved, menu.channel_types);
      if (!known) throw new NotPossibleError(`"${value}" cannot be chosen in "${name}"`);
    }
    return menu.type === ComponentType.StringSelect ? {} : { resolved };
  }

  store(file: SentFile) {
    return this.#stage.messages.attachments.add(this.standpoint.channel.id, file);
  }

  #registered(): StoredCommand[] {
    const { guild } = this.standpoint.channel;
    const own = guild === undefined ? [] : this.#stage.commands.list(guild.id);
    return [...own, ...this.#stage.commands.list()].filter(({ type }) => type === ApplicationCommandType.ChatInput);
  }

  #hidden(command: StoredCommand): string | undefined {
    return whyHidden(command, this.standpoint, this.#stage.world);
  }

  #command(path: string, values: OptionValues, focus?: string): InteractionRequest {
    const [name = "", ...rest] = path.trim().split(/\s+/);
    const candidates = this.#registered().filter((one) => one.name === name);
    const command = candidates.find((one) => this.#hidden(one) === undefined) ?? candidates[0];
    if (command === undefined) {
      const known = this.#registered().map((one) => one.name);
      throw new NotPossibleError(`there is no command /${name}; registered: ${known.join(", ") || "none"}`);
    }
    const hidden = this.#hidden(command);
    if (hidden !== undefined) throw new NotPossibleError(`/${name} is not to be seen: ${hidden}`);
    const { channel, installed } = this.standpoint;
    const context = { ...this.#asked(), store: (file: SentFile) => this.store(file) };
    const { data, focused } = commandData(command, rest, values, context, focus);
    return {
      ...this.#place(channel, installed),
      type: focused ? Kind.ApplicationCommandAutocomplete : Kind.ApplicationCommand,
      name: path,
      commandName: name,
      data,
      ...(focused ? { focused } : {}),
    };
  }

  #place(channel: Standpoint["channel"], installed: Standpoint["installed"]) {
    const { user, locale } = this.standpoint;
    if (!this.#stage.world.sees(user, channel))
      throw new NotPossibleError(`${user.username} is not in #${channel.name}`);
    return { user, locale, channel, installed };
  }

  #asked() {
    const { user, channel } = this.standpoint;
    return { world: this.#stage.world, guild: channel.guild, user, now: this.#stage.clock.now() };
  }

  #seen(message: Message): Message {
    if (message.deleted) throw new NotPossibleError("the message was deleted");
    if (message.visibleTo !== undefined && message.visibleTo !== this.standpoint.user) {
      throw new NotPossibleError("the message is ephemeral and another person's");
    }
    return message;
  }

  #use(message: Message, customId: string, data: object, until: "answered" | "acknowledged"): Promise<Outcome> {
    const installed = message.origin !== undefined && "1" in message.origin.owners ? "user" : "guild";
    const request: InteractionRequest = {
      ...this.#place(message.channel, installed),
      type: Kind.MessageComponent,
      name: customId,
      data: { ...data, custom_id: customId },
      source: message,
    };
    return this.#stage.outcome(this.#stage.send(request), until);
  }
}

const entities = {
  [ComponentType.UserSelect]: ["user"],
  [ComponentType.RoleSelect]: ["role"],
  [ComponentType.MentionableSelect]: ["user", "role"],
  [ComponentType.ChannelSelect]: ["channel"],
} as const;

function components(message: Message): (Button | StringSelect | EntitySelect)[] {
  return [...walk(message.components)].flatMap(([part]) => ("disabled" in part ? part : []));
}

function only<T>(parts: readonly T[], target: string, matches: (part: T) => boolean): T | undefined {
  const found = parts.filter(matches);
  if (found.length > 1) throw new NotPossibleError(`"${target}" stands on ${found.length} components: use a custom id`);
  return found[0];
}

function names(parts: readonly { custom_id?: string | undefined; label?: string | undefined }[]): string {
  const all = parts.map(({ label, custom_id }) => (label === undefined ? custom_id : `${label} (${custom_id})`));
  return all.join(", ") || "none";
}
