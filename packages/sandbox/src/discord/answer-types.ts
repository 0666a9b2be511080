import { InteractionResponseType as Answer, InteractionType as Kind, MessageFlags } from "discord-api-types/v10";
import { z } from "zod";
import type { Interaction } from "./interaction.js";
import { maybe } from "./validation/fields.js";

/** The callback types that answer an interaction. */
export type AnswerType =
  | Answer.ChannelMessageWithSource
  | Answer.DeferredChannelMessageWithSource
  | Answer.DeferredMessageUpdate
  | Answer.UpdateMessage
  | Answer.ApplicationCommandAutocompleteResult
  | Answer.Modal;

export const withoutData: readonly AnswerType[] = [
  Answer.DeferredChannelMessageWithSource,
  Answer.DeferredMessageUpdate,
];

/** The callback types that may answer the interaction. */
export function answersTo({ type, source }: Interaction): AnswerType[] {
  if (type === Kind.ApplicationCommandAutocomplete) return [Answer.ApplicationCommandAutocompleteResult];
  const answers: AnswerType[] = [Answer.ChannelMessageWithSource, Answer.DeferredChannelMessageWithSource];
  if (source !== undefined) answers.push(Answer.DeferredMessageUpdate, Answer.UpdateMessage);
  if (type !== Kind.ModalSubmit) answers.push(Answer.Modal);
  return answers;
}

const flagged = z.object({ flags: maybe(z.int()) });

export function wantsEphemeral(form: unknown): boolean {
  return isEphemeral(flagged.safeParse(form).data?.flags ?? 0);
}

export function isEphemeral(flags: number): boolean {
  return (flags & MessageFlags.Ephemeral) !== 0;
}
