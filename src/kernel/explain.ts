import type { Call } from "./call.js";
import type { Command } from "./command.js";
import type { Context } from "./context.js";
import { UserError } from "./errors.js";
import { escape } from "./escape.js";
import type { ExplainUnknown, Pressed } from "./option.js";
import type { Target } from "./target.js";

/**
 * Puts the errors of what a bot's commands use into words. "unknown": something that was named does not exist, which the
 * options say themselves. Undefined for bugs: the person then sees an id, and the log has the rest.
 */
export type Diagnose = (error: unknown, context: Context) => UserError | "unknown" | undefined;

/** Knows which errors are no mistake of ours, and what people are told of them. */
export class Explanations {
  readonly #diagnose: Diagnose | undefined;
  readonly #unknown: ReadonlySet<ExplainUnknown>;

  constructor(commands: readonly Command[], diagnose: Diagnose | undefined) {
    const options = commands.flatMap(({ actions }) =>
      [...actions.values()].flatMap((one) => Object.values(one.options)),
    );
    this.#diagnose = diagnose;
    this.#unknown = new Set(options.flatMap((option) => (option.type === "text" ? (option.unknown ?? []) : [])));
  }

  /** Whether an error is no mistake of ours. */
  isKnown(error: unknown, context: Context): boolean {
    return error instanceof UserError || this.#diagnose?.(error, context) !== undefined;
  }

  /** @param target what was used: where it was typed, that may be what is unknown */
  async explain(error: unknown, context: Context, { call, command, id }: Target): Promise<UserError | undefined> {
    const found = error instanceof UserError ? error : this.#diagnose?.(error, context);
    if (found !== "unknown") return found;
    const pressed = id && { command: context.mention(command ?? id.command) };
    const explained = await this.#explainUnknown(error, context, pressed);
    if (explained) return explained;
    if (pressed) return new UserError("error.gone", pressed, { cause: error });
    const words = call && typedWords(call);
    return words === undefined
      ? undefined
      : new UserError("error.words-unknown", { words: escape(words) }, { cause: error });
  }

  async #explainUnknown(error: unknown, context: Context, pressed: Pressed | undefined) {
    try {
      for (const explain of this.#unknown) {
        const explained = await explain(error, context, pressed);
        if (explained) return explained;
      }
      return undefined;
    } catch (reason) {
      if (reason instanceof UserError) return reason;
      throw reason;
    }
  }
}

/** What was typed: in options that do not explain themselves, if there are any. */
function typedWords({ action, options }: Call): string | undefined {
  const typed = Object.entries(options).flatMap(([name, value]) => {
    const option = action.options[name];
    return option?.type === "text" && typeof value !== "object"
      ? [{ text: String(value), explained: option.unknown !== undefined }]
      : [];
  });
  const unexplained = typed.filter(({ explained }) => !explained);
  const words = (unexplained.length > 0 ? unexplained : typed).map(({ text }) => text);
  return words.length === 0 ? undefined : words.join(", ");
}
