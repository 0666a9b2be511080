import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

/** Each module, and which others it may import. docs/architecture.md says why. */
const MAY_IMPORT = {
  "packages/stalcraft/src": [],
  "src/items": [],
  "src/market": [],
  "src/clans": ["stalcraft"],
  "src/auction": ["stalcraft", "market"],
  "src/charts": ["market"],
  "src/store": [],
  "src/accounts": ["store", "stalcraft"],
  "src/web": ["accounts", "stalcraft"],
  "src/kernel": ["stalcraft"],
  commands: ["kernel", "stalcraft", "items", "market", "auction", "charts", "clans", "accounts"],
  "packages/sandbox/src/game": [],
  "packages/sandbox/src/discord": [],
  "packages/sandbox/src/playground": ["discord", "game"],
};
const SANDBOX = ["game", "discord", "playground"];
const ROOMS = [
  "items",
  "market",
  "auction",
  "charts",
  "clans",
  "store",
  "accounts",
  "web",
  "kernel",
  "commands",
  "zonewire",
];
/** Modules of `src` itself that a room may use: time for all, the list of services for the kernel. */
const TOP = ["time", "config", "log", "services", "zonewire", "main"];
const MAY_USE_TOP = { "src/kernel": ["time", "services"] };
const SPEAKS_DISCORD = ["src/kernel"];
const BUILDERS = [
  "ActionRowBuilder",
  "ButtonBuilder",
  "EmbedBuilder",
  "ModalBuilder",
  "SlashCommandBuilder",
  "StringSelectMenuBuilder",
  "TextInputBuilder",
];

function importRules([room, may]) {
  const name = room.split("/").at(-1);
  const isPackage = room.startsWith("packages/");
  const inSandbox = room.startsWith("packages/sandbox/");
  const closed = ROOMS.filter((other) => !may.includes(other) && other !== name);
  const siblings = SANDBOX.filter((other) => !may.includes(other) && other !== name);
  const closedPackages = isPackage || !may.includes("stalcraft") ? "" : "(?!stalcraft$)";
  const paths = [
    `^@zonewire/${closedPackages}`,
    ...(isPackage ? ["^(\\.\\./){2,}.*(src|packages|stalcraft|sandbox)/"] : [`/(${closed.join("|")}|packages)/`]),
    ...(inSandbox ? [`^(\\.\\./)+(${siblings.join("|") || "-"})/`] : []),
  ].join("|");
  const closedTop = TOP.filter((module) => !(MAY_USE_TOP[room] ?? ["time"]).includes(module));
  const patterns = [
    { regex: paths, message: `${room} does not look into this room.` },
    { regex: `^(\\.\\./)+(${closedTop.join("|")})\\.js$`, message: `${room} does not need to know this.` },
    {
      regex: `\\./(src/)?(${may.join("|") || "-"})/(?!index\\.js$)`,
      message: "Other rooms are entered through their index.ts.",
    },
  ];
  if (isPackage) patterns.length = 1;
  if (room === "commands") {
    patterns.push({
      regex: "^(discord\\.js|undici|pg|drizzle)",
      message: "A command returns a value; services reach the outside.",
    });
  } else if (!SPEAKS_DISCORD.includes(room)) {
    const types = room.startsWith("packages/sandbox/") ? "" : "|discord-api-types";
    patterns.push({ regex: `^(discord\\.js|@discordjs/${types})`, message: "Only the kernel speaks Discord." });
  }
  const names = [{ name: "discord.js", importNames: BUILDERS, message: "Builders come from @discordjs/builders." }];
  return { files: [`${room}/**/*.ts`], rules: { "no-restricted-imports": ["error", { patterns, paths: names }] } };
}

export default defineConfig(
  { ignores: ["**/dist/", "coverage/", "node_modules/", "data/"] },
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
  ...Object.entries(MAY_IMPORT).map(importRules),
  {
    files: ["src/*.ts"],
    ignores: ["src/zonewire.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            { regex: "/commands/|^@zonewire/sandbox", message: "Only the composition root opens these rooms." },
          ],
        },
      ],
    },
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
  { files: ["**/*.js"], extends: [tseslint.configs.disableTypeChecked] },
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
