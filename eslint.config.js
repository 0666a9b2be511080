import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import boundaries from "eslint-plugin-boundaries";
import { importX } from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

const BUILDERS = [
  "ActionRowBuilder",
  "ButtonBuilder",
  "EmbedBuilder",
  "ModalBuilder",
  "SlashCommandBuilder",
  "StringSelectMenuBuilder",
  "TextInputBuilder",
];
/** As the tests and the types do: a package of ours is its sources. */
const RESOLVING = { conditionNames: ["source", "import", "node", "default"], project: "tsconfig.json" };

/**
 * Each module, and which others it may import; folders are entered through their `index.ts`. docs/architecture.md says why.
 * A module that is not listed may not be imported by any other.
 */
const MAY_IMPORT = {
  "packages/stalcraft/src": [],
  "packages/sandbox/src/clock.ts": [],
  "packages/sandbox/src/game": ["clock"],
  "packages/sandbox/src/discord": ["clock"],
  "packages/sandbox/src/playground": ["clock", "discord", "game"],
  "src/time.ts": [],
  "src/fold.ts": [],
  "src/keyed-lock.ts": [],
  "src/ongoing.ts": [],
  "src/atomic-file.ts": [],
  "src/rate-limit.ts": ["time"],
  "src/last-known.ts": ["stalcraft"],
  "src/items": ["time", "fold", "atomic-file"],
  "src/market": ["time"],
  "src/clans": ["time", "fold", "last-known", "stalcraft"],
  "src/auction": ["time", "keyed-lock", "last-known", "stalcraft", "market"],
  "src/charts": ["time", "market"],
  "src/store": ["time", "keyed-lock", "atomic-file"],
  "src/accounts": ["time", "rate-limit", "store", "stalcraft"],
  "src/watch": [
    ...["time", "keyed-lock", "last-known"],
    ...["store", "stalcraft", "market", "auction", "clans", "accounts"],
  ],
  "src/history": ["time", "last-known", "store", "stalcraft", "accounts", "watch"],
  "src/war": ["time", "store", "stalcraft", "watch"],
  "src/roles": ["time", "store", "stalcraft", "accounts", "watch"],
  "src/web": ["time", "ongoing", "rate-limit", "accounts", "stalcraft"],
  "src/kernel": ["time", "ongoing"],
  commands: [
    ...["time", "fold", "last-known"],
    ...["kernel", "stalcraft", "items", "market", "auction", "charts", "clans", "accounts", "watch"],
    ...["history", "war", "roles"],
  ],
  "src/recalled.ts": ["time"],
  "src/known-game.ts": ["last-known", "stalcraft"],
  "src/services.ts": [
    ...["recalled", "known-game", "kernel"],
    ...["stalcraft", "items", "auction", "charts", "clans", "store", "accounts", "watch", "history", "war", "roles"],
  ],
  "src/preferences.ts": ["kernel"],
  "src/config.ts": ["stalcraft", "items", "store"],
  "src/log.ts": [],
  "src/misspelt.ts": [],
};
/** The composition root sees everything. */
const ROOT = ["src/zonewire.ts", "src/zonewire/**", "src/main.ts"];

const ROOMS = Object.entries(MAY_IMPORT).map(([path, may]) => ({
  path,
  may,
  isFile: path.endsWith(".ts"),
  name: path
    .replace(/^packages\/|\/src$|\.ts$/g, "")
    .split("/")
    .at(-1),
}));
const toRoom = ({ isFile, name }) =>
  isFile ? { file: { categories: name } } : { element: { type: name, fileInternalPath: "index.ts" } };
const fromRoom = ({ isFile, name }) => (isFile ? { file: { categories: name } } : { element: { type: name } });
const packages = (...source) => ({ to: { module: { origin: "external", source } } });
const elsewhere = (...rooms) => ROOMS.filter(({ name }) => !rooms.includes(name)).map(fromRoom);

const importRules = {
  files: ["src/**/*.ts", "commands/**/*.ts", "packages/*/src/**/*.ts"],
  plugins: { boundaries, "import-x": importX },
  settings: {
    "boundaries/elements": ROOMS.filter(({ isFile }) => !isFile).map(({ path, name }) => ({
      type: name,
      pattern: path,
      partialMatch: false,
    })),
    "boundaries/files": [
      { category: "root", pattern: ROOT },
      ...ROOMS.filter(({ isFile }) => isFile).map(({ path, name }) => ({ category: name, pattern: path })),
    ],
    "import/resolver": { typescript: RESOLVING },
    "import-x/resolver-next": [createTypeScriptImportResolver(RESOLVING)],
    "import-x/extensions": [".ts"],
    "import-x/parsers": { "@typescript-eslint/parser": [".ts"] },
  },
  rules: {
    "boundaries/dependencies": [
      "error",
      {
        default: "disallow",
        checkAllOrigins: true,
        checkUnknownLocals: true,
        policies: [
          { from: { file: { categories: "root" } }, allow: { to: { module: { origin: "*" } } } },
          { allow: { to: { module: { origin: ["external", "core"] } } } },
          ...ROOMS.map((room) => ({
            from: fromRoom(room),
            allow: ROOMS.filter(({ name }) => room.may.includes(name)).map((other) => ({ to: toRoom(other) })),
          })),
          {
            from: elsewhere("kernel"),
            disallow: packages("discord.js", "@discordjs/*"),
            message: "Only the kernel speaks Discord.",
          },
          {
            from: elsewhere("kernel", "commands", "discord", "playground"),
            disallow: packages("discord-api-types"),
            message: "Only the kernel speaks Discord.",
          },
          {
            from: { element: { type: "commands" } },
            disallow: packages("undici", "pg", "drizzle-*", "@electric-sql/*"),
            message: "A command returns a value; services reach the outside.",
          },
          {
            disallow: { ...packages("discord.js"), dependency: { specifiers: BUILDERS } },
            message: "Builders come from @discordjs/builders.",
          },
        ],
      },
    ],
    "import-x/no-cycle": ["error", { ignoreExternal: true }],
    "import-x/no-relative-packages": "error",
  },
};

export default defineConfig(
  { ignores: ["**/dist/", "coverage/", "node_modules/", "data/", "src/text-parameters.d.ts"] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ["eslint.config.js"] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/prefer-nullish-coalescing": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      eqeqeq: "error",
      "no-console": "error",
    },
  },
  importRules,
  {
    // What the bot adds to, with `declare module`.
    files: ["src/kernel/**"],
    rules: { "@typescript-eslint/no-empty-object-type": ["error", { allowInterfaces: "always" }] },
  },
  {
    // The library marks as deprecated what it does not want used lightly: http, for a login on this machine.
    files: ["src/accounts/exbo-login.ts"],
    rules: {
      "@typescript-eslint/no-deprecated": [
        "error",
        { allow: [{ from: "package", package: "oauth4webapi", name: "allowInsecureRequests" }] },
      ],
    },
  },
  {
    files: ["test/**", "packages/*/test/**", "bench/**"],
    rules: { "@typescript-eslint/no-non-null-assertion": "off", "no-console": "off" },
  },
  {
    // The library's enum stands in its types alone: there is nothing to import.
    files: ["bench/search/engines.ts"],
    rules: { "@typescript-eslint/no-unsafe-enum-assignment": "off" },
  },
  {
    files: ["**/*.js"],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { AbortController: "readonly" } },
  },
  {
    files: ["packages/sandbox/src/playground/page/**"],
    languageOptions: {
      globals: {
        document: "readonly",
        window: "readonly",
        fetch: "readonly",
        EventSource: "readonly",
        location: "readonly",
        navigator: "readonly",
      },
    },
  },
);
