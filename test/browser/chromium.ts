import { existsSync } from "node:fs";
import type { LaunchOptions } from "playwright-core";
import type { TestProject } from "vitest/node";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
/** The same without windows: it takes half the processor time for a page. */
const SHELL = "/usr/bin/chromium-headless-shell";

/** A browser of this machine: the one that `CHROMIUM_PATH` names, else one where systems install it. */
export function findChromium(): string | undefined {
  const { CHROMIUM_PATH } = process.env;
  return (CHROMIUM_PATH ? [CHROMIUM_PATH] : PLACES).find((path) => existsSync(path));
}

/** The cheapest one for tests, which look at no pictures. */
function findForTests(): string | undefined {
  return process.env.CHROMIUM_PATH || !existsSync(SHELL) ? findChromium() : SHELL;
}

/** A browser that asks nobody but the pages it is sent to, and that has one process for the pages of a device. */
export function launchOptions(executablePath: string): LaunchOptions {
  const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
  args.push(
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-site-isolation-trials",
    "--renderer-process-limit=1",
  );
  return { executablePath, headless: true, args };
}

declare module "vitest" {
  interface ProvidedContext {
    /** Empty: there is none. */
    readonly chromium: string;
  }
}

/** Once before all tests: finds the browser, or says that what needs it is skipped. */
export default function setup(project: TestProject): void {
  const path = findForTests();
  project.provide("chromium", path ?? "");
  if (path === undefined) {
    const where = process.env.CHROMIUM_PATH ?? PLACES.join(", ");
    console.log(`No Chromium at ${where}: the tests of the page in a browser (test/browser) are skipped.`);
  }
}
