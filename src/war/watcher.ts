import { z } from "zod";
import type { WarStore } from "../store/index.js";
import { atMost, MINUTE_MS } from "../time.js";
import { defineWatcher, type AnyWatcher, type Glance, type Look, type WarEvent } from "../watch/index.js";
import { AFTERWARDS_MS, dueOf, spanOf, toAnnounce, warMemory, type WarMemory } from "./due.js";
import type { EventKeeper } from "./event-keeper.js";
import { warId } from "./occurrences.js";
import { scheduleTerms, type ScheduleTerms } from "./terms.js";
import { readWar, type War } from "./war.js";
import type { Witness } from "./witness.js";

export interface WarWatcherOptions {
  readonly store: Pick<WarStore, "wars">;
  readonly keeper: Pick<EventKeeper, "keep">;
  readonly witness: Pick<Witness, "lookIntoVoice" | "readLogins">;
}

/** When voice was asked for last, by war, in milliseconds since the epoch. */
const warState = z.object({ voice: z.record(z.string(), z.number()) });
type WarState = z.infer<typeof warState>;

/** It says itself when it looks again; after a failure it is soon. */
const PACE = { everyMs: MINUTE_MS, points: 0, elastic: false } as const;
const VOICE_EVERY_MS = 2 * MINUTE_MS;
const LOGINS_EVERY_MS = 20_000;
const EVENT_AGAIN_MS = MINUTE_MS;
/** Of a look, which may take 15 seconds in all. */
const PATIENCE_MS = { voice: 6_000, logins: 5_000 };

/** Does what is due about the wars of a schedule: announces them, reminds, closes the sign-up, and sees who is there. */
export function warWatcher(options: WarWatcherOptions): AnyWatcher {
  return defineWatcher<WarState, ScheduleTerms, WarMemory>({
    kind: "war",
    pace: PACE,
    state: warState,
    rule: scheduleTerms,
    memory: warMemory,
    look: (glance) => look(glance, options),
  });
}

type WarGlance = Glance<WarState, ScheduleTerms, WarMemory>;

async function look(glance: WarGlance, options: WarWatcherOptions): Promise<Look<WarState, WarMemory>> {
  const { at: now, subject, watches, state: before = { voice: {} } } = glance;
  const [guildId = "", scheduleId = ""] = subject.split(":");
  const [watch] = watches;
  if (!watch) return { state: before };
  const { rule: terms } = watch;
  const { store, keeper, witness } = options;
  const at = now.getTime();
  const due = toAnnounce(at, terms).map((start) => ({ id: warId(scheduleId, start), ...spanOf(start, terms), terms }));
  const records = await store.wars.announce({ guildId, scheduleId }, due);
  const wars = records.flatMap((record) => readWar(record) ?? []);

  let hasEvents = true;
  for (const war of wars) hasEvents = (await keeper.keep(war, at)) && hasEvents;
  const voice: Record<string, number> = {};
  const unread: War[] = [];
  for (const war of wars) {
    if (war.state === "cancelled" || war.startsAt.getTime() > at) continue;
    if (war.endsAt.getTime() > at) voice[war.id] = await seeVoice(war, before.voice[war.id], at, glance, witness);
    if (!isPast(war, at)) {
      const signal = atMost(PATIENCE_MS.logins, glance.signal);
      if (!(await witness.readLogins(war, at, signal))) unread.push(war);
    }
  }
  const { events, states, memory, nextInMs } = dueOf(
    wars,
    terms,
    watch.memory ?? { told: [] },
    at,
    (war) => !unread.includes(war),
  );
  for (const { war, state } of states) await store.wars.is(war.id, state);
  return {
    state: { voice },
    events: events.map(({ war, what, usefulForMs, pings }) => {
      const event: WarEvent = { kind: "war", what, warId: war.id, revision: war.revision };
      return { watchId: watch.id, event, usefulForMs, pings };
    }),
    memories: [{ watchId: watch.id, memory }],
    nextInMs: Math.min(
      nextInMs,
      ...(hasEvents ? [] : [EVENT_AGAIN_MS]),
      ...(Object.keys(voice).length > 0 ? [VOICE_EVERY_MS] : []),
      ...(unread.some((war) => war.endsAt.getTime() <= at) ? [LOGINS_EVERY_MS] : []),
    ),
  };
}

async function seeVoice(
  war: War,
  lastAt: number | undefined,
  at: number,
  glance: WarGlance,
  witness: WarWatcherOptions["witness"],
): Promise<number> {
  if (lastAt !== undefined && at - lastAt < VOICE_EVERY_MS / 2) return lastAt;
  const signal = atMost(PATIENCE_MS.voice, glance.signal);
  await witness.lookIntoVoice(war, lastAt, at, signal);
  return at;
}

/** Nothing can be learnt about it any more. */
function isPast({ endsAt }: War, at: number): boolean {
  return at - endsAt.getTime() > AFTERWARDS_MS;
}
