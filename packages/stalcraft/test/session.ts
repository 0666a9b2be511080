import { emission } from "./bodies.js";
import type { Reply } from "./scripted-server.js";

/** What a call for the emissions succeeds with. */
export const ok = { body: emission } satisfies Reply;

/** Collects how promises end. */
export function outcomes(calls: Promise<unknown>[]): Promise<string[]> {
  const name = (error: unknown) => (error instanceof Error ? error.name : String(error));
  return Promise.all(calls.map((call) => call.then(() => "ok", name)));
}
