import { ButtonStyle, InteractionResponseType } from "discord-api-types/v10";
import type { Logger } from "pino";
import type { Clock, Random } from "../clock.js";
import { LinkNeededError } from "./account.js";
import { Acknowledgement, type Occasion, type Outcome } from "./acknowledgement.js";
import { button, row } from "./card.js";
import type { Action, Command } from "./command.js";
import { openCustomId } from "./component.js";
import { contextOf, type Context, type ContextSources } from "./context.js";
import { decodeCustomId, encodeCustomId } from "./custom-id.js";
import { startDeadline, type Deadline } from "./deadline.js";
import { errorId, UserError } from "./errors.js";
import { explain, type Diagnose, type ExplainUnknown } from "./explain.js";
import type { AutocompleteInteraction, Interaction, UnreadableInteraction } from "./interaction.js";
import { lacks } from "./permission.js";
import { Callers, type Caller, type Preferences } from "./preferences.js";
import { Reply } from "./reply.js";
import { isGone, type Responder } from "./responder.js";
import { answerTyping } from "./suggestions.js";
import { messageBody, type Result, type View } from "./view.js";

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
  /** What people and servers chose; undefined: nobody can choose. */
  readonly preferences?: Preferences;
  /** Knows the errors of rooms that the kernel does not know. */
  readonly diagnose?: Diagnose;
  /** Knows what the game does not know, whichever command asked for it. */
  readonly explainUnknown?: ExplainUnknown;
  /** The component, without state, that begins to link an account; it hangs under answers that ask for one. */
  readonly linking?: { readonly command: string; readonly action: string };
  /** Whether the answers are made from a simulated world, which each of them then says. */
  readonly simulated: boolean;
  /** Told of everything that was answered; for counting. */
  readonly onAnswered?: (answered: Answered) => void;
  /** Milliseconds; 0 shows "thinking…" at once unless the result is there already. */
  readonly grace?: number;
}

/** How something a person did was answered. */
export interface Answered {
  /** One of ours, such as `clan list`, also for its components and forms; "unknown" for any other. */
  readonly command: string;
  /** "refused": told why not. "failed": a defect. */
  readonly outcome: Ending;
  /** Milliseconds from its arrival to the answer. */
  readonly duration: number;
}

type Ending = "ok" | "refused" | "failed";
type Ended = Outcome & { readonly ending: Ending };
type Answerable = Exclude<Interaction, AutocompleteInteraction>;

/** Brings each interaction to the command that answers it, and the answer back. */
export class Router {
  readonly #options: RouterOptions;
  readonly #sources: ContextSources;
  readonly #actions: ReadonlyMap<string, Action>;
  readonly #callers: Callers;
  readonly #running = new Set<Promise<void>>();
  #stopping = false;

  constructor(options: RouterOptions) {
    this.#options = options;
    this.#actions = new Map(options.commands.flatMap((command) => [...command.actions]));
    this.#sources = { ...options, names: [...this.#actions.keys()] };
    this.#callers = new Callers({ ...options, preferences: options.preferences });
  }

  /** Answers one interaction. Never rejects: what goes wrong is told to the person, to the log, or to both. */
  async handle(interaction: Interaction | UnreadableInteraction, responder: Responder): Promise<void> {
    const running = this.#begin(interaction, responder);
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

  #begin(interaction: Interaction | UnreadableInteraction, responder: Responder): Promise<void> {
    if (interaction.kind === "unreadable") return this.#refuse(interaction, responder);
    return interaction.kind === "autocomplete"
      ? this.#suggest(interaction, responder)
      : this.#answer(interaction, responder);
  }

  /** Nobody knows what was asked for, but a person waits. */
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
    const { command, focused } = interaction;
    const caller = await this.#callers.identify(interaction);
    const option = this.#stopping ? undefined : this.#actions.get(command)?.options[focused.name];
    await answerTyping({
      interaction,
      suggest: option?.type === "text" ? option.suggest : undefined,
      contextFor: (signal) => this.#context(interaction, caller, signal, () => undefined),
      responder,
      log: this.#options.log.child({ interaction: interaction.id, subject: `${command} ${focused.name}` }),
      clock: this.#options.clock,
    });
  }

  async #answer(interaction: Answerable, responder: Responder): Promise<void> {
    const { clock, grace = GRACE_MS } = this.#options;
    const started = clock.now();
    const log = this.#options.log.child({ interaction: interaction.id, subject: subjectOf(interaction) });
    const caller = await this.#callers.identify(interaction);
    const acknowledgement = new Acknowledgement(this.#occasion(interaction, caller, responder), clock);
    const deadline = startDeadline(clock, DEADLINE_MS);
    const context = this.#context(interaction, caller, deadline.signal, (view) => {
      deadline.extend();
      acknowledgement.progress(view);
    });
    const outcome = this.#outcome(interaction, context, deadline, log);
    try {
      await acknowledgement.settle(outcome, grace);
    } catch (error) {
      await this.#rescue(error, context, acknowledgement, log);
    }
    const duration = clock.now() - started;
    const { ending } = await outcome;
    log.debug({ ms: duration, ending }, "answered");
    this.#options.onAnswered?.({ command: this.#commandOf(interaction), outcome: ending, duration });
  }

  /** Runs what was asked for; whatever goes wrong becomes an answer. */
  async #outcome(interaction: Answerable, context: Context, deadline: Deadline, log: Logger): Promise<Ended> {
    try {
      const result = await Promise.race([this.#run(interaction, context), deadline.passed]);
      return { result, failed: false, ending: "ok" };
    } catch (error) {
      const typed = this.#typed(interaction);
      return { ...(await this.#explanation(error, typed, context, log)), failed: true };
    } finally {
      deadline.cancel();
    }
  }

  async #run(interaction: Answerable, context: Context): Promise<Result> {
    if (this.#stopping) throw new UserError("error.restarting");
    const reply = new Reply(interaction);
    if (interaction.kind === "command") {
      const action = this.#actions.get(interaction.command);
      if (!action) throw new UserError("error.unknown-command");
      requirePermission(action, interaction, context);
      return action.call(interaction.options, context, reply);
    }
    const id = openCustomId(interaction.customId, interaction.userId);
    const action = this.#actions.get(id.command);
    if (action) requirePermission(action, interaction, context);
    if (interaction.kind === "component") {
      const component = action?.components?.find((candidate) => candidate.action === id.action);
      if (!component) throw new UserError("error.panel-expired");
      return component.respond(id, interaction.values, context, reply);
    }
    const form = action?.modals?.find((candidate) => candidate.action === id.action);
    if (!form) throw new UserError("error.panel-expired");
    return form.respond(id, interaction.fields, context, reply);
  }

  /** What the person reads of an error; what the operator needs goes to the log. */
  async #explanation(
    error: unknown,
    typed: Readonly<Record<string, string>>,
    context: Context,
    log: Logger,
  ): Promise<Pick<Ended, "result" | "ending">> {
    const { diagnose, explainUnknown } = this.#options;
    const known = explain(error, diagnose) ?? (await explainUnknown?.(error, typed, context));
    if (known) {
      log.debug({ err: error, key: known.key }, "refused");
      const content = context.t(known.key, known.params);
      const components = known instanceof LinkNeededError ? this.#linkButton(context) : [];
      return { result: { content, components }, ending: "refused" };
    }
    const id = errorId(this.#options.random);
    log.error({ err: error, errorId: id }, "a command failed");
    return { result: { content: context.t("error.unexpected", { id }) }, ending: "failed" };
  }

  /** The texts that the person wrote, by the name of the option. */
  #typed(interaction: Answerable): Readonly<Record<string, string>> {
    if (interaction.kind !== "command") return {};
    const options = this.#actions.get(interaction.command)?.options ?? {};
    const given = Object.entries(interaction.options).filter(([name]) => options[name]?.type === "text");
    return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
  }

  #linkButton({ t, userId }: Context): NonNullable<View["components"]> {
    const { linking } = this.#options;
    if (!linking) return [];
    const customId = encodeCustomId({ ...linking, owner: userId, values: [] });
    return [row(button({ label: t("account.link"), customId, style: ButtonStyle.Primary }))];
  }

  /** Discord refused an answer. If it was the message that was wrong, the person still hears something. */
  async #rescue(error: unknown, context: Context, acknowledgement: Acknowledgement, log: Logger): Promise<void> {
    if (isGone(error)) {
      log.warn({ err: error }, "the interaction was gone before the answer");
      return;
    }
    const { result } = await this.#explanation(error, {}, context, log);
    try {
      await acknowledgement.finish({ result, failed: true });
    } catch (reason) {
      log.warn({ err: reason }, "the failure could not be told");
    }
  }

  #context(interaction: Interaction, caller: Caller, signal: AbortSignal, progress: Context["progress"]): Context {
    return contextOf(this.#sources, caller, { signal, progress, reread: () => this.#callers.reread(interaction) });
  }

  #commandOf(interaction: Answerable): string {
    const name = interaction.kind === "command" ? interaction.command : decodeCustomId(interaction.customId)?.command;
    return name !== undefined && this.#actions.has(name) ? name : "unknown";
  }

  #occasion(interaction: Answerable, { locale }: Caller, responder: Responder): Occasion {
    const action = interaction.kind === "command" ? this.#actions.get(interaction.command) : undefined;
    const { simulated, texts } = this.#options;
    return {
      responder,
      message: interaction.kind === "command" ? undefined : interaction.message,
      // Preferences that came too late for the language are still in time for this.
      private: () => action?.visibility !== "public" || this.#callers.known(interaction).privateAnswers,
      footnote: simulated ? texts.translator(locale)("card.simulated") : undefined,
      createdAt: interaction.createdAt,
    };
  }
}

function requirePermission({ permission }: Action, interaction: Answerable, { t }: Context): void {
  const lacking = permission && lacks(permission, interaction);
  if (lacking) throw new UserError("error.permission", { permission: t(lacking) });
}

function subjectOf(interaction: Answerable): string {
  return interaction.kind === "command"
    ? interaction.command
    : `${interaction.kind} ${interaction.customId.slice(0, 40)}`;
}
