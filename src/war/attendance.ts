import type { Answer, Correction, Excuse, ReadLogin, SeenInVoice, Verdict } from "../store/index.js";
import { DAY_MS, MINUTE_MS } from "../time.js";
import { stagesOf, type Span } from "./occurrences.js";
import { coveredMs } from "./spans.js";
import type { Evidence, War } from "./war.js";

/** What a source says; "unknown": it does not know. */
export type Known = "yes" | "no" | "unknown";

/** Whether somebody was there, as their three sources and the officers say. */
export interface Attendee {
  readonly personId: string;
  /** As they were called; null: nobody noted it. */
  readonly name: string | null;
  /** What they had answered; null: nothing. */
  readonly answer: Answer | null;
  readonly reason: string | null;
  readonly voice: Known;
  /** Of each stage. */
  readonly voiceStages: readonly Known[];
  /** As far as it is known; null: nothing is. */
  readonly voiceMinutes: number | null;
  readonly login: Known;
  /** The last login that is known. */
  readonly lastLogin: Date | null;
  readonly correction: Correction | null;
  readonly excuse: Excuse | null;
  /** The name of their squad. */
  readonly squad: string | null;
  /** What all of it comes to: an officer's word first, then what was seen, then what they said. */
  readonly verdict: Verdict | "unknown";
}

/** Who is in voice for so long of a stage, or for half of it, was there. */
const ENOUGH_MS = 5 * MINUTE_MS;
/** Who logs in so long before the start, or meanwhile, is there; the game tells the moment of a login, not who is online. */
const EARLY_LOGIN_MS = 30 * MINUTE_MS;
/** Who has not logged in for so long before the start was not there: nobody plays longer without a pause. */
const LONGEST_SESSION_MS = DAY_MS;

/**
 * Everybody who answered, was seen, is in a squad, is excused or was corrected, by Discord id.
 * @param others who should have been there, whether anything is known of them or not
 */
export function attendees(
  evidence: Evidence,
  others: readonly { readonly personId: string; readonly name: string }[] = [],
): Attendee[] {
  const { war, signUps, squads, excused, voice, followed, logins, corrections } = evidence;
  const names = new Map<string, string>();
  for (const { personId, name } of [...others, ...excused, ...corrections, ...signUps]) names.set(personId, name);
  const ids = new Set([
    ...names.keys(),
    ...squads.flatMap(({ members }) => members),
    ...voice.filter(({ present }) => present).map(({ personId }) => personId),
  ]);
  const spanOf = ({ from, until }: { readonly from: Date; readonly until: Date }): Span => ({
    from: from.getTime(),
    until: until.getTime(),
  });
  const all = followed.map(spanOf);
  const ofPerson = <T extends { readonly personId: string }>(list: readonly T[]) => groups(list);
  const [voiceOf, loginsOf] = [ofPerson(voice), ofPerson(logins)];
  const signUpOf = byPerson(signUps);
  const correctionOf = byPerson(corrections);
  const excuseOf = byPerson(excused);
  return [...ids]
    .sort((a, b) => (a.length === b.length ? (a < b ? -1 : 1) : a.length - b.length))
    .map((personId) => {
      const seen = voiceOf.get(personId) ?? [];
      const signUp = signUpOf.get(personId);
      const about = {
        ...inVoice(
          seen.map((one) => ({ ...spanOf(one), present: one.present })),
          all,
          war,
        ),
        ...byLogin(loginsOf.get(personId) ?? [], war),
        answer: signUp?.answer ?? null,
        reason: signUp?.reason ?? null,
        correction: correctionOf.get(personId) ?? null,
        excuse: excuseOf.get(personId) ?? null,
      };
      const squad = squads.find(({ members }) => members.includes(personId))?.name ?? null;
      return { personId, name: names.get(personId) ?? null, ...about, squad, verdict: verdictOf(about) };
    });
}

/** What was seen of somebody, as spans of milliseconds. */
type SeenSpan = Span & Pick<SeenInVoice, "present">;

/**
 * Whether somebody was in voice, of each stage and in all: yes in all where they were in one; no where it is certain of each
 * that they were not there long enough.
 */
export function inVoice(
  seen: readonly SeenSpan[],
  followed: readonly Span[],
  war: Pick<War, "startsAt" | "endsAt"> & { readonly terms: Pick<War["terms"], "stages"> },
): Pick<Attendee, "voice" | "voiceStages" | "voiceMinutes"> {
  const whole = { from: war.startsAt.getTime(), until: war.endsAt.getTime() };
  const there = seen.filter(({ present }) => present);
  const known = [...seen, ...followed];
  const voiceStages = stagesOf(whole, war.terms).map((stage): Known => {
    const length = stage.until - stage.from;
    const enough = Math.min(ENOUGH_MS, length / 2);
    const seenMs = coveredMs(there, stage);
    const unknownMs = length - coveredMs(known, stage);
    if (seenMs >= enough) return "yes";
    return seenMs + unknownMs < enough ? "no" : "unknown";
  });
  const isKnown = coveredMs(known, whole) > 0;
  return {
    voiceStages,
    voice: voiceStages.includes("yes") ? "yes" : voiceStages.every((one) => one === "no") ? "no" : "unknown",
    voiceMinutes: isKnown ? Math.round(coveredMs(there, whole) / MINUTE_MS) : null,
  };
}

/** Whether the logins of somebody's characters say that they were there. */
export function byLogin(
  logins: readonly ReadLogin[],
  { startsAt, endsAt }: Pick<War, "startsAt" | "endsAt">,
): Pick<Attendee, "login" | "lastLogin"> {
  const each = logins.map(({ outcome, firstLogin, lastLogin, readAt }): Known => {
    if (outcome !== "seen") return "unknown";
    const moments = [firstLogin, lastLogin].filter((at) => at !== null);
    const near = (at: Date) => at.getTime() >= startsAt.getTime() - EARLY_LOGIN_MS && at <= endsAt;
    if (moments.some(near)) return "yes";
    const isOld = moments.length > 0 && moments.every((at) => at.getTime() < startsAt.getTime() - LONGEST_SESSION_MS);
    return isOld && readAt >= endsAt ? "no" : "unknown";
  });
  const moments = logins.flatMap(({ lastLogin }) => lastLogin ?? []).sort((a, b) => b.getTime() - a.getTime());
  const login = each.includes("yes") ? "yes" : each.length > 0 && each.every((one) => one === "no") ? "no" : "unknown";
  return { login, lastLogin: moments[0] ?? null };
}

function verdictOf({
  correction,
  voice,
  login,
  excuse,
  answer,
  reason,
}: Pick<Attendee, "correction" | "voice" | "login" | "excuse" | "answer" | "reason">): Attendee["verdict"] {
  if (correction) return correction.verdict;
  if (voice === "yes" || login === "yes") return "present";
  if (excuse !== null || (answer === "no" && reason !== null)) return "excused";
  return answer === "no" || voice === "no" || login === "no" ? "absent" : "unknown";
}

function byPerson<T extends { readonly personId: string }>(list: readonly T[]): ReadonlyMap<string, T> {
  return new Map(list.map((one) => [one.personId, one]));
}

function groups<T extends { readonly personId: string }>(list: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const all = new Map<string, T[]>();
  for (const one of list) {
    const own = all.get(one.personId);
    if (own) own.push(one);
    else all.set(one.personId, [one]);
  }
  return all;
}
