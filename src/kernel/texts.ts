import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { IntlMessageFormat, type Formatters } from "intl-messageformat";
import { z } from "zod";
import { numberText } from "./numbers.js";
import { LOCALES, type Locale } from "./locale.js";
import type { KernelTexts } from "./kernel-texts.js";
import { codeMention, type Mention } from "./mention.js";

/** A part of the command line in a text: `{command_clan_info}` becomes what people can click, `</clan info:123>`. */
const COMMAND = /\{command_(\w+)\}/g;

/** What each text takes, by its key: the bot says which texts it has, with `declare module`, beside those of the kernel. */
export interface TextParameters extends KernelTexts {}

/** Every text a person may read. */
export type TextKey = Extract<keyof TextParameters, string>;

type Together<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer I) => void ? I : never;

/** What one of several texts takes is what all of them take together. */
export type ParamsOf<K extends TextKey> = keyof Together<TextParameters[K]> extends never
  ? []
  : [params: Together<TextParameters[K]>];

/** A text that takes nothing, such as the name of something: the key alone says it all. */
export type PlainTextKey = { [K in TextKey]: keyof TextParameters[K] extends never ? K : never }[TextKey];

/** Gives the text of a key in one language, with its ICU arguments filled in. */
export type Translate = <K extends TextKey>(key: K, ...params: ParamsOf<K>) => string;

export type TextParams = Readonly<Record<string, string | number>>;

/** A text that is said later; whoever made it has checked what it takes. */
export interface Said {
  readonly key: TextKey;
  readonly params: TextParams;
}

const file = z.record(z.string(), z.string());

/** Numbers in texts are written as everywhere else. */
class NumberFormat extends Intl.NumberFormat {
  readonly #locale: Locale;

  constructor(locale: Locale) {
    super(locale);
    this.#locale = locale;
  }

  override format(value: number | bigint | string): string {
    return numberText(this.#locale, Number(value));
  }
}

function formattersOf(locale: Locale): Formatters {
  const numbers = new NumberFormat(locale);
  const plurals = {
    cardinal: new Intl.PluralRules(locale, { type: "cardinal" }),
    ordinal: new Intl.PluralRules(locale, { type: "ordinal" }),
  };
  return {
    getNumberFormat: () => numbers,
    getPluralRules: (_locales, { type = "cardinal" } = {}) => plurals[type],
    getDateTimeFormat: (...args) => new Intl.DateTimeFormat(...args),
  };
}

/** All texts in all languages. Parsed messages are kept, because parsing ICU is slow. */
export class Texts {
  readonly #messages: ReadonlyMap<Locale, Readonly<Record<string, string>>>;
  readonly #parsed = new Map<string, IntlMessageFormat>();
  readonly #formattersOf = new Map<Locale, Formatters>();
  readonly #commands = new Map<string, readonly (readonly [string, string])[]>();

  constructor(messages: ReadonlyMap<Locale, Readonly<Record<string, string>>>) {
    this.#messages = messages;
  }

  /** Reads `<locale>.json` of every language from `folder`. */
  static async load(folder: string): Promise<Texts> {
    const read = async (locale: Locale) =>
      [locale, file.parse(JSON.parse(await readFile(join(folder, `${locale}.json`), "utf8")))] as const;
    return new Texts(new Map(await Promise.all(LOCALES.map(read))));
  }

  /** The keys of one language. */
  keys(locale: Locale): string[] {
    return Object.keys(this.#messages.get(locale) ?? {});
  }

  /** The unformatted text of a key that is not known at compile time, such as a stat's or a command's; undefined if there is none. */
  find(locale: Locale, key: string): string | undefined {
    return this.#messages.get(locale)?.[key];
  }

  /** @param mention writes a command, such as `clan info`, so that people can click it */
  translator(locale: Locale, mention: Mention = codeMention): Translate {
    const say = (key: TextKey, params: TextParams = {}) => this.say({ key, params }, locale, mention);
    function translate<K extends TextKey>(key: K, ...params: ParamsOf<K>): string;
    function translate(key: TextKey, params?: TextParams): string {
      return say(key, params);
    }
    return translate;
  }

  say({ key, params }: Said, locale: Locale, mention: Mention): string {
    const commands = this.#commandsIn(locale, key);
    const mentions = commands.map(([name, command]) => [name, mention(command)] as const);
    return this.#format(locale, key, mentions.length > 0 ? { ...Object.fromEntries(mentions), ...params } : params);
  }

  /** The commands that a text names, by the name of its argument. */
  #commandsIn(locale: Locale, key: TextKey): readonly (readonly [string, string])[] {
    const id = `${locale}\n${key}`;
    const known = this.#commands.get(id);
    if (known) return known;
    const found = [...(this.find(locale, key) ?? "").matchAll(COMMAND)].map(
      ([, command = ""]) => [`command_${command}`, command.replaceAll("_", " ")] as const,
    );
    this.#commands.set(id, found);
    return found;
  }

  #format(locale: Locale, key: TextKey, params: TextParams): string {
    const id = `${locale}\n${key}`;
    let message = this.#parsed.get(id);
    if (!message) {
      const text = this.find(locale, key);
      if (text === undefined) throw new Error(`no text "${key}" in ${locale}`);
      // Discord's own `<t:…>` markup would otherwise be read as a tag.
      message = new IntlMessageFormat(text, locale, undefined, {
        ignoreTag: true,
        formatters: this.#formatters(locale),
      });
      this.#parsed.set(id, message);
    }
    return String(message.format(params));
  }

  #formatters(locale: Locale): Formatters {
    const formatters = this.#formattersOf.get(locale) ?? formattersOf(locale);
    this.#formattersOf.set(locale, formatters);
    return formatters;
  }
}
