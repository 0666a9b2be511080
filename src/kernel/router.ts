import type { Logger } from "pino";
import type { Clock, Random } from "../clock.js";
import { Acknowledgement, type Occasion, type Outcome } from "./acknowledgement.js";
import type { Action, Command } from "./command.js";
import { openCustomId } from "./component.js";
import { contextOf, type Context, type ContextSources } from "./context.js";
import { startDeadline } from "./deadline.js";
import { errorId, UserError } from "./errors.js";
import { explain } from "./explain.js";
import type { AutocompleteInteraction, Interaction } from "./interaction.js";
import type { Responder } from "./responder.js";
import { answerTyping } from "./suggestions.js";
import type { Result } from "./view.js";

/** How long the kernel waits for a result before it shows "thinking…", from the person's action. */
const GRACE_MS = 1_000;
/** After this the person is told that it took too long. */
const DEADLINE_MS = 9_000;

export interface RouterOptions extends Omit<ContextSources, "names"> {
  readonly commands: readonly Command[];
  readonly log: Logger;
  /** Rules the waits and the deadlines. */
  readonly clock: Clock;
  readonly random: Random;
  /** Whether the answers are made from a simulated world, which each of them then says. */
  readonly simulated: boolean;
  /** Milliseconds; 0 shows "thinking…" at once unless the result is there already. */
  readonly grace?: number;
}

type Answerable = Exclude<Interaction, AutocompleteInteraction>;

/** Brings each interaction to the command that answers it, and the answer back. */
export class Router {
  readonly #options: RouterOptions;
  readonly #sources: ContextSources;
  readonly #actions: ReadonlyMap<string, Action>;
  readonly #running = new Set<Promise<void>>();
  #stopping = false;

  constructor(options: RouterOptions) {
    this.#options = options;
    this.#actions = new Map(options.commands.flatMap((command) => [...command.actions]));
    this.#sources = { ...options, names: [...this.#actions.keys()] };
  }

  /** Answers one interaction. Never rejects: what goes wrong is told to the person, to the log, or to both. */
  async handle(interaction: Interaction, responder: Responder): Promise<void> {
    const running =
      interaction.kind === "autocomplete"
        ? this.#suggest(interaction, responder)
        : this.#answer(interaction, responder);
    this.#running.add(running);
    try {
      await running;
    } catch (error) {
      // Both ways catch what can go wrong; whatever still comes must not end the process.
      this.#options.log.error({ err: error, interaction: interaction.id }, "the kernel failed");
    } finally {
      this.#running.delete(running);
    }
  }

  /** Refuses what comes from now on, and waits until what runs has ended. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.allSettled(this.#running);
  }

  async #suggest(interaction: AutocompleteInteraction, responder: Responder): Promise<void> {
    const { command, focused } = interaction;
    await answerTyping({
      interaction,
      suggest: this.#stopping ? undefined : this.#actions.get(command)?.options[focused.name]?.suggest,
      contextFor: (signal) => contextOf(this.#sources, interaction, signal),
      responder,
      log: this.#options.log.child({ interaction: interaction.id, subject: `${command} ${focused.name}` }),
      clock: this.#options.clock,
    });
  }

  async #answer(interaction: Answerable, responder: Responder): Promise<void> {
    const { clock, grace = GRACE_MS } = this.#options;
    const started = clock.now();
    const log = this.#options.log.child({ interaction: interaction.id, subject: subjectOf(interaction) });
    const outcome = this.#outcome(interaction, log);
    const acknowledgement = new Acknowledgement(this.#occasion(interaction, responder), clock);
    try {
      await acknowledgement.settle(outcome, grace);
    } catch (error) {
      await this.#rescue(error, interaction, acknowledgement, log);
    }
    log.debug({ ms: clock.now() - started, failed: (await outcome).failed }, "answered");
  }

  /** Runs what was asked for; whatever goes wrong becomes an answer. */
  async #outcome(interaction: Answerable, log: Logger): Promise<Outcome> {
    const deadline = startDeadline(this.#options.clock, DEADLINE_MS);
    const context = contextOf(this.#sources, interaction, deadline.signal);
    try {
      return { result: await Promise.race([this.#run(interaction, context), deadline.passed]), failed: false };
    } catch (error) {
      return { result: { content: this.#explanation(error, context, log) }, failed: true };
    } finally {
      deadline.cancel();
    }
  }

  async #run(interaction: Answerable, context: Context): Promise<Result> {
    if (this.#stopping) throw new UserError("error.restarting");
    if (interaction.kind === "command") {
      const action = this.#actions.get(interaction.command);
      if (!action) throw new UserError("error.unknown-command");
      return action.call(interaction.options, context);
    }
    const id = openCustomId(interaction.customId, interaction.userId);
    const action = this.#actions.get(id.command);
    if (interaction.kind === "component") {
      const component = action?.components?.find((candidate) => candidate.action === id.action);
      if (!component) throw new UserError("error.panel-expired");
      return component.respond(id, interaction.values, context);
    }
    const form = action?.modals?.find((candidate) => candidate.action === id.action);
    if (!form) throw new UserError("error.panel-expired");
    return form.respond(id, interaction.fields, context);
  }

  /** What the person reads of an error; what the operator needs goes to the log. */
  #explanation(error: unknown, context: Context, log: Logger): string {
    const known = explain(error);
    if (known) {
      log.debug({ err: error, key: known.key }, "refused");
      return context.t(known.key, known.params);
    }
    const id = errorId(this.#options.random);
    log.error({ err: error, errorId: id }, "a command failed");
    return context.t("error.unexpected", { id });
  }

  /** Discord refused an answer. If it was the message that was wrong, the person still hears something. */
  async #rescue(error: unknown, interaction: Answerable, acknowledgement: Acknowledgement, log: Logger): Promise<void> {
    if (isGone(error)) {
      log.warn({ err: error }, "the interaction was gone before the answer");
      return;
    }
    const context = contextOf(this.#sources, interaction, AbortSignal.abort());
    const content = this.#explanation(error, context, log);
    try {
      await acknowledgement.finish({ result: { content }, failed: true });
    } catch (reason) {
      log.warn({ err: reason }, "the failure could not be told");
    }
  }

  #occasion(interaction: Answerable, responder: Responder): Occasion {
    const fromMessage = interaction.kind === "component" || (interaction.kind === "modal" && interaction.fromMessage);
    const action = interaction.kind === "command" ? this.#actions.get(interaction.command) : undefined;
    const { simulated, texts } = this.#options;
    return {
      responder,
      target: fromMessage ? "same" : "new",
      private: action?.visibility !== "public",
      footnote: simulated ? texts.translator(interaction.locale)("card.simulated") : undefined,
      createdAt: interaction.createdAt,
    };
  }
}

function subjectOf(interaction: Answerable): string {
  return interaction.kind === "command"
    ? interaction.command
    : `${interaction.kind} ${interaction.customId.slice(0, 40)}`;
}

/** Discord's codes for an interaction that is no longer there, was answered already, or whose 15 minutes are over. */
const GONE = new Set<unknown>([10_062, 10_008, 10_015, 40_060, 50_027]);

function isGone(error: unknown): boolean {
  return error instanceof Error && "code" in error && GONE.has(error.code);
}
