import type { Logger } from "pino";
import { abortable, type Clock } from "../time.js";
import { readOnce } from "./account.js";
import { Acknowledgement, type Occasion, type Outcome } from "./acknowledgement.js";
import { contextOf, type Context, type ContextSources } from "./context.js";
import { startDeadline, type Deadline } from "./deadline.js";
import { UserError } from "./errors.js";
import { lossOf, type Failures } from "./failures.js";
import type { Locale } from "./locale.js";
import type { Callers } from "./preferences.js";
import type { Responder } from "./responder.js";
import { run, type Answerable } from "./run.js";
import type { Target } from "./target.js";
import { isBlocked, UndeliveredError, type Loss } from "./undelivered.js";
import { messageBody, type Result, type View } from "./view.js";

/** How long the kernel waits for a result before it shows "thinking…", from the person's action. */
const GRACE_MS = 1_000;
/** After this the answer is that it took too long. */
const DEADLINE_MS = 9_000;

export interface AnsweringOptions {
  readonly sources: ContextSources;
  readonly callers: Callers;
  readonly failures: Failures;
  readonly log: Logger;
  /** Rules the waits and the deadlines. */
  readonly clock: Clock;
  /** Whether the answers are made from a simulated world, which each of them then says. */
  readonly simulated: boolean;
  /** Called after every answer; for metrics. */
  readonly onAnswered?: ((answered: Answered) => void) | undefined;
  /** Milliseconds; 0 shows "thinking…" at once unless the result is there already. */
  readonly grace?: number | undefined;
  /** What somebody who used a command is told in a private message after its answer; undefined: nothing. */
  readonly aside?: ((context: Context) => Promise<View | undefined>) | undefined;
  /** Whether what comes from now on is refused. */
  readonly stopping: () => boolean;
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

/** Something a person did, while it is answered. */
interface Asked {
  readonly interaction: Answerable;
  readonly target: Target;
  readonly context: Context;
  /** For failures: they are shown to the person alone, in their current language. */
  readonly failing: () => Context;
  readonly log: Logger;
}

/** Runs what somebody typed, pressed or sent, and brings them one answer: the result, or why there is none. */
export class Answering {
  readonly #options: AnsweringOptions;

  constructor(options: AnsweringOptions) {
    this.#options = options;
  }

  /** @param postpone in a crowd: shows "thinking…" before there is any work, which then waits for its turn */
  async answer(
    interaction: Answerable,
    target: Target,
    responder: Responder,
    postpone?: (first: () => Promise<void>) => Promise<void>,
  ): Promise<void> {
    const { sources, callers, clock, grace = GRACE_MS } = this.#options;
    const started = clock.now();
    const caller = await callers.identify(interaction);
    /** Whom the answer speaks to, and whom a failure: what is public may be in another language than theirs. */
    let audience = target.language === undefined ? caller : { ...caller, locale: target.language };
    let person = caller;
    const occasion = this.#occasion(interaction, target, responder, () => audience.locale);
    const acknowledgement = new Acknowledgement(occasion, clock);
    // Not for buttons: they may open a form, which Discord takes as the first answer only.
    const first = interaction.kind === "command" ? postpone?.(() => acknowledgement.defer()) : undefined;
    // What the work needs is made after that: until then it would delay what others are shown.
    if (first) await Promise.allSettled([first]);
    const log = this.#options.log.child({ interaction: interaction.id, subject: subjectOf(interaction) });
    const deadline = startDeadline(clock, DEADLINE_MS);
    const occurrence = {
      signal: deadline.signal,
      copy: target.standing === "copy",
      typing: false,
      accounts: sources.accounts && readOnce(sources.accounts),
      progress: (view: View) => {
        deadline.extend();
        acknowledgement.progress(view);
      },
      reread: async () => (audience = person = await callers.reread(interaction)),
    };
    const context = contextOf(sources, audience, occurrence);
    const spoken = audience;
    const failing = () => (person === spoken ? context : contextOf(sources, person, occurrence));
    const asked: Asked = { interaction, target, context, failing, log };
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
    if (ending === "ok" && interaction.kind === "command") await this.#tellAside(asked, responder);
  }

  /** Nobody waits for it, and it is said once: what does not arrive is not tried again. */
  async #tellAside({ context, log }: Asked, responder: Responder): Promise<void> {
    try {
      const view = await this.#options.aside?.(context);
      if (view) await responder.followUp(messageBody(view, { private: true }), view.files);
    } catch (error) {
      log.debug({ err: error }, "a word beside the answer was not told");
    }
  }

  /** Runs the requested action; whatever goes wrong becomes an answer. */
  async #outcome(asked: Asked, deadline: Deadline): Promise<Ended> {
    try {
      const result = await abortable(this.#run(asked), deadline.signal);
      return { result, failed: false, ending: "ok" };
    } catch (error) {
      return { ...(await this.#told(error, asked)), failed: true };
    } finally {
      deadline.cancel();
    }
  }

  async #run({ interaction, target, context }: Asked): Promise<Result> {
    if (this.#options.stopping()) throw new UserError("error.restarting");
    return run(target, interaction, context);
  }

  #told(error: unknown, { target, failing, log }: Asked) {
    return this.#options.failures.tell(error, target, failing(), log);
  }

  /**
   * The answer did not get there. Where Discord rejects its content, the person gets another answer;
   * one that may be on their screen stays. Returns what they saw in the end.
   */
  async #rescue(error: unknown, asked: Asked, acknowledgement: Acknowledgement): Promise<Ending | Loss> {
    if (error instanceof UndeliveredError) return lossOf(error, asked.log);
    const blocked = isBlocked(error) ? new UserError("error.blocked", undefined, { cause: error }) : error;
    const { result, ending } = await this.#told(blocked, asked);
    try {
      await acknowledgement.finish({ result, failed: true });
      return ending;
    } catch (reason) {
      if (reason instanceof UndeliveredError) return lossOf(reason, asked.log);
      asked.log.warn({ err: reason }, "the failure could not be told");
      return "lost";
    }
  }

  #occasion(interaction: Answerable, { call, standing }: Target, responder: Responder, locale: () => Locale): Occasion {
    const { callers, simulated, sources } = this.#options;
    const copy = standing === "copy";
    const isPublic = call?.action.visibility === "public";
    return {
      responder,
      message: call || interaction.kind === "command" || copy ? undefined : interaction.message,
      // Preferences that came too late for the language are still in time for this.
      private: () => !isPublic || callers.known(interaction).privateAnswers,
      footnote: () => (simulated ? sources.texts.translator(locale())("card.simulated") : undefined),
      createdAt: interaction.createdAt,
    };
  }
}

function subjectOf(interaction: Answerable): string {
  return interaction.kind === "command"
    ? interaction.command
    : `${interaction.kind} ${interaction.customId.slice(0, 40)}`;
}
