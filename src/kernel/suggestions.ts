import { InteractionResponseType, type APIInteractionResponse } from "discord-api-types/v10";
import type { Logger } from "pino";
import { abortable, type Clock } from "../time.js";
import type { Context } from "./context.js";
import { startDeadline } from "./deadline.js";
import { truncate } from "./embed.js";
import { plain, typedText } from "./escape.js";
import type { Explanations } from "./explain.js";
import type { AutocompleteInteraction } from "./interaction.js";
import { typedTexts, type Choice, type Suggest } from "./option.js";
import type { Responder } from "./responder.js";

/** Suggestions are of no use later: Discord takes none after three seconds. */
const PATIENCE_MS = 2_000;
const CHOICES = 25;
const CHOICE_LENGTH = 100;

interface Typing {
  readonly interaction: AutocompleteInteraction;
  readonly suggest: Suggest | undefined;
  readonly contextFor: (signal: AbortSignal) => Context;
  readonly explanations: Explanations;
  readonly responder: Responder;
  readonly log: Logger;
  readonly clock: Clock;
}

/** Offers what fits the text typed so far; an empty list where that fails: suggestions cannot show an error. */
export async function answerTyping(typing: Typing): Promise<void> {
  const { interaction, suggest, contextFor, explanations, responder, log, clock } = typing;
  const { focused, options } = interaction;
  const deadline = startDeadline(clock, PATIENCE_MS);
  const context = contextFor(deadline.signal);
  let choices: readonly Choice[] = [];
  try {
    const offered = suggest?.(typedText(focused.text), context, typedTexts(options)) ?? [];
    choices = await abortable(Promise.resolve(offered), deadline.signal);
  } catch (error) {
    log[explanations.isKnown(error, context) ? "debug" : "error"]({ err: error }, "no suggestions");
  } finally {
    deadline.cancel();
  }
  try {
    await responder.callback(choicesResponse(choices));
  } catch (error) {
    // People type on: an answer to an older keystroke is often refused, and nothing is lost by it.
    log.debug({ err: error }, "suggestions came too late");
  }
}

function choicesResponse(choices: readonly Choice[]): APIInteractionResponse {
  const fitting = choices
    .filter(({ value }) => value.trim() !== "" && value.length <= CHOICE_LENGTH)
    .map(({ name, value }) => ({ name: truncate(plain(name), CHOICE_LENGTH) || value, value }));
  return {
    type: InteractionResponseType.ApplicationCommandAutocompleteResult,
    data: { choices: fitting.slice(0, CHOICES) },
  };
}
