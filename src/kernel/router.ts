import { InteractionResponseType } from "discord-api-types/v10";
import type { Logger } from "pino";
import { Ongoing } from "../ongoing.js";
import type { Clock, Random } from "../time.js";
import { readOnce } from "./account.js";
import { Admission } from "./admission.js";
import { Answering, type AnsweringOptions } from "./answering.js";
import type { Action, Command } from "./command.js";
import { contextOf, type ContextSources } from "./context.js";
import { beganAt, FIRST_ANSWER_MS } from "./delivery.js";
import { Explanations, type Diagnose } from "./explain.js";
import { Failures, lossOf, type FailuresOptions } from "./failures.js";
import type { AutocompleteInteraction, Interaction, UnreadableInteraction } from "./interaction.js";
import { Callers, type CallersOptions, type Preferences } from "./preferences.js";
import type { Responder } from "./responder.js";
import { answerTyping } from "./suggestions.js";
import { Suspension } from "./suspension.js";
import { targetOf } from "./target.js";
import { UndeliveredError } from "./undelivered.js";
import { messageBody } from "./view.js";

/** One of a crowd that is older when its turn comes is not worked on before "thinking…" is shown. */
const LATE_MS = 500;

export interface RouterOptions
  extends
    ContextSources,
    Pick<AnsweringOptions, "simulated" | "onAnswered" | "grace" | "aside">,
    Pick<FailuresOptions, "linking">,
    Pick<CallersOptions, "personal"> {
  readonly commands: readonly Command[];
  readonly log: Logger;
  /** Rules the waits and the deadlines. */
  readonly clock: Clock;
  /** Tells how long the process did not run. Default: the machine's time since its start. */
  readonly running?: Clock;
  readonly random: Random;
  /** What people and servers chose; undefined: nobody can choose. */
  readonly preferences?: Preferences;
  /** Knows the errors of what commands use. */
  readonly diagnose?: Diagnose;
}

/** Brings each interaction to the command that answers it, in its turn. */
export class Router {
  readonly #options: RouterOptions;
  readonly #actions: ReadonlyMap<string, Action>;
  readonly #callers: Callers;
  readonly #explanations: Explanations;
  readonly #admission: Admission;
  readonly #answering: Answering;
  readonly #running = new Ongoing();
  readonly #suspension: Suspension;
  #stopping = false;

  constructor(options: RouterOptions) {
    const { commands, diagnose, preferences, clock } = options;
    this.#options = options;
    this.#actions = new Map(commands.flatMap(({ actions }) => [...actions]));
    this.#callers = new Callers({ ...options, preferences });
    this.#explanations = new Explanations(commands, diagnose);
    this.#admission = new Admission(clock);
    this.#suspension = new Suspension(clock, options.running);
    this.#answering = new Answering({
      ...options,
      sources: options,
      callers: this.#callers,
      failures: new Failures({ ...options, explanations: this.#explanations }),
      stopping: () => this.#stopping,
    });
  }

  /** Whether somebody waits for an answer. */
  get busy(): boolean {
    return this.#running.any;
  }

  /** Answers one interaction; `thinkFirst`: a command shows "thinking…" before any work. Never rejects: failures go to the person, to the log, or to both. */
  async handle(
    interaction: Interaction | UnreadableInteraction,
    responder: Responder,
    { thinkFirst = false }: { readonly thinkFirst?: boolean } = {},
  ): Promise<void> {
    this.#running.begin();
    try {
      await this.#admit(interaction, responder, thinkFirst);
    } catch (error) {
      if (error instanceof UndeliveredError) lossOf(error, this.#options.log);
      // All ways catch what can go wrong; whatever still comes must not end the process.
      else this.#options.log.error({ err: error, interaction: interaction.id }, "the kernel failed");
    } finally {
      this.#running.end();
    }
  }

  /** Refuses what comes from now on, and waits until what runs has ended. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#running.over();
    this.#suspension.stop();
  }

  #admit(interaction: Interaction | UnreadableInteraction, responder: Responder, thinkFirst: boolean): Promise<void> {
    const waited = this.#suspension.covers(interaction.createdAt);
    // A command learns from "thinking…" whether Discord still waits; a button has no such answer.
    if (waited && interaction.kind !== "command") {
      this.#options.log.info(
        { interaction: interaction.id },
        "this process was suspended: what came meanwhile is too old",
      );
      return Promise.resolve();
    }
    const late = thinkFirst || waited || this.#admission.crowded;
    const turn = this.#admission.enter();
    return turn ? this.#queue(interaction, responder, turn, late) : this.#begin(interaction, responder, late);
  }

  /** What cannot be answered any more when its turn comes is not begun: it would only delay those behind it. */
  async #queue(
    interaction: Interaction | UnreadableInteraction,
    responder: Responder,
    turn: Promise<void>,
    crowded: boolean,
  ): Promise<void> {
    const { clock, log } = this.#options;
    const began = beganAt(interaction.createdAt, clock.now());
    await turn;
    const age = clock.now() - began;
    if (age < FIRST_ANSWER_MS)
      return this.#begin(interaction, responder, crowded || this.#admission.crowded || age >= LATE_MS);
    log.debug({ interaction: interaction.id, ms: age }, "too many at once: this one came too late");
    if (interaction.kind !== "unreadable" && interaction.kind !== "autocomplete")
      this.#options.onAnswered?.({
        command: targetOf(interaction, this.#actions).command ?? "unknown",
        outcome: "lost",
        duration: age,
      });
  }

  /** `late`: in a crowd, so that "thinking…" has to be there before the work. */
  #begin(interaction: Interaction | UnreadableInteraction, responder: Responder, late: boolean): Promise<void> {
    if (interaction.kind === "unreadable") return this.#refuse(interaction, responder);
    if (interaction.kind === "autocomplete") return this.#suggest(interaction, responder);
    const postpone = late ? (first: () => Promise<void>) => this.#admission.postpone(first) : undefined;
    return this.#answering.answer(interaction, targetOf(interaction, this.#actions), responder, postpone);
  }

  /** Nobody knows what was requested, but a person waits. */
  async #refuse({ id, typing, locale, reason }: UnreadableInteraction, responder: Responder): Promise<void> {
    this.#options.log.warn({ err: reason, interaction: id }, "an interaction of an unknown kind");
    const content = this.#options.texts.translator(locale)("error.unknown-command");
    await responder.callback(
      typing
        ? { type: InteractionResponseType.ApplicationCommandAutocompleteResult, data: { choices: [] } }
        : {
            type: InteractionResponseType.ChannelMessageWithSource,
            data: messageBody({ content }, { private: true }),
          },
    );
  }

  async #suggest(interaction: AutocompleteInteraction, responder: Responder): Promise<void> {
    const { accounts, clock, log } = this.#options;
    const { command, focused } = interaction;
    const caller = await this.#callers.identify(interaction);
    const option = this.#stopping ? undefined : this.#actions.get(command)?.options[focused.name];
    await answerTyping({
      interaction,
      suggest: option?.type === "text" ? option.suggest : undefined,
      contextFor: (signal) =>
        contextOf(this.#options, caller, {
          signal,
          copy: false,
          typing: true,
          accounts: accounts && readOnce(accounts),
          progress: () => undefined,
          reread: () => this.#callers.reread(interaction),
        }),
      explanations: this.#explanations,
      responder,
      log: log.child({ interaction: interaction.id, subject: `${command} ${focused.name}` }),
      clock,
    });
  }
}
