import { join } from "node:path";
import {
  isArgumentElement,
  isDateElement,
  isNumberElement,
  isPluralElement,
  isSelectElement,
  isTimeElement,
  parse,
  type MessageFormatElement,
} from "@formatjs/icu-messageformat-parser";
import { beforeAll, describe, expect, test } from "vitest";
import type { Command } from "../../src/kernel/command.js";
import { loadCommands } from "../../src/kernel/load.js";
import { LOCALES } from "../../src/kernel/locale.js";
import { definitions } from "../../src/kernel/registration.js";
import { Texts } from "../../src/kernel/texts.js";

const ROOT = join(import.meta.dirname, "../..");
let texts: Texts;
let commands: Command[];
beforeAll(async () => {
  texts = await Texts.load(join(ROOT, "locales"));
  commands = await loadCommands(join(ROOT, "commands"));
});

/** The names of the arguments a message takes, wherever they stand in it. */
function argumentsOf(elements: readonly MessageFormatElement[]): Set<string> {
  const names = new Set<string>();
  for (const element of elements) {
    if (isArgumentElement(element) || isNumberElement(element) || isDateElement(element) || isTimeElement(element))
      names.add(element.value);
    if (isPluralElement(element) || isSelectElement(element)) {
      names.add(element.value);
      for (const option of Object.values(element.options))
        for (const name of argumentsOf(option.value)) names.add(name);
    }
  }
  return names;
}

describe.each(LOCALES)("locales/%s.json", (locale) => {
  test("has every text, and no other", () => {
    expect(texts.keys(locale).sort()).toEqual(texts.keys("en").sort());
  });

  test("takes the same arguments in every text", () => {
    for (const key of texts.keys("en")) {
      const wanted = argumentsOf(parse(texts.find("en", key) ?? "", { ignoreTag: true }));
      expect({
        key,
        names: [...argumentsOf(parse(texts.find(locale, key) ?? "", { ignoreTag: true }))].sort(),
      }).toEqual({ key, names: [...wanted].sort() });
    }
  });

  test("uses every plural form its language has", () => {
    const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
    const check = (elements: readonly MessageFormatElement[], key: string) => {
      for (const element of elements) {
        if (!isPluralElement(element)) continue;
        const missing = forms
          .filter((form) => form !== "many" || locale === "ru")
          .filter((form) => !(form in element.options));
        expect({ key, missing }).toEqual({ key, missing: [] });
      }
    };
    for (const key of texts.keys(locale)) check(parse(texts.find(locale, key) ?? "", { ignoreTag: true }), key);
  });
});

test.each(LOCALES)("what Discord is given as it stands takes nothing, in %s", (locale) => {
  const names = commands.flatMap(({ actions }) =>
    [...actions.values()].flatMap(({ options }) =>
      Object.values(options).flatMap((option) =>
        option.type === "choice" ? option.choices.map(({ name }) => name) : [],
      ),
    ),
  );
  const shown = [...texts.keys(locale).filter((key) => /^(command|option)\./.test(key)), ...names];
  expect(shown.filter((key) => /[{}]/.test(texts.find(locale, key) ?? "{"))).toEqual([]);
});

test("no text is left over: each is named in the sources", async () => {
  const { readFile, readdir } = await import("node:fs/promises");
  const folders = ["src/kernel", "src/web", "src/zonewire", "commands"];
  const files = (
    await Promise.all(
      folders.map(async (folder) =>
        (await readdir(join(ROOT, folder), { recursive: true }))
          .filter((file) => file.endsWith(".ts"))
          .map((file) => join(ROOT, folder, file)),
      ),
    )
  ).flat();
  const source = (await Promise.all(files.map((file) => readFile(file, "utf8")))).join("\n");
  // Some are put together: `web.${kind}.title`.
  const families = [...source.matchAll(/(?:\(|\w+: )`([\w.-]*(?:\$\{[\w.]+\}[\w.-]*)+)`/g)].map(
    ([, key = ""]) => new RegExp(`^${key.replaceAll(".", "\\.").replace(/\$\{[^}]+\}/g, "[\\w-]+")}$`),
  );
  const named = (key: string) => source.includes(`"${key}"`) || families.some((family) => family.test(key));
  const unused = texts.keys("en").filter((key) => !/^(command|option)\./.test(key) && !named(key));
  expect(unused).toEqual([]);
});

test("each command has its texts, and an option one name and one description whichever command takes it", () => {
  const wanted = new Set<string>();
  const describe = (key: string) => wanted.add(`${key}.name`).add(`${key}.description`);
  for (const command of commands) {
    describe(`command.${command.name}`);
    for (const [path, action] of command.actions) {
      const key = `command.${path.replaceAll(" ", ".")}`;
      describe(key);
      for (const option of Object.keys(action.options)) describe(`option.${option}`);
    }
  }
  expect(
    texts
      .keys("en")
      .filter((key) => /^(command|option)\./.test(key))
      .sort(),
  ).toEqual([...wanted].sort());
});

test("the English names are the registered ones, and no two siblings share a name in any language", () => {
  interface Named {
    readonly name: string;
    readonly name_localizations?: object | null | undefined;
    readonly options?: readonly Named[];
  }
  const check = (siblings: readonly Named[]) => {
    for (const code of ["en-US", "ru", "es-ES", "fr", "ko"]) {
      const names = siblings.map(
        ({ name, name_localizations: names }) =>
          new Map<string, unknown>(Object.entries(names ?? {})).get(code) ?? name,
      );
      expect(new Set(names).size).toBe(names.length);
      if (code === "en-US") expect(names).toEqual(siblings.map(({ name }) => name));
    }
    for (const { options } of siblings) if (options) check(options);
  };
  check(definitions(commands, texts) as readonly Named[]);
});

describe("what the texts say", () => {
  /** Each text in one language without the names of its arguments. */
  const wordsOf = (locale: (typeof LOCALES)[number]) =>
    texts.keys(locale).map((key) => ({ key, text: (texts.find(locale, key) ?? "").replace(/\{\w+/g, "{") }));

  test("English is spelled as the game spells it", () => {
    const british =
      /\b(armour|artefact|colour|favour|honour|behaviour|neighbour|rouble|centre|metre|grey|catalogue|cancelled|travell|dearest|dearer|sundries|analyse|\w+ise[ds]?\b(?<!otherwise|raise[ds]?|precise|exercise|rise))/i;
    expect(wordsOf("en").filter(({ key, text }) => !key.endsWith(".name") && british.test(text))).toEqual([]);
  });

  test.each(LOCALES)("in %s, a command in a text is one that exists", (locale) => {
    const known = new Set(commands.flatMap(({ actions }) => [...actions.keys()]));
    const first = (name: string) => name.split(" ", 1)[0] ?? name;
    const typed = new Set(
      commands.flatMap(({ name }) => [name, texts.find(locale, `command.${name}.name`) ?? name].map(first)),
    );
    const clickable = texts.keys(locale).flatMap((key) =>
      [...(texts.find(locale, key) ?? "").matchAll(/\{command_(\w+)/g)].map(([, name = ""]) => ({
        key,
        name: name.replaceAll("_", " "),
      })),
    );
    expect(clickable.length).toBeGreaterThan(5);
    expect(clickable.filter(({ name }) => !known.has(name))).toEqual([]);
    const plain = wordsOf(locale).flatMap(({ key, text }) =>
      [...text.matchAll(/(?<![\p{L}\d/}])\/(\p{L}+)/gu)].map(([, name = ""]) => ({ key, name })),
    );
    // A particle may follow at once.
    const isTyped = (name: string) =>
      [...typed].some((one) => name === one || (locale === "ko" && name.startsWith(one)));
    expect(plain.filter(({ name }) => !isTyped(name))).toEqual([]);
    // A web page cannot hold what Discord makes clickable, and an example is typed.
    expect(plain.filter(({ key }) => !/^(web|help\.example)\./.test(key))).toEqual([]);
  });

  test.each(LOCALES)("in %s, no percent sign: a number brings it, spaced as the language does", (locale) => {
    expect(wordsOf(locale).filter(({ text }) => /[%％]/.test(text))).toEqual([]);
  });

  test.each(LOCALES)("in %s, nothing is read as markup of a field of the command line", (locale) => {
    const descriptions = wordsOf(locale).filter(({ key }) => /^(command|option)\..*\.description$/.test(key));
    expect(descriptions.filter(({ text }) => /[`*_]/.test(text) || text.length > 100)).toEqual([]);
  });
});
