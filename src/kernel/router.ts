import { ButtonStyle, InteractionResponseType } from "discord-api-types/v10";
import type { Logger } from "pino";
import type { Clock, Random } from "../time.js";
import { LinkNeededError } from "./account.js";
import { Acknowledgement, type Occasion, type Outcome } from "./acknowledgement.js";
import { Admission } from "./admission.js";
import { alternativeButtons } from "./alternatives.js";
import { button, row } from "./card.js";
import type { Action, Command } from "./command.js";
import { contextOf, type Context, type ContextSources } from "./context.js";
import { encodeCustomId } from "./custom-id.js";
import { startDeadline, type Deadline } from "./deadline.js";
import { beganAt, FIRST_ANSWER_MS } from "./delivery.js";
import { errorId, UserError } from "./errors.js";
import { Explanations, type Diagnose } from "./explain.js";
import type { AutocompleteInteraction, Interaction, UnreadableInteraction } from "./interaction.js";
import type { Locale } from "./locale.js";
import { lacks } from "./permission.js";
import { Callers, type Caller, type Chosen, type Personal, type Preferences } from "./preferences.js";
import { Reply } from "./reply.js";
import type { Responder } from "./responder.js";
import { answerTyping } from "./suggestions.js";
import { targetOf, type Target } from "./target.js";
import { isBlocked, UndeliveredError, type Loss } from "./undelivered.js";
import { messageBody, type Result, type View } from "./view.js";

/** How long the kernel waits for a result before it shows "thinking…", from the person's action. */
const GRACE_MS = 1_000;
/** One of a crowd that is older when its turn comes is not worked on before "thinking…" is shown. */
const LATE_MS = 500;
/** After this the answer is that it took too long. */
const DEADLINE_MS = 9_000;

export interface RouterOptions extends ContextSources {
  readonly commands: readonly Command[];
  readonly log: Logger;
  /** Rules the waits and the deadlines. */
  readonly clock: Clock;
  readonly random: Random;
  /** What people and servers chose; undefined: nobody can choose. */
  readonly preferences?: Preferences;
  /** What follows from them for the bot's own commands. */
  readonly personal: (chosen: Chosen) => Personal;
  /** Knows the errors of what commands use. */
  readonly diagnose?: Diagnose;
  /** The component, without state, that begins to link an account; it hangs under answers that ask for one. */
  readonly linking?: { readonly command: string; readonly action: string };
  /** Whether the answers are made from a simulated world, which each of them then says. */
  readonly simulated: boolean;
  /** Called after every answer; for metrics. */
  readonly onAnswered?: (answered: Answered) => void;
  /** Milliseconds; 0 shows "thinking…" at once unless the result is there already. */
  readonly grace?: number;
}

/** How something a person did was answered. */
export interface Answered {
  /** One of ours, such as `clan list`, also for its components and forms; "unknown" for any other. */
  readonly command: string;
  /** What the person saw: "ok", "refused" (with a reason), "failed" (with an error id); or why they saw nothing. */
  readonly outcome: Ending | Loss;
  /** Milliseconds from its arrival to the answer. */
  readonly duration: number;
}

type Ending = "ok" | "refused" | "failed";
type Ended = Outcome & { readonly ending: Ending };
type Answerable = Exclude<Interaction, AutocompleteInteraction>;

/** Something a person did, while it is answered. */
interface Asked {
  readonly interaction: Answerable;
  readonly target: Target;
  readonly context: Context;
  /** For failures: they are shown to the person alone, in their current language. */
  readonly failing: () => Context;
  readonly log: Logger;
}

/** Brings each interaction to the command that answers it, and the answer back. */
export class Router {
  readonly #options: RouterOptions;
  readonly #sources: ContextSources;
  readonly #actions: ReadonlyMap<string, Action>;
  readonly #callers: Callers;
  readonly #explanations: Explanations;
  readonly #admission: Admission;
  readonly #running = new Set<Promise<void>>();
  #stopping = false;

  constructor(options: RouterOptions) {
    this.#options = options;
    this.#actions = new Map(options.commands.flatMap((command) => [...command.actions]));
    this.#sources = options;
    this.#explanations = new Explanations(options.commands, options.diagnose);
    this.#admission = new Admission(options.clock);
    this.#callers = new Callers({ ...options, preferences: options.preferences });
  }

  /** Whether somebody waits for an answer. */
  get busy(): boolean {
    return this.#running.size > 0;
  }

  /** Answers one interaction. Never rejects: failures go to the person, to the log, or to both. */
  async handle(interaction: Interaction | UnreadableInteraction, responder: Responder): Promise<void> {
    const running = this.#admit(interaction, responder);
    this.#running.add(running);
    try {
      await running;
    } catch (error) {
      if (error instanceof UndeliveredError) this.#undelivered(error, this.#options.log);
      // All ways catch what can go wrong; whatever still comes must not end the process.
      else this.#options.log.error({ err: error, interaction: interaction.id }, "the kernel failed");
    } finally {
      this.#running.delete(running);
    }
  }

  /** Refuses what comes from now on, and waits until what runs has ended. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.allSettled(this.#running);
  }

  #admit(interaction: Interaction | UnreadableInteraction, responder: Responder): Promise<void> {
    const late = this.#admission.crowded;
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

  #begin(interaction: Interaction | UnreadableInteraction, responder: Responder, late: boolean): Promise<void> {
    if (interaction.kind === "unreadable") return this.#refuse(interaction, responder);
    return interaction.kind === "autocomplete"
      ? this.#suggest(interaction, responder)
      : this.#answer(interaction, responder, late);
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
    const { command, focused } = interaction;
    const caller = await this.#callers.identify(interaction);
    const option = this.#stopping ? undefined : this.#actions.get(command)?.options[focused.name];
    await answerTyping({
      interaction,
      suggest: option?.type === "text" ? option.suggest : undefined,
      contextFor: (signal) => this.#context(interaction, caller, signal),
      explanations: this.#explanations,
      responder,
      log: this.#options.log.child({ interaction: interaction.id, subject: `${command} ${focused.name}` }),
      clock: this.#options.clock,
    });
  }

  /** `late`: in a crowd, so that "thinking…" has to be there before the work. */
  async #answer(interaction: Answerable, responder: Responder, late: boolean): Promise<void> {
    const { clock, grace = GRACE_MS } = this.#options;
    const started = clock.now();
    const target = targetOf(interaction, this.#actions);
    const caller = await this.#callers.identify(interaction);
    /** Whom the answer speaks to, and whom a failure: what is public may be in another language than theirs. */
    let [audience, person] = [{ ...caller, locale: target.language ?? caller.locale }, caller];
    const occasion = this.#occasion(interaction, target, responder, () => audience.locale);
    const acknowledgement = new Acknowledgement(occasion, clock);
    // Not for buttons: they may open a form, which Discord takes as the first answer only.
    const first =
      late && interaction.kind === "command" ? this.#admission.postpone(() => acknowledgement.defer()) : undefined;
    // What the work needs is made after that: until then it would delay what others are shown.
    if (first) await Promise.allSettled([first]);
    const log = this.#options.log.child({ interaction: interaction.id, subject: subjectOf(interaction) });
    const deadline = startDeadline(clock, DEADLINE_MS);
    const occurrence = {
      signal: deadline.signal,
      copy: target.standing === "copy",
      progress: (view: View) => {
        deadline.extend();
        acknowledgement.progress(view);
      },
      reread: async () => (audience = person = await this.#callers.reread(interaction)),
    };
    const asked: Asked = {
      interaction,
      target,
      context: contextOf(this.#sources, audience, occurrence),
      failing: () => contextOf(this.#sources, person, occurrence),
      log,
    };
    let ending: Ending | Loss;
    try {
      await first;
      const outcome = this.#outcome(asked, deadline);
      await acknowledgement.settle(outcome, grace);
      ({ ending } = await outcome);
    } catch (error) {
      ending = await this.#rescue(error, asked, acknowledgement);
      // What nobody will see need not be worked on.
      deadline.pass();
    }
    const duration = clock.now() - started;
    log.debug({ ms: duration, ending }, "answered");
    this.#options.onAnswered?.({ command: target.command ?? "unknown", outcome: ending, duration });
  }

  /** Runs the requested action; whatever goes wrong becomes an answer. */
  async #outcome(asked: Asked, deadline: Deadline): Promise<Ended> {
    try {
      const result = await Promise.race([this.#run(asked), deadline.passed]);
      return { result, failed: false, ending: "ok" };
    } catch (error) {
      return { ...(await this.#explanation(error, asked)), failed: true };
    } finally {
      deadline.cancel();
    }
  }

  async #run({ interaction, target, context }: Asked): Promise<Result> {
    if (this.#stopping) throw new UserError("error.restarting");
    const { action, id, component, form, standing } = target;
    const reply = new Reply(interaction);
    if (action) requirePermission(action, interaction, context);
    if (interaction.kind === "command") {
      if (!action) throw new UserError("error.unknown-command");
      return action.call(interaction.options, context, reply);
    }
    if (id && standing === "stranger")
      throw new UserError("error.not-yours", { command: context.mention(target.command ?? id.command) });
    if (target.call) return target.call.action.call(target.call.options, context, reply);
    if (id && interaction.kind === "component" && component)
      return component.respond(id, interaction.values, context, reply);
    if (id && interaction.kind === "modal" && form) return form.respond(id, interaction.fields, context, reply);
    throw new UserError("error.panel-expired");
  }

  /** What the person reads of an error; what the operator needs goes to the log. */
  async #explanation(error: unknown, { target, failing, log }: Asked): Promise<Pick<Ended, "result" | "ending">> {
    const context = failing();
    const known = await this.#explanations.explain(error, context, target.call);
    if (known) {
      log.debug({ err: error, key: known.key }, "refused");
      const content = this.#options.texts.say(known, context.locale, context.mention);
      const components = this.#buttonsUnder(known, target, context);
      return { result: { content, components }, ending: "refused" };
    }
    const id = errorId(this.#options.random);
    log.error({ err: error, errorId: id }, "a command failed");
    return { result: { content: context.t("error.unexpected", { id }) }, ending: "failed" };
  }

  #buttonsUnder(known: UserError, { call }: Target, context: Context): NonNullable<View["components"]> {
    if (known instanceof LinkNeededError) return this.#linkButton(context);
    return call ? alternativeButtons(known.alternatives, call, context.userId) : [];
  }

  #linkButton({ t, userId }: Context): NonNullable<View["components"]> {
    const { linking } = this.#options;
    if (!linking) return [];
    const customId = encodeCustomId({ ...linking, owner: userId, values: [] });
    return [row(button({ label: t("account.link"), customId, style: ButtonStyle.Primary }))];
  }

  /**
   * The answer did not get there. Where Discord rejects its content, the person gets another answer;
   * one that may be on their screen stays. Returns what they saw in the end.
   */
  async #rescue(error: unknown, asked: Asked, acknowledgement: Acknowledgement): Promise<Ending | Loss> {
    if (error instanceof UndeliveredError) return this.#undelivered(error, asked.log);
    const blocked = isBlocked(error) ? new UserError("error.blocked", undefined, { cause: error }) : error;
    const { result, ending } = await this.#explanation(blocked, asked);
    try {
      await acknowledgement.finish({ result, failed: true });
      return ending;
    } catch (reason) {
      if (reason instanceof UndeliveredError) return this.#undelivered(reason, asked.log);
      asked.log.warn({ err: reason }, "the failure could not be told");
      return "lost";
    }
  }

  #undelivered(error: UndeliveredError, log: Logger): Loss {
    const { loss } = error;
    log[loss === "gone" ? "debug" : "warn"]({ err: error, loss }, "the answer did not arrive");
    return loss;
  }

  #context(interaction: AutocompleteInteraction, caller: Caller, signal: AbortSignal): Context {
    return contextOf(this.#sources, caller, {
      signal,
      copy: false,
      progress: () => undefined,
      reread: () => this.#callers.reread(interaction),
    });
  }

  #occasion(interaction: Answerable, { call, standing }: Target, responder: Responder, locale: () => Locale): Occasion {
    const { simulated, texts } = this.#options;
    const copy = standing === "copy";
    const isPublic = call?.action.visibility === "public";
    return {
      responder,
      message: call || interaction.kind === "command" || copy ? undefined : interaction.message,
      // Preferences that came too late for the language are still in time for this.
      private: () => !isPublic || this.#callers.known(interaction).privateAnswers,
      footnote: () => (simulated ? texts.translator(locale())("card.simulated") : undefined),
      createdAt: interaction.createdAt,
    };
  }
}

function requirePermission({ permission, anyoneMayLook }: Action, interaction: Answerable, { t }: Context): void {
  const lacking = permission && lacks(permission, interaction);
  const looks = interaction.kind === "command" && Object.keys(interaction.options).length === 0;
  if (lacking && !(anyoneMayLook && looks)) throw new UserError("error.permission", { permission: t(lacking) });
}

function subjectOf(interaction: Answerable): string {
  return interaction.kind === "command"
    ? interaction.command
    : `${interaction.kind} ${interaction.customId.slice(0, 40)}`;
}
