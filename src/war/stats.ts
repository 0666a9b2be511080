import type { Answer, Verdict } from "../store/index.js";
import type { Attendee } from "./attendance.js";
import type { War } from "./war.js";

/** How many answered and came. */
export type Counts = Readonly<Record<Answer | Verdict | "silent" | "unknown", number>>;

export interface WarStats {
  /** The earliest first. */
  readonly wars: readonly (Counts & { readonly war: War })[];
  /** Who answered or came to any of them, by Discord id. `wars`: in how many of them something is known of them. */
  readonly people: readonly (Counts & {
    readonly personId: string;
    readonly name: string | null;
    readonly wars: number;
    /** Wars to which they had said that they would come, late or not, and were absent without an excuse. */
    readonly noShows: number;
  })[];
}

/** Of wars that are over, the earliest first. */
export function statsOf(wars: readonly { readonly war: War; readonly people: readonly Attendee[] }[]): WarStats {
  const all = new Map<string, Attendee[]>();
  for (const { people } of wars) {
    for (const one of people) {
      const own = all.get(one.personId);
      if (own) own.push(one);
      else all.set(one.personId, [one]);
    }
  }
  return {
    wars: wars.map(({ war, people }) => ({ war, ...countsOf(people) })),
    people: [...all].map(([personId, own]) => ({
      personId,
      name: own.flatMap(({ name }) => name ?? []).at(-1) ?? null,
      wars: own.length,
      noShows: own.filter(isNoShow).length,
      ...countsOf(own),
    })),
  };
}

/** They had said that they would come, and did not. */
function isNoShow({ answer, verdict }: Pick<Attendee, "answer" | "verdict">): boolean {
  return verdict === "absent" && (answer === "yes" || answer === "late");
}

function countsOf(people: readonly Attendee[]): Counts {
  const answered = (answer: Answer | null) => people.filter((one) => one.answer === answer).length;
  const came = (verdict: Attendee["verdict"]) => people.filter((one) => one.verdict === verdict).length;
  return {
    ...{ yes: answered("yes"), late: answered("late"), no: answered("no"), silent: answered(null) },
    ...{ present: came("present"), absent: came("absent"), excused: came("excused"), unknown: came("unknown") },
  };
}
