import type { PauseReason } from "../../store/index.js";
import type { NoticeEvent } from "../notice.js";
import type { Watch, WatchEvent } from "../ports.js";
import type { RosterReading, Standing } from "./readers.js";
import type { RosterMemory } from "./rule.js";

/** So many refusals in a row are believed: the API may refuse for a moment. */
const BELIEVED_REFUSALS = 5;

/** What is remembered of the owners' accounts, and what they are told. */
export interface Told {
  readonly events: readonly WatchEvent[];
  readonly memories: readonly { readonly watchId: string; readonly memory: RosterMemory }[];
  readonly pauses: readonly { readonly watchId: string; readonly reason: PauseReason }[];
}

type OwnWatch = Pick<Watch<unknown, RosterMemory>, "id" | "ownerId" | "rule" | "memory">;

/**
 * The owner of a watch hears once that their account is of no use any more. While somebody else's reads the members, the watch
 * goes on; else it is paused, as it is when the clan is gone.
 */
export function toldOwners(watches: readonly OwnWatch[], subject: string, reading: RosterReading | "gone"): Told {
  const told = watches.map((watch) =>
    reading === "gone"
      ? tell(watch, subject, "gone", false)
      : tell(watch, subject, reading.standings.get(watch.ownerId) ?? "unknown", reading.members !== undefined),
  );
  return {
    events: told.flatMap(({ events }) => events),
    memories: told.flatMap(({ memories }) => memories),
    pauses: told.flatMap(({ pauses }) => pauses),
  };
}

const FRESH: RosterMemory = { refusals: 0, told: false };
const NOTHING: Told = { events: [], memories: [], pauses: [] };

function tell(watch: OwnWatch, subject: string, standing: Standing | "gone", goesOn: boolean): Told {
  const { id: watchId, memory = FRESH } = watch;
  const remember = (after: RosterMemory): Told["memories"] =>
    after.refusals === memory.refusals && after.told === memory.told ? [] : [{ watchId, memory: after }];
  if (standing === "unknown") return NOTHING;
  if (standing === "reads") return { ...NOTHING, memories: remember(FRESH) };
  const refusals = Math.min(memory.refusals + 1, BELIEVED_REFUSALS);
  const certain = standing === "dead" || refusals === BELIEVED_REFUSALS;
  if (!certain) return { ...NOTHING, memories: remember({ ...memory, refusals }) };
  if (goesOn && memory.told) return { ...NOTHING, memories: remember({ refusals, told: true }) };
  const events = [{ watchId, event: noticeOf(watch, subject, standing, goesOn), toOwner: true }];
  if (goesOn) return { ...NOTHING, events, memories: remember({ refusals, told: true }) };
  // It begins anew when it is resumed.
  const reason = standing === "gone" ? "gone" : "link";
  return { events, memories: remember(FRESH), pauses: [{ watchId, reason }] };
}

function noticeOf(
  { id: watchId, rule }: OwnWatch,
  subject: string,
  standing: "dead" | "refused" | "gone",
  goesOn: boolean,
): NoticeEvent {
  const about = { kind: "notice", watchId, watched: "roster", subject, rule } as const;
  return standing === "gone" ? { ...about, notice: "gone" } : { ...about, notice: "link", why: standing, goesOn };
}
