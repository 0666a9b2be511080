import type { API } from "@zonewire/stalcraft";
import { z } from "zod";
import { MINUTE_MS } from "../../time.js";
import { defineWatcher, type AnyWatcher } from "../ports.js";
import { changesOf, emissionState, type EmissionState } from "./changes.js";
import { emissionRule } from "./rule.js";
import { tellingOf } from "./telling.js";

/** How often somebody's region is looked at; the API itself refreshes every 10 to 15 seconds. */
const EVERY_MS = 10_000;
/** The same for a region that nobody watches, for the archive alone: no emission begins and ends unseen between two looks. */
const UNWATCHED_MS = 2 * MINUTE_MS;
/** Two looks in a row, at something that is about to happen. */
const SHORTEST_MS = 500;
/** Answers of people's questions that are as young serve as well. */
const MAX_AGE_MS = 1_000;
/** An answer that takes longer comes too late for the next look. */
const PATIENCE_MS = 10_000;

/** Looks at the emissions of a region. */
export function emissionWatcher(api: API): AnyWatcher {
  return defineWatcher<EmissionState, z.infer<typeof emissionRule>, null>({
    kind: "emission",
    pace: { everyMs: EVERY_MS, unwatchedMs: UNWATCHED_MS, points: 1, elastic: false },
    state: emissionState,
    rule: emissionRule,
    memory: z.null(),
    async look({ subject: region, state, watches, shown, signal }) {
      const emission = await api.emissions(region).getInfo({
        maxAge: MAX_AGE_MS,
        priority: "background",
        timeout: PATIENCE_MS,
        signal,
      });
      const { currentStart, previousStart, previousEnd, receivedAt } = emission;
      const at = receivedAt.getTime();
      const seen = changesOf(state, { currentStart, previousStart, previousEnd, at: receivedAt });
      const usual = watches.length > 0 || shown ? EVERY_MS : UNWATCHED_MS;
      return {
        state: seen.state,
        events: seen.changes.flatMap((change) =>
          watches.flatMap(({ id, rule }) => {
            const told = tellingOf(rule, change, region, at);
            return told ? [{ watchId: id, event: told.event, usefulForMs: told.tooLateAt - at }] : [];
          }),
        ),
        // The first look shows panels how things stand.
        panelsDirty: seen.observed.length > 0 || state === undefined,
        observed: seen.observed,
        nextInMs: Math.max(SHORTEST_MS, Math.min(usual, seen.nextInMs ?? usual)),
      };
    },
  });
}
