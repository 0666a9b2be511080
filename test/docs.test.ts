import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { actions } from "./registered.js";

const ROOT = join(import.meta.dirname, "..");
const pages = ["README.md", "CONTRIBUTING.md", ...readdirSync(join(ROOT, "docs")).map((name) => `docs/${name}`)].filter(
  (name) => name.endsWith(".md"),
);

/** Each command as it is typed, with its options. */
const commands = actions.map(({ path, options }) => ({ name: `/${path}`, options }));

describe("docs/commands.md", () => {
  const sections = readFileSync(join(ROOT, "docs/commands.md"), "utf8").split(/^## /m).slice(1);

  test("has a section for each command, and for nothing else", () => {
    const titles = sections.map((section) => section.split("\n", 1)[0]);
    expect(titles.sort()).toEqual(commands.map(({ name }) => name).sort());
  });

  test.each(commands)("says what $name takes, who sees the answer, and shows it", ({ name, options }) => {
    const section = sections.find((one) => one.startsWith(`${name}\n`)) ?? "";
    const told = [...section.matchAll(/^\| `(\S+)`\s+\| (\S+)\s+\|/gm)].map(([, option, need]) => [option, need]);
    expect(told).toEqual(options.map((option) => [option.name, option.required ? "**required**" : "optional"]));
    expect(section).toMatch(/Only you see the answer|Everybody in the channel sees the answer/);
    expect(section).toContain(`(images/${name.slice(1).replaceAll(" ", "-")}.png)`);
  });
});

test.each(pages)("every picture and every page that %s names is there", (page) => {
  const text = readFileSync(join(ROOT, page), "utf8");
  const targets = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target]) => target ?? "");
  expect(targets.filter((target) => !existsSync(join(ROOT, dirname(page), target)))).toEqual([]);
});
