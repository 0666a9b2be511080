/**
 * Milliseconds that the simulated Discord waits for an acknowledgement where a test is not about it. Discord waits for three
 * seconds, which a busy machine may take for a moment's work; what must come in time is tested with clocks that tests move.
 */
export const PATIENCE_MS = 60_000;
