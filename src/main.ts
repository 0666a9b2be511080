// First: the flags count for what is compiled and allocated from then on.
import { collectGarbage } from "./v8-flags.js";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { config as loadEnvFile } from "dotenv";
import { z } from "zod";
import { ConfigError, readConfig, SETTINGS, type Config } from "./config.js";
import { createLog, framesOf } from "./log.js";
import { misspelt } from "./misspelt.js";
import { StoreSetupError, StoreUnavailableError } from "./store/index.js";

const AGAIN_MS = 1_000;
const ORPHAN_CHECK_MS = 500;
const terminal = process.stdout.isTTY;

/** The release that runs, from the nearest `package.json` above: the sources and the build lie at different depths. */
function version(): string {
  const manifest = z.object({ name: z.literal("zonewire"), version: z.string() });
  for (const up of ["..", "../.."]) {
    try {
      return manifest.parse(JSON.parse(readFileSync(join(import.meta.dirname, up, "package.json"), "utf8"))).version;
    } catch {
      continue;
    }
  }
  return "?";
}

async function main(): Promise<void> {
  const { parsed: file = {} } = loadEnvFile({ quiet: true });
  const hints = misspelt(SETTINGS, file, process.env);
  const config = readSettings(hints);
  const log = createLog(config.logLevel, { terminal });
  for (const hint of hints) log.warn(hint);
  const die = (reason: string): never => {
    log.fatal(reason);
    process.exit(1);
  };
  process.on("uncaughtException", (error) => {
    log.fatal({ err: error, at: framesOf(error) }, "an error that nothing caught");
    process.exit(1);
  });

  // Most of the program: settings that cannot be used are named before it is loaded.
  const { RefusedError, startZonewire } = await import("./zonewire.js");
  const leaving = new AbortController();
  const starting = startZonewire({
    config,
    log,
    version: version(),
    signal: leaving.signal,
    onRefused: die,
    onSettled: collectGarbage,
  });
  let askedAt = 0;
  const stop = (signal: NodeJS.Signals) => {
    if (leaving.signal.aborted) {
      // A second signal means: do not wait. Within a second it is the same one, sent by the terminal and by npm.
      if (Date.now() - askedAt > AGAIN_MS) process.exit(1);
      return;
    }
    askedAt = Date.now();
    log.info({ signal }, "stopping");
    leaving.abort();
    const stopped = starting.then(
      (zonewire) => zonewire.close(),
      // It was still starting, and has stopped what it had.
      () => undefined,
    );
    void stopped.then(() => {
      log.info("stopped");
      process.exit(0);
    });
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  process.on("SIGHUP", stop);
  stopWithNpm(() => {
    stop("SIGTERM");
  });

  try {
    const { address } = await starting;
    log.info(config.discord ? `ready; health at ${address}/healthz` : `ready: open ${address} and type /price`);
  } catch (error) {
    if (leaving.signal.aborted) return;
    if (error instanceof RefusedError) die(error.message);
    if (error instanceof StoreUnavailableError) die(`the database cannot be reached: ${error.message}`);
    if (error instanceof StoreSetupError) die(error.message);
    const trouble = listeningTrouble(error, config.http);
    if (trouble !== undefined) die(trouble);
    throw error;
  }
}

/** @throws ConfigError, which says of names that are no setting, too: one of them may be what is missing */
function readSettings(hints: readonly string[]): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError([error.message, ...hints].join("; "));
  }
}

/** npm starts us through a shell, which dies of a SIGTERM without passing it on: we then must not go on as an orphan. */
function stopWithNpm(stop: () => void): void {
  if (process.env.npm_lifecycle_event !== "start") return;
  const shell = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch);
    stop();
  }, ORPHAN_CHECK_MS);
  watch.unref();
}

/** What the operator must change where the HTTP server does not get its address. */
function listeningTrouble(error: unknown, { host, port }: Config["http"]): string | undefined {
  if (!(error instanceof Error) || !("syscall" in error) || !("code" in error)) return undefined;
  if (error.syscall === "getaddrinfo" && "hostname" in error && error.hostname === host)
    return `HTTP_HOST cannot be found: there is no host ${host}`;
  if (error.syscall !== "listen") return undefined;
  switch (error.code) {
    case "EADDRINUSE":
      return `port ${port} is in use: set HTTP_PORT to another, or to 0 for a free one`;
    case "EADDRNOTAVAIL":
      return `HTTP_HOST must be an address of this machine, which ${host} is not`;
    case "EACCES":
      return `port ${port} is not for ordinary users: set HTTP_PORT to one above 1023`;
    default:
      return `HTTP_HOST and HTTP_PORT cannot be used: ${error.message}`;
  }
}

main().catch((error: unknown) => {
  const log = createLog("info", { terminal });
  if (error instanceof ConfigError) log.fatal(`the settings cannot be used: ${error.message}`);
  else log.fatal({ err: error }, "could not start");
  process.exit(1);
});
