import type { DiscordSimulatorOptions } from "@zonewire/sandbox/discord";

/**
 * How long a test waits for one thing, in milliseconds. It measures nothing: a busy machine may take a minute for a moment's
 * work. What must come in time is tested with clocks that tests move.
 */
export const PATIENCE_MS = 60_000;

/** The longest that anything in a test waits. */
export const LONGEST_WAIT_MS = 2 * PATIENCE_MS;

/** A simulated Discord that waits longer than Discord does, where a test is not about that and its time is the machine's. */
export const PATIENT = {
  acknowledgeMs: PATIENCE_MS,
  waitMs: LONGEST_WAIT_MS,
} satisfies DiscordSimulatorOptions;
