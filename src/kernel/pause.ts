import type { Clock } from "../clock.js";

/** Waits `ms` milliseconds, or until the signal is aborted; never rejects. */
export async function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted || ms <= 0) return;
  await new Promise<void>((resolve) => {
    const end = () => {
      cancel();
      signal.removeEventListener("abort", end);
      resolve();
    };
    const cancel = clock.setTimeout(end, ms);
    signal.addEventListener("abort", end);
  });
}
