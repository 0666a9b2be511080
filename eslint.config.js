import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

const discord = {
  regex: "^(discord\\.js|@discordjs/|discord-api-types)",
  message: "Only kernel and sandbox/discord speak Discord.",
};
const sandbox = { regex: "/sandbox/", message: "The sandbox is for main.ts and for tests." };
const wire = { regex: "^(undici|pg|drizzle|@electric-sql/)", message: "Commands reach the outside through services." };
const kernelRoom = {
  regex: "/kernel/",
  message: "Data flows command -> domain -> value -> card -> kernel, never back.",
};
const commandsRoom = { regex: "/commands/", message: "Nothing below the kernel knows the commands." };
const insides = {
  regex: "/src/(stalcraft|items|market|charts)/(?!index\\.js$)|\\.\\./(stalcraft|items|market|charts)/(?!index\\.js$)",
  message: "Import a domain folder through its index.ts.",
};
const exboBuilders = {
  name: "discord.js",
  importNames: [
    "EmbedBuilder",
    "ButtonBuilder",
    "ActionRowBuilder",
    "StringSelectMenuBuilder",
    "ModalBuilder",
    "SlashCommandBuilder",
  ],
  message: "Builders come from @discordjs/builders.",
};

/** What each room may not import. The rooms are described in docs/architecture.md. */
const rooms = [
  {
    files: ["src/stalcraft/**"],
    patterns: [
      discord,
      sandbox,
      kernelRoom,
      commandsRoom,
      { regex: "^\\.\\./\\.?\\.?/?(?!clock\\.js)[a-z]+/", message: "The client core stands alone." },
    ],
  },
  {
    files: ["src/items/**", "src/market/**", "src/charts/**"],
    patterns: [discord, sandbox, kernelRoom, commandsRoom, insides],
  },
  { files: ["src/web/**", "src/config.ts", "src/log.ts"], patterns: [discord, sandbox, commandsRoom] },
  { files: ["src/kernel/**"], patterns: [sandbox, commandsRoom, insides], paths: [exboBuilders] },
  {
    files: ["commands/**"],
    patterns: [
      { regex: "^discord\\.js", message: "A command returns a value; the kernel talks to Discord." },
      wire,
      sandbox,
      insides,
    ],
  },
  {
    files: ["src/sandbox/stalcraft/**", "src/sandbox/playground/**"],
    patterns: [
      { regex: "^(discord\\.js|@discordjs/)", message: "Only kernel and sandbox/discord speak Discord." },
      kernelRoom,
      commandsRoom,
    ],
  },
  {
    files: ["src/sandbox/discord/**"],
    patterns: [kernelRoom, commandsRoom, { regex: "/stalcraft/", message: "The simulated Discord knows no game." }],
  },
];

export default defineConfig(
  { ignores: ["dist/", "coverage/", "node_modules/", "data/"] },
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
  ...rooms.map(({ files, patterns, paths = [] }) => ({
    files,
    rules: { "no-restricted-imports": ["error", { patterns, paths }] },
  })),
  { files: ["test/**", "bench/**"], rules: { "@typescript-eslint/no-non-null-assertion": "off", "no-console": "off" } },
  { files: ["**/*.js"], extends: [tseslint.configs.disableTypeChecked] },
  {
    files: ["src/sandbox/playground/page/**"],
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
