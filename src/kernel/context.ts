import type { Clock } from "../time.js";
import { numberText, percentText, shortText, type PercentLook } from "./numbers.js";
import { findAccount, requireAccount, type Account, type Accounts, type LinkedAccount } from "./account.js";
import type { Locale } from "./locale.js";
import { clickableMention, type Mention } from "./mention.js";
import { has, type Permission } from "./permission.js";
import type { Caller, Personal } from "./preferences.js";
import type { Services } from "./services.js";
import type { PlainTextKey, Texts, Translate } from "./texts.js";
import type { View } from "./view.js";

/** What a card is written with, also one that nobody asked for. */
export interface MessageContext {
  readonly locale: Locale;
  /** The text of a key in the reader's language. */
  readonly t: Translate;
  /** An exact number, grouped as the reader's language does. */
  readonly number: (value: number) => string;
  /** A few digits of a number, by default three, for where there is little room. */
  readonly short: (value: number, digits?: number) => string;
  /** A part of one as percent: 0.05 is `5%`. */
  readonly percent: (part: number, look?: PercentLook) => string;
  /** What time it is for the people who read. */
  readonly now: Date;
  /** Discord's mark-up for a command that one can click, such as `</clan list:123>`. */
  readonly mention: Mention;
}

/** What a command, a component or a suggestion works with, in addition to its own options or state. */
export interface Context extends MessageContext, Services, Personal {
  /** A moment of the machine's clock, such as the end of a limit or the time of a linking, in the time of `now`. */
  readonly told: (moment: Date) => Date;
  /** Aborted when the answer would come too late. Pass it on to everything that waits. */
  readonly signal: AbortSignal;
  /** The Discord user who asked. */
  readonly userId: string;
  /** How others see them, and the name that nobody else has: `Vesper (@vesper)`. Escape it before it is shown. */
  readonly userName: string;
  /** Whether the answer is a private one of their own to a press on somebody else's message. */
  readonly copy: boolean;
  /** The server they are in; undefined in direct messages. */
  readonly guildId: string | undefined;
  /** The ids of the roles that they have in the server. */
  readonly roleIds: readonly string[];
  /** Whether they have a permission, in a server that has the bot. */
  readonly may: (permission: Permission) => boolean;
  /** The caller's main linked account, if it works; `read`: it is there already, and not read again. */
  readonly findAccount: (read?: LinkedAccount) => Promise<Account | undefined>;
  /** The same. @throws UserError that asks them to link one, with a button. */
  readonly requireAccount: (read?: LinkedAccount) => Promise<Account>;
  /**
   * Shows how far something is, in place of "thinking…" or of the message it was asked from, while the answer is on
   * its way. Call it as often as there is news: one a second is shown, and each gives the answer more time.
   */
  readonly progress: (view: View) => void;
  /** After a change of preferences: the context that follows from them. */
  readonly reread: () => Promise<Context>;
  /** Every command, with its texts in the caller's language. */
  readonly commands: () => readonly ListedCommand[];
}

/** What a command is about, by the key of its heading in a list of all commands; which ones there are, the texts say. */
export type Topic = Extract<PlainTextKey, `topic.${string}`>;

/** Something a person can call, or a group of it. */
export interface ListedCommand extends ListedAction {
  readonly topic: Topic | undefined;
  /** What it can be called as: itself, or its sub-commands. */
  readonly actions: readonly ListedAction[];
}

interface ListedAction {
  /** The full name without the slash, such as `clan list`. */
  readonly command: string;
  /** The same as the caller's client shows it in its list. */
  readonly localName: string;
  readonly description: string;
}

/** For whom something is done. */
export interface Who extends Pick<Context, "userId" | "guildId"> {
  /** They are typing, and get suggestions. */
  readonly typing: boolean;
}

/** What of a command is listed. */
interface Listable {
  readonly name: string;
  readonly topic?: Topic;
  /** By the full name a person types. */
  readonly actions: ReadonlyMap<string, unknown>;
}

export interface ContextSources {
  readonly services: Services;
  /** Those of them that somebody has as their own, in place of the common ones. */
  readonly servicesFor?: (who: Who) => Partial<Services>;
  readonly texts: Texts;
  /** The time that answers tell: in a simulated world it may run faster than the machine's clock. */
  readonly time: Pick<Clock, "now">;
  /** That time when the machine's clock shows this moment. */
  readonly told: (moment: Date) => Date;
  readonly commands: readonly Listable[];
  /** The id that Discord gave a command, without sub-command, once it is registered. */
  readonly commandId: (name: string) => string | undefined;
  /** Undefined where nobody can link one. */
  readonly accounts?: Accounts | undefined;
}

/** What the context does while its interaction is answered. */
export interface Occurrence extends Pick<Context, "signal" | "progress" | "copy">, Pick<Who, "typing"> {
  readonly reread: () => Promise<Caller>;
  /** Read once for the whole interaction; undefined where nobody can link one. */
  readonly accounts: Accounts | undefined;
}

/** What a message in this language is written with that nobody asked for. */
export function messageContext(
  { texts, time, commandId }: Pick<ContextSources, "texts" | "time" | "commandId">,
  locale: Locale,
): MessageContext {
  const mention = clickableMention(commandId);
  return {
    locale,
    t: texts.translator(locale, mention),
    number: (value) => numberText(locale, value),
    short: (value, digits) => shortText(locale, value, digits),
    percent: (part, look) => percentText(locale, part, look),
    now: new Date(time.now()),
    mention,
  };
}

/** The context of one interaction. */
export function contextOf(sources: ContextSources, caller: Caller, occurrence: Occurrence): Context {
  const { services, texts, told, commands } = sources;
  const { locale, personal, userId, userName, guildId, standing } = caller;
  const { signal, progress, copy, typing, accounts } = occurrence;
  return {
    userId,
    userName,
    copy,
    guildId,
    roleIds: standing.roleIds,
    may: (permission) => has(permission, standing),
    signal,
    progress,
    reread: async () => contextOf(sources, await occurrence.reread(), occurrence),
    findAccount: (read) => findAccount(accounts, userId, read),
    requireAccount: (read) => requireAccount(accounts, userId, read),
    told,
    commands: () =>
      commands.map(({ name, topic, actions }) => ({
        ...listed(name, texts, locale),
        topic,
        actions: [...actions.keys()].map((action) => listed(action, texts, locale)),
      })),
    // Last: V8 takes ten times as long for properties that follow a spread.
    ...messageContext(sources, locale),
    ...services,
    ...sources.servicesFor?.({ userId, guildId, typing }),
    ...personal,
  };
}

function listed(command: string, texts: Texts, locale: Locale): ListedAction {
  const words = command.split(" ");
  const keys = words.map((_, index) => `command.${words.slice(0, index + 1).join(".")}`);
  return {
    command,
    localName: keys.map((key, index) => texts.find(locale, `${key}.name`) ?? words[index] ?? "").join(" "),
    description: texts.find(locale, `${keys.at(-1) ?? ""}.description`) ?? "",
  };
}
