import { MessageFlags, Routes } from "discord-api-types/v10";
import { DiscordAPIError, type REST } from "discord.js";
import type { Logger } from "pino";
import { z } from "zod";
import { MINUTE_MS, backgroundPause, type Clock } from "../time.js";
import { FIRST_ANSWER_MS } from "./delivery.js";
import type { Interaction } from "./interaction.js";
import type { Responder } from "./responder.js";
import { UndeliveredError } from "./undelivered.js";

export interface RecoveryOptions {
  readonly rest: REST;
  readonly clock: Clock;
  readonly log: Logger;
  /** Of an interaction that is given to `answer`. */
  readonly respond: (interaction: Interaction) => Responder;
  /** Answers one that nobody has answered. "thinking…" is to come before any work: should Discord not take that, there is none. */
  readonly answer: (interaction: Interaction, responder: Responder) => Promise<void>;
  /** Tells the person that their command was lost, in place of "thinking…". */
  readonly apologize: (interaction: Interaction) => Promise<void>;
}

/** Longer than anybody works on an answer. */
const ABANDONED_MS = 20_000;
/** Our clock may be so far from Discord's. */
const SKEW_MS = 2 * MINUTE_MS;
/** Discord's code while nothing has answered an interaction. */
const UNKNOWN_WEBHOOK = 10_015;

const message = z.object({ flags: z.int().default(0) });

/**
 * Interactions that a killed process may have received: Discord tells the next process of them again. What was answered stays
 * as it is, what nobody has answered is answered while there is time, and who still sees "thinking…" is asked to try again,
 * because nobody knows how much of the work was done.
 */
export class Recovery {
  readonly #options: RecoveryOptions;

  constructor(options: RecoveryOptions) {
    this.#options = options;
  }

  /** Never rejects. */
  async recover(interaction: Interaction): Promise<void> {
    const { clock, log, apologize } = this.#options;
    try {
      const age = clock.now() - interaction.createdAt;
      // Suggestions change nothing, and Discord takes them once; a command does nothing before Discord has taken its first answer.
      const isCommand = interaction.kind === "command";
      const isHarmless = isCommand || interaction.kind === "autocomplete";
      const inTime = age < (isHarmless ? SKEW_MS : FIRST_ANSWER_MS);
      if (interaction.kind === "autocomplete") {
        if (inTime) await this.#answer(interaction);
        return;
      }
      // Without a look at it first: little of its three seconds is left, and a crowd may be waiting.
      if (isCommand && inTime && (await this.#answer(interaction))) return;
      const state = await this.#stateOf(interaction);
      log.debug({ interaction: interaction.id, ms: age, state }, "an interaction from before a kill");
      if (state === "untouched" && inTime && !isCommand) await this.#answer(interaction);
      if (state !== "thinking") return;
      await backgroundPause(Math.min(ABANDONED_MS, ABANDONED_MS - age), clock);
      if ((await this.#stateOf(interaction)) === "thinking") await apologize(interaction);
    } catch (error) {
      log.info({ err: error, interaction: interaction.id }, "an interaction from before a kill was given up");
    }
  }

  /** Whether Discord took the first answer. Where somebody else's is there, the work was begun, and is not begun again. */
  async #answer(interaction: Interaction): Promise<boolean> {
    const { respond, answer } = this.#options;
    const responder = respond(interaction);
    let taken = false;
    await answer(interaction, {
      ...responder,
      async callback(response, files) {
        if ((await responder.callback(response, files)) === "before")
          throw new UndeliveredError("gone", "it was answered before the kill");
        taken = true;
        return "taken";
      },
    });
    return taken;
  }

  /** What the person sees. The interaction's token is the authorization. */
  async #stateOf({ applicationId, token }: Interaction): Promise<"untouched" | "thinking" | "answered"> {
    try {
      const shown = await this.#options.rest.get(Routes.webhookMessage(applicationId, token, "@original"), {
        auth: false,
      });
      return (message.parse(shown).flags & MessageFlags.Loading) === 0 ? "answered" : "thinking";
    } catch (error) {
      if (!(error instanceof DiscordAPIError)) throw error;
      return error.code === UNKNOWN_WEBHOOK ? "untouched" : "answered";
    }
  }
}
