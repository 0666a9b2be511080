import type { API } from "@zonewire/stalcraft";
import type { Logger } from "pino";
import type { WatchStore } from "../store/index.js";
import { MINUTE_MS, retrying, type Clock } from "../time.js";

interface ArchivingParts {
  readonly api: API;
  readonly looks: Pick<WatchStore["looks"], "ensureRegions">;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A start has more urgent things to ask. */
const FIRST_MS = 5 * MINUTE_MS;
const PAUSES = { first: MINUTE_MS, longest: 60 * MINUTE_MS };

/**
 * Has the emissions of every region looked at from five minutes after the start on, so that there are figures before anybody
 * watches. The returned function ends what is not done yet.
 */
export function archiveEmissions({ api, looks, clock, log }: ArchivingParts): () => void {
  const stopping = new AbortController();
  const { signal } = stopping;
  const ensure = async () => {
    const regions = await api.regions().getAll({ priority: "background", signal });
    await looks.ensureRegions(
      regions.map(({ id }) => id),
      0,
    );
  };
  const cancel = clock.setBackgroundTimeout(() => {
    retrying(ensure, {
      ...PAUSES,
      clock,
      signal,
      onFailure: (error) => {
        if (!signal.aborted) log.debug({ err: error }, "the regions whose emissions are kept could not be read");
      },
    }).catch(() => undefined);
  }, FIRST_MS);
  return () => {
    cancel();
    stopping.abort();
  };
}
