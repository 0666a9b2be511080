import { backoff, type Clock } from "../time.js";
import type { Pace } from "./pace.js";
import type { PersonPlan, Plan } from "./plan.js";
import type { Changed, MemberRefusal, Servers, Wording } from "./ports.js";

/** One thing that is done to a member. */
export type Change =
  | { readonly what: "give" | "take"; readonly userId: string; readonly roleId: string }
  | { readonly what: "nickname"; readonly userId: string; readonly nick: string };

export interface PassResult {
  readonly done: readonly Change[];
  /** What Discord refused, each once: it is not asked again for what follows from the same. */
  readonly refused: readonly { readonly change: Change; readonly reason: MemberRefusal }[];
  /** How many changes were not tried: time was up, or Discord is out of order. */
  readonly left: number;
}

export interface PassOptions {
  readonly guildId: string;
  readonly servers: Pick<Servers, "give" | "take" | "rename">;
  readonly wording: Wording;
  readonly pace: Pace;
  readonly clock: Clock;
  /** No change is begun after so many milliseconds from now. */
  readonly withinMs: number;
  /** Called before each change, and while one has to wait. Rejects where the pass is to end. */
  readonly onStep: (done: number, total: number) => Promise<void> | void;
  readonly signal: AbortSignal;
}

/** Refusals of one change after which no other one would be taken either. */
const ALL_REFUSED: readonly MemberRefusal[] = ["server-gone", "two-factor"];
/** Failures in a row, after which Discord is out of order. */
const AWAY = 3;
/** Pauses after each of them, in milliseconds. */
const AGAIN = { first: 500, longest: 2_000 };

/** All changes of a plan, person by person: who is killed between two has done the first, and a new plan finds the rest. */
export function changesOf({ people }: Pick<Plan, "people">): readonly (Change & { readonly reason: Reason })[] {
  return people.flatMap((person) => {
    const { userId } = person.member;
    return [
      ...person.give.map(({ roleId, because }) => ({
        ...({ what: "give", userId, roleId } as const),
        reason: { kind: "rank", ...because } as const,
      })),
      ...person.take.map((roleId) => ({
        ...({ what: "take", userId, roleId } as const),
        reason: { kind: "lost" } as const,
      })),
      ...renaming(person),
    ];
  });
}

type Reason = Parameters<Wording["reason"]>[0];

function renaming({ member: { userId }, nick, standings: [first] }: PersonPlan) {
  if (nick === undefined || !first) return [];
  return [
    { ...({ what: "nickname", userId, nick } as const), reason: { kind: "nickname", name: first.name } as const },
  ];
}

/** Does what a plan says. A refusal of one member does not stop the rest. @throws the signal's reason */
export async function carryOut(plan: Pick<Plan, "people">, options: PassOptions): Promise<PassResult> {
  const { guildId, pace, clock, withinMs, onStep, signal, wording } = options;
  const changes = changesOf(plan);
  const until = clock.now() + withinMs;
  const done: Change[] = [];
  const refused: { change: Change; reason: MemberRefusal }[] = [];
  /** Members and roles of which Discord takes nothing more. */
  const closed = new Set<string>();
  let tried = 0;
  let away = 0;
  for (let index = 0; index < changes.length;) {
    const change = changes[index];
    if (!change) break;
    signal.throwIfAborted();
    if (closed.has(change.userId) || ("roleId" in change && closed.has(change.roleId))) {
      index += 1;
      tried += 1;
      continue;
    }
    const step = () => onStep(done.length, changes.length);
    await step();
    const waitMs = pace.waitFor(guildId);
    if (clock.now() + waitMs > until) break;
    await pace.wait(waitMs, step, signal);
    pace.note(guildId);
    const outcome = await send(change, wording.reason(change.reason), options);
    if (outcome.kind === "limited") {
      if (clock.now() + outcome.waitMs > until) break;
      await pace.wait(outcome.waitMs, step, signal);
      continue;
    }
    if (outcome.kind === "away") {
      away += 1;
      if (away >= AWAY) break;
      await pace.wait(backoff(away, AGAIN), step, signal);
      continue;
    }
    away = 0;
    index += 1;
    tried += 1;
    const { reason: _, ...plain } = change;
    if (outcome.kind === "done") {
      done.push(plain);
      continue;
    }
    const { reason } = outcome;
    refused.push({ change: plain, reason });
    if (ALL_REFUSED.includes(reason)) break;
    // Roles are refused by their own height, nicknames by the member's.
    if (reason === "member-gone") closed.add(change.userId);
    else if ("roleId" in change) closed.add(change.roleId);
  }
  return { done, refused, left: changes.length - tried };
}

async function send(change: Change, reason: string, { guildId, servers }: PassOptions): Promise<Changed> {
  const { userId } = change;
  if (change.what === "nickname") return servers.rename(guildId, userId, change.nick, reason);
  return servers[change.what](guildId, userId, change.roleId, reason);
}
