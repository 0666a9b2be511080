import { InteractionResponseType as Answer, PermissionFlagsBits as Permission } from "discord-api-types/v10";
import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { Clock } from "../clock.js";
import { answersTo, isEphemeral, wantsEphemeral, withoutData } from "./answer-types.js";
import type { UploadedFile } from "./attachments.js";
import { apiErrors, invalidForm } from "./errors.js";
import {
  installationOwners,
  isFinal,
  type AcknowledgementKind,
  type Interaction,
  type InteractionPhase,
  type InteractionRequest,
} from "./interaction.js";
import type { Message, MessageOrigin, MessageStore } from "./messages.js";
import type { SnowflakeSource } from "./snowflake.js";
import { autocompleteResult } from "./validation/commands.js";
import { parseForm } from "./validation/form.js";
import { deferral } from "./validation/messages.js";
import { modal } from "./validation/modals.js";
import type { World } from "./world.js";

/** Milliseconds an app has to acknowledge an interaction, as Discord has it. */
const acknowledgeWithin = 3_000;
/** Milliseconds an interaction's token is good for. */
const tokenLife = 15 * 60_000;
/** Follow-ups an app may send where it is installed for the user alone. */
const userInstallFollowUps = 5;

const identified = z.object({ id: z.string() });
const callback = z.object({ type: z.int(), data: z.unknown().optional() });

/** Interactions: their deadlines, their one acknowledgement, and their webhook's messages. */
export class Interactions {
  readonly #clock: Clock;
  readonly #ids: SnowflakeSource;
  readonly #world: World;
  readonly #messages: MessageStore;
  readonly #acknowledgeMs: number;
  readonly #limit: number;
  readonly #changed: (phase: InteractionPhase, interaction: Interaction) => void;
  readonly #byId = new Map<string, Interaction>();
  readonly #byToken = new Map<string, Interaction>();
  readonly #timers = new Map<string, () => void>();
  readonly #tokenStem = randomBytes(24).toString("base64url");

  /** @param options.limit interactions kept, after which the oldest are forgotten */
  constructor(options: {
    clock: Clock;
    ids: SnowflakeSource;
    world: World;
    messages: MessageStore;
    acknowledgeMs?: number | undefined;
    limit: number;
    changed: (phase: InteractionPhase, interaction: Interaction) => void;
  }) {
    this.#clock = options.clock;
    this.#ids = options.ids;
    this.#world = options.world;
    this.#messages = options.messages;
    this.#acknowledgeMs = options.acknowledgeMs ?? acknowledgeWithin;
    this.#limit = options.limit;
    this.#changed = options.changed;
  }

  /** Starts an interaction and the time for its acknowledgement. */
  begin(request: InteractionRequest): Interaction {
    const id = this.#ids.next();
    const interaction: Interaction = {
      ...request,
      id,
      token: `${this.#tokenStem}-${id}`,
      createdAt: this.#clock.now(),
      deliveredAt: [],
      acknowledgement: undefined,
      original: undefined,
      answered: false,
      followUps: [],
      choices: undefined,
      modal: undefined,
      failure: undefined,
    };
    this.#byId.set(id, interaction);
    this.#byToken.set(interaction.token, interaction);
    this.#forgetOldest();
    const expire = () => {
      this.#timers.delete(id);
      interaction.failure = "The application did not respond";
      this.#changed("failed", interaction);
    };
    this.#timers.set(id, this.#clock.setBackgroundTimeout(expire, this.#acknowledgeMs));
    this.#changed("sent", interaction);
    return interaction;
  }

  /** It went out to a bot. @param payload what INTERACTION_CREATE tells */
  delivered(payload: unknown): void {
    const { id } = identified.safeParse(payload).data ?? {};
    if (id !== undefined) this.#byId.get(id)?.deliveredAt.push(this.#clock.now());
  }

  /**
   * The one acknowledgement.
   *
   * @throws ApiError 10062, 40060, 50035, 50006
   */
  acknowledge(id: string, token: string, body: unknown, files: readonly UploadedFile[]): Interaction {
    const interaction = this.#byId.get(id);
    if (interaction?.token !== token || this.#age(interaction) >= tokenLife) throw apiErrors.unknownInteraction();
    if (interaction.acknowledgement !== undefined) throw apiErrors.alreadyAcknowledged();
    const afterMs = this.#age(interaction);
    if (interaction.failure !== undefined || afterMs >= this.#acknowledgeMs) throw apiErrors.unknownInteraction();
    const { type, data } = parseForm(callback, body);
    const kind = this.#apply(interaction, type, data, files);
    this.#timers.get(id)?.();
    this.#timers.delete(id);
    interaction.acknowledgement = { kind, afterMs };
    this.#changed(isFinal(interaction) ? "answered" : "acknowledged", interaction);
    return interaction;
  }

  /**
   * The interaction behind a webhook's token.
   *
   * @throws ApiError 10015 (unknown, or not acknowledged yet), 50027 (older than 15 minutes)
   */
  webhook(token: string): Interaction {
    const interaction = this.#byToken.get(token);
    if (interaction?.acknowledgement === undefined) throw apiErrors.unknownWebhook();
    if (this.#age(interaction) >= tokenLife) throw apiErrors.invalidWebhookToken();
    return interaction;
  }

  /** The message `id` of this interaction; `@original` is its first answer. */
  message({ original, followUps }: Interaction, id: string): Message {
    const found = id === "@original" || id === original?.id ? original : followUps.find((message) => message.id === id);
    if (found === undefined || found.deleted) throw apiErrors.unknownMessage();
    return found;
  }

  edit(interaction: Interaction, message: Message, body: unknown, files: readonly UploadedFile[]): void {
    this.#messages.edit(message, body, files);
    if (message !== interaction.original || interaction.answered) return;
    interaction.answered = true;
    this.#changed("answered", interaction);
  }

  delete(interaction: Interaction, message: Message): void {
    this.#messages.delete(message);
    this.#changed(isFinal(interaction) ? "answered" : "acknowledged", interaction);
  }

  /** A further message. The first one after a deferral fills the placeholder, whatever visibility it asks for. */
  followUp(interaction: Interaction, body: unknown, files: readonly UploadedFile[]): Message {
    const { original, acknowledgement, followUps } = interaction;
    if (interaction.installed === "user" && followUps.length >= userInstallFollowUps)
      throw apiErrors.tooManyFollowUps();
    if (acknowledgement?.kind === "defer" && original && !original.deleted && !interaction.answered) {
      this.edit(interaction, original, body, files);
      return original;
    }
    const message = this.#messages.create(
      { ...this.#draft(interaction, wantsEphemeral(body)), origin: this.#origin(interaction, original?.id) },
      body,
      files,
    );
    followUps.push(message);
    this.#changed("answered", interaction);
    return message;
  }

  /** Cancels every deadline. */
  close(): void {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  #age({ createdAt }: Interaction): number {
    return this.#clock.now() - createdAt;
  }

  #apply(interaction: Interaction, type: number, data: unknown, files: readonly UploadedFile[]): AcknowledgementKind {
    const at = ["data"];
    const allowed = answersTo(interaction);
    const answer = allowed.find((one: number) => one === type);
    if (answer === undefined) {
      const message = `Value must be one of {${allowed.join(", ")}}.`;
      throw invalidForm([{ path: ["type"], code: "BASE_TYPE_CHOICES", message }]);
    }
    if (data === undefined && !withoutData.includes(answer)) {
      throw invalidForm([{ path: at, code: "BASE_TYPE_REQUIRED", message: "This field is required" }]);
    }
    switch (answer) {
      case Answer.ChannelMessageWithSource:
        interaction.original = this.#messages.create(this.#draft(interaction, wantsEphemeral(data)), data, files, at);
        interaction.answered = true;
        return "reply";
      case Answer.DeferredChannelMessageWithSource: {
        const flags = parseForm(deferral, data, at)?.flags ?? 0;
        interaction.original = this.#messages.placeholder(this.#draft(interaction, isEphemeral(flags)));
        return "defer";
      }
      case Answer.DeferredMessageUpdate:
        interaction.original = interaction.source;
        return "deferUpdate";
      case Answer.UpdateMessage:
        if (interaction.source === undefined || interaction.source.deleted) throw apiErrors.unknownMessage();
        this.#messages.edit(interaction.source, data, files, at);
        interaction.original = interaction.source;
        interaction.answered = true;
        return "update";
      case Answer.ApplicationCommandAutocompleteResult:
        interaction.choices = parseForm(autocompleteResult(interaction.focused?.type), data, at).choices;
        return "autocomplete";
      case Answer.Modal:
        interaction.modal = parseForm(modal, data, at);
        return "modal";
    }
  }

  #draft(interaction: Interaction, ephemeral: boolean) {
    const { channel, user } = interaction;
    const origin = this.#origin(interaction, undefined);
    const visibleTo = ephemeral || this.#mustBeEphemeral(interaction) ? user : undefined;
    return { channel, author: this.#world.bot, origin, visibleTo };
  }

  /** An app of the user's own answers in private where the user may not post or use such apps. */
  #mustBeEphemeral({ installed, user, channel }: Interaction): boolean {
    const needed = Permission.SendMessages | Permission.UseExternalApps;
    return (
      installed === "user" &&
      channel.guild !== undefined &&
      (this.#world.permissions(user, channel) & needed) !== needed
    );
  }

  #origin(interaction: Interaction, originalMessageId: string | undefined): MessageOrigin {
    return {
      interactionId: interaction.id,
      type: interaction.type,
      // With the sub-command, as in Discord's interaction metadata.
      commandName: interaction.commandName === undefined ? undefined : interaction.name,
      user: interaction.user,
      owners: installationOwners(interaction),
      interactedMessageId: interaction.source?.id,
      originalMessageId,
    };
  }

  #forgetOldest(): void {
    if (this.#byId.size <= this.#limit) return;
    const oldest = this.#byId.values().next().value;
    if (oldest === undefined) return;
    this.#byId.delete(oldest.id);
    this.#byToken.delete(oldest.token);
  }
}
