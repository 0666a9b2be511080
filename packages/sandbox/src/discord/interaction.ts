import type { InteractionType as Kind } from "discord-api-types/v10";
import type { Message } from "./messages.js";
import type { Choice, CommandOption } from "./validation/commands.js";
import type { Modal } from "./validation/modals.js";
import type { Channel, User } from "./world.js";

export type AcknowledgementKind = "reply" | "defer" | "deferUpdate" | "update" | "autocomplete" | "modal";

/** What somebody did, before the bot hears of it. */
export interface InteractionRequest {
  readonly type:
    Kind.ApplicationCommand | Kind.MessageComponent | Kind.ApplicationCommandAutocomplete | Kind.ModalSubmit;
  /** The command's name with its sub-command, or the custom id. For people. */
  readonly name: string;
  readonly commandName?: string;
  /** The `data` of INTERACTION_CREATE. */
  readonly data: object;
  readonly user: User;
  readonly channel: Channel;
  readonly locale: string;
  readonly installed: "guild" | "user";
  /** The message whose component was used (also of the modal that came from it). */
  readonly source?: Message;
  /** The option being typed. */
  readonly focused?: CommandOption;
}

/** An interaction and all that came of it so far. */
export interface Interaction extends InteractionRequest {
  readonly id: string;
  readonly token: string;
  /** Milliseconds since the Unix epoch. */
  readonly createdAt: number;
  /** When it went out to a bot, in milliseconds since the Unix epoch: after a RESUME, and with several sessions, again. */
  readonly deliveredAt: number[];
  acknowledgement: { readonly kind: AcknowledgementKind; readonly afterMs: number } | undefined;
  /** What `@original` is: the reply, the placeholder, or the component's message. */
  original: Message | undefined;
  /** Whether `original` shows an answer: no longer (or never) a placeholder. */
  answered: boolean;
  followUps: Message[];
  choices: readonly Choice[] | undefined;
  modal: Modal | undefined;
  failure: string | undefined;
}

export type InteractionPhase = "sent" | "acknowledged" | "answered" | "failed";

/** Whether nothing more is to be expected of a well-behaved bot. */
export function isFinal({ acknowledgement, answered, original, followUps, failure }: Interaction): boolean {
  if (failure !== undefined) return true;
  switch (acknowledgement?.kind) {
    case undefined:
      return false;
    case "defer":
      return answered || (original?.deleted === true && followUps.length > 0);
    case "deferUpdate":
      return answered || original?.deleted === true || followUps.length > 0;
    case "reply":
    case "update":
    case "autocomplete":
    case "modal":
      return true;
  }
}

/** `authorizing_integration_owners`: who installed the app, by integration type. In direct messages a guild's is "0". */
export function installationOwners({ installed, user, channel }: InteractionRequest): Record<string, string> {
  return installed === "user" ? { 1: user.id } : { 0: channel.guild?.id ?? "0" };
}
