import pg from "pg";
import { backgroundPause, backoff, type Clock } from "../../time.js";
import { hangUp } from "./hang-up.js";

/** Pauses before a connection that broke is made again, in milliseconds. */
const AGAIN = { first: 500, longest: 15_000 };

interface Listening {
  readonly clock: Clock;
  /** A connection that is not open yet. */
  readonly open: () => pg.Client;
}

/** Keeps a connection that hears the notifications of a channel (see `Database`); the returned function ends it. */
export function listenOn(
  channel: string,
  hear: (payload: string | undefined) => void,
  { clock, open }: Listening,
): () => Promise<void> {
  const ending = new AbortController();
  const listening = keepListening(channel, hear, { clock, open, signal: ending.signal });
  return async () => {
    ending.abort();
    await listening;
  };
}

async function keepListening(
  channel: string,
  hear: (payload: string | undefined) => void,
  { clock, open, signal }: Listening & { readonly signal: AbortSignal },
): Promise<void> {
  for (let failures = 0; !signal.aborted;) {
    const client = open();
    // An error that comes while nobody waits would end the process; "end" comes after it.
    client.on("error", () => undefined);
    client.on("notification", ({ payload }) => {
      hear(payload ?? "");
    });
    const ended = new Promise<void>((resolve) => {
      client.once("end", () => {
        resolve();
      });
    });
    try {
      await client.connect();
      await client.query(`listen ${pg.escapeIdentifier(channel)}`);
      failures = 0;
      hear(undefined);
      await Promise.race([ended, aborted(signal)]);
    } catch {
      // Whoever asks the database itself hears that it is away, and says so.
    }
    await hangUp(client, clock);
    failures += 1;
    await backgroundPause(backoff(failures, AGAIN), clock, signal);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else
      signal.addEventListener(
        "abort",
        () => {
          resolve();
        },
        { once: true },
      );
  });
}
