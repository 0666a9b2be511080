import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Logger } from "pino";
import { MINUTE_MS, retrying, within, type Clock } from "../time.js";
import type { StoreHealth } from "../services.js";
import { openStore, StoreUnavailableError, type Store, type StoreSettings } from "../store/index.js";

export interface OpenedStore {
  readonly store: Store;
  readonly close: () => Promise<void>;
}

export interface StoreOpening {
  /** Undefined: a folder of its own for this run, which is gone when the store is closed. */
  readonly settings: StoreSettings | undefined;
  readonly clock: Clock;
  readonly log: Logger;
  /** Ends the waiting for a database. */
  readonly signal: AbortSignal;
}

/** A database that starts together with the bot may take a while. */
const PATIENCE_MS = MINUTE_MS;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 8_000;

/**
 * Opens the store; a database that does not answer is tried for a minute.
 * @throws StoreUnavailableError when it never did, StoreSetupError at once; the signal's reason when that is aborted
 */
export async function openOwnStore(opening: StoreOpening): Promise<OpenedStore> {
  const { settings, clock, log } = opening;
  if (settings) {
    const store = await openWithRetry(() => openStore({ settings, clock, log }), opening);
    return { store, close: () => store.close() };
  }
  const dataDir = await mkdtemp(join(tmpdir(), "zonewire-"));
  const remove = () => rm(dataDir, { recursive: true, force: true });
  try {
    const store = await openStore({ settings: { dataDir, databaseUrl: undefined, keys: undefined }, clock, log });
    return { store, close: () => store.close().finally(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function openWithRetry(open: () => Promise<Store>, { clock, log, signal }: StoreOpening): Promise<Store> {
  const giveUpAt = clock.now() + PATIENCE_MS;
  return retrying(open, {
    clock,
    signal,
    first: FIRST_PAUSE_MS,
    longest: LONGEST_PAUSE_MS,
    onFailure: (error, retryInMs) => {
      if (!(error instanceof StoreUnavailableError) || clock.now() + retryInMs > giveUpAt) throw error;
      log.warn({ err: error, retryInMs }, "the database cannot be reached, trying again");
    },
  });
}

/** Links whose key is not there stay as they are: the right key brings them back. */
export async function warnUnreadable({ links }: Store, log: Logger): Promise<void> {
  try {
    const unreadable = await links.countUnreadable();
    if (unreadable > 0) {
      log.warn(
        { links: unreadable },
        "linked accounts cannot be read: the key with which their tokens were sealed is not in ENCRYPTION_KEYS",
      );
    }
  } catch (error) {
    log.warn({ err: error }, "the linked accounts could not be counted");
  }
}

const ANSWER_MS = 3_000;

/** Undefined when the database does not answer within three seconds. */
export async function examine(store: Store, clock: Clock): Promise<StoreHealth | undefined> {
  const started = clock.now();
  const counting = store.links.countByState().then(
    ({ live, dead }) => ({ latency: clock.now() - started, links: live + dead }),
    () => undefined,
  );
  return within(counting, ANSWER_MS, clock);
}
