import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ESLint } from "eslint";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { z } from "zod";

const ROOT = join(import.meta.dirname, "..");
/** Import rules need no types, and types take long. */
const lintWith = (rules: RegExp) =>
  new ESLint({
    cwd: ROOT,
    overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
    ruleFilter: ({ ruleId }) => rules.test(ruleId),
  });
const borders = lintWith(/^boundaries\/|^import-x\/no-relative-packages$/);
/** It reads all that a module imports, and what that imports. */
const circles = lintWith(/^import-x\/no-cycle$/);

/** The rules that `code` breaks if it stood in `file`. */
async function broken(file: string, code: string, by = borders): Promise<(string | null)[]> {
  const [result] = await by.lintText(code, { filePath: join(ROOT, file) });
  return (result?.messages ?? []).map(({ ruleId }) => ruleId);
}

/** The product's modules, from the root. */
function sources(): string[] {
  return ["src", "commands", "packages/stalcraft/src", "packages/sandbox/src"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => join(folder, name)),
  );
}

/** The modules of ours that one imports by their paths, types too. */
function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(ROOT, file), "utf8"));
  return importedFiles
    .filter(({ fileName }) => fileName.startsWith("."))
    .map(({ fileName }) => join(dirname(file), fileName).replace(/\.js$/, ".ts"));
}

/** A path along imports from a module back to itself. */
function circleIn(imports: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const search = (file: string, path: readonly string[]): string[] | undefined => {
    const seen = path.indexOf(file);
    if (seen >= 0) return [...path.slice(seen), file];
    if (done.has(file)) return undefined;
    const circle = firstOf(imports.get(file) ?? [], (other) => search(other, [...path, file]));
    done.add(file);
    return circle;
  };
  return firstOf([...imports.keys()], (file) => search(file, []));
}

function firstOf<T, R>(things: readonly T[], find: (thing: T) => R | undefined): R | undefined {
  for (const thing of things) {
    const found = find(thing);
    if (found !== undefined) return found;
  }
  return undefined;
}

describe("the linter enforces our rules", () => {
  test.each([
    ["packages/stalcraft/src/api.ts", 'import "discord.js";'],
    ["packages/stalcraft/src/api.ts", 'import "../../../src/time.js";'],
    ["packages/stalcraft/src/api.ts", 'import "@zonewire/sandbox/game";'],
    ["packages/stalcraft/src/session/session.ts", 'import "../../../sandbox/src/clock.js";'],
    ["src/market/prices.ts", 'import "@zonewire/stalcraft";'],
    ["src/market/prices.ts", 'import "@discordjs/builders";'],
    ["src/items/items.ts", 'import "../kernel/index.js";'],
    ["src/charts/charts.ts", 'import "../kernel/index.js";'],
    ["src/charts/charts.ts", 'import "../market/statistics.js";'],
    ["src/clans/directory.ts", 'import "../kernel/index.js";'],
    ["src/web/server.ts", 'import "discord.js";'],
    ["src/web/server.ts", 'import "../store/index.js";'],
    ["src/web/callback.ts", 'import "../accounts/linking.js";'],
    ["src/accounts/linking.ts", 'import "../kernel/index.js";'],
    ["src/accounts/linking.ts", 'import "../store/links.js";'],
    ["src/config.ts", 'import "../commands/help.js";'],
    ["src/time.ts", 'import "./log.js";'],
    ["src/items/items.ts", 'import "../config.js";'],
    ["src/kernel/router.ts", 'import "../log.js";'],
    ["commands/help.ts", 'import "../src/zonewire.js";'],
    ["commands/help.ts", 'export { Router } from "../src/kernel/router.js";'],
    ["commands/help.ts", 'await import("../src/kernel/router.js");'],
    ["src/items/items.ts", 'import type { Context } from "../kernel/index.js";'],
    ["src/store/links.ts", 'import "discord-api-types/v10";'],
    ["src/kernel/router.ts", 'import "@zonewire/sandbox/discord";'],
    ["src/kernel/explain.ts", 'import "@zonewire/stalcraft";'],
    ["src/kernel/context.ts", 'import "../services.js";'],
    ["src/kernel/preferences.ts", 'import "../preferences.js";'],
    ["src/kernel/option.ts", 'import "../known-game.js";'],
    ["src/kernel/gateway/shard.ts", 'import "../../config.js";'],
    ["src/kernel/option.ts", 'import "../items/index.js";'],
    ["src/kernel/card.ts", 'import { EmbedBuilder } from "discord.js"; new EmbedBuilder();'],
    ["commands/help.ts", 'import "discord.js";'],
    ["commands/help.ts", 'import "undici";'],
    ["commands/help.ts", 'import "@zonewire/sandbox/game";'],
    ["commands/price/index.ts", 'import "../../packages/stalcraft/src/errors.js";'],
    ["commands/price/index.ts", 'import "../../src/kernel/router.js";'],
    ["packages/sandbox/src/discord/index.ts", 'import "../game/index.js";'],
    ["packages/sandbox/src/game/index.ts", 'import "@zonewire/stalcraft";'],
    ["packages/sandbox/src/game/index.ts", 'import "../discord/index.js";'],
  ])("%s may not have: %s", async (file, code) => {
    expect(await broken(file, code)).toContain("boundaries/dependencies");
  });

  test.each([
    ["commands/help.ts", 'import "../src/kernel/index.js";'],
    ["commands/price/index.ts", 'import "@zonewire/stalcraft";'],
    ["src/kernel/router.ts", 'import "discord.js";'],
    ["src/kernel/context.ts", 'import "../time.js";'],
    ["packages/stalcraft/src/session/session.ts", 'import "../clock.js";'],
    ["packages/stalcraft/src/api.ts", 'import "./methods/auction.js";'],
    ["src/charts/buckets.ts", 'import "../market/index.js";'],
    ["src/web/callback.ts", 'import "../accounts/index.js";'],
    ["src/accounts/linking.ts", 'import "../store/index.js";'],
    ["src/zonewire.ts", 'import "@zonewire/sandbox/discord";'],
  ])("%s may have: %s", async (file, code) => {
    expect(await broken(file, code)).toEqual([]);
  });

  test("modules do not import each other in a circle", async () => {
    expect(await broken("src/market/statistics.ts", 'import "./index.js";', circles)).toEqual(["import-x/no-cycle"]);
    expect(await broken("src/market/figures.ts", 'import "./statistics.js";', circles)).toEqual([]);
  });

  test("nor do they where only types are imported, which the linter passes over", () => {
    const imports = new Map(sources().map((file) => [file, importsOf(file)]));
    expect(circleIn(imports)).toBeUndefined();
    expect(circleIn(new Map([...imports, ["src/time.ts", ["src/rate-limit.ts"]]]))).toEqual([
      "src/time.ts",
      "src/rate-limit.ts",
      "src/time.ts",
    ]);
  });

  test("the client and the sandbox, of which neither may know the other, have the same clock", () => {
    const [one, other] = ["stalcraft", "sandbox"].map((name) =>
      readFileSync(join(ROOT, "packages", name, "src/clock.ts"), "utf8"),
    );
    expect(one).toBe(other);
  });

  test("a package of ours is entered by its name", async () => {
    const path = 'import "../../packages/stalcraft/src/index.js";';
    expect(await broken("commands/price/index.ts", path)).toEqual(["import-x/no-relative-packages"]);
  });

  test.each(["no-floating-promises", "no-misused-promises", "no-explicit-any", "no-non-null-assertion"])(
    "%s is an error everywhere in the product",
    async (rule) => {
      for (const file of ["src/time.ts", "commands/help.ts", "src/kernel/router.ts", "packages/stalcraft/src/api.ts"]) {
        const config = z
          .object({ rules: z.record(z.string(), z.array(z.unknown())) })
          .parse(await borders.calculateConfigForFile(join(ROOT, file)));
        expect(config.rules[`@typescript-eslint/${rule}`]?.[0]).toBe(2);
      }
    },
  );
});
