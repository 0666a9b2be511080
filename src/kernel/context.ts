import type { Clock } from "../clock.js";
import type { Services } from "../services.js";
import type { Interaction } from "./interaction.js";
import type { Locale } from "./locale.js";
import type { Texts, Translate } from "./texts.js";

/** What a command, a component or a suggestion works with, beside its own options or state. */
export interface Context extends Services {
  readonly locale: Locale;
  /** The text of a key in the caller's language. */
  readonly t: Translate;
  /** An exact number, grouped as the caller's language does. */
  readonly number: (value: number) => string;
  /** What time it is in the game. */
  readonly now: Date;
  /** Aborted when the answer would come too late. Pass it on to everything that waits. */
  readonly signal: AbortSignal;
  /** The Discord user who asked. */
  readonly userId: string;
  /** Discord's mark-up for a command that one can click, such as `</clan list:123>`. */
  readonly mention: (command: string) => string;
  /** Everything one can call, by its full name, with its description in the caller's language. */
  readonly commands: () => readonly { readonly command: string; readonly description: string }[];
}

export interface ContextSources {
  readonly services: Services;
  readonly texts: Texts;
  /** The game's time, which answers tell. */
  readonly time: Pick<Clock, "now">;
  /** The full names of everything one can call. */
  readonly names: readonly string[];
  /** The id that Discord gave a command, without sub-command, once it is registered. */
  readonly commandId: (name: string) => string | undefined;
}

/** The context of one interaction. */
export function contextOf(
  { services, texts, time, names, commandId }: ContextSources,
  { locale, userId }: Pick<Interaction, "locale" | "userId">,
  signal: AbortSignal,
): Context {
  return {
    ...services,
    locale,
    userId,
    signal,
    t: texts.translator(locale),
    number: (value) => texts.number(locale, value),
    now: new Date(time.now()),
    mention(command) {
      const id = commandId(command.split(" ", 1)[0] ?? command);
      return id === undefined ? `\`/${command}\`` : `</${command}:${id}>`;
    },
    commands: () =>
      names.map((command) => {
        const description = texts.find(locale, `command.${command.replaceAll(" ", ".")}.description`);
        return { command, description: description ?? "" };
      }),
  };
}
