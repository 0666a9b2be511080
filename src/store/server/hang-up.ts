import type pg from "pg";
import { within, type Clock } from "../../time.js";

/** For the server to say that it has heard. */
const HANG_UP_MS = 1_000;

/** Ends a connection. One to a server that is silent, without its network having said so, would never say that it has ended. */
export async function hangUp(client: pg.Client, clock: Clock): Promise<void> {
  await within(
    client.end().catch(() => undefined),
    HANG_UP_MS,
    clock,
  );
}
