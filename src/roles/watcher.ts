import { createHash } from "node:crypto";
import { z } from "zod";
import { HOUR_MS, MINUTE_MS, type Clock } from "../time.js";
import { defineWatcher, type AnyWatcher, type Glance, type Look, type RolesEvent } from "../watch/index.js";
import type { PassResult } from "./pass.js";
import { GRACE_MS, type Plan } from "./plan.js";
import type { ClanReading } from "./reading.js";
import type { SyncResult } from "./results.js";
import type { RoleSync } from "./role-sync.js";

/** How often the lists are looked at; the accounts that read them have points of their own. */
const PACE = { everyMs: 5 * MINUTE_MS, points: 0, elastic: true } as const;
/** Everybody is checked so often, whether the clan has changed or not. */
const ALL_MS = 6 * HOUR_MS;
/** A look has a minute; what is left is done in the next one. */
const WITHIN_MS = 40_000;
const GO_ON_MS = 5_000;
const BUSY_MS = MINUTE_MS;
/** Of each kind in one report. */
const MOST_TOLD = 50;

const state = z.object({
  /** Of the lists as roles followed from them last. */
  seen: z.string(),
  /** When everybody was checked last, in milliseconds since the epoch. */
  checkedAt: z.number(),
  /** Of what was in the way then, which is told once. */
  troubles: z.string(),
});
type State = z.infer<typeof state>;
const rule = z.object({});
const memory = z.null();

interface RolesWatcherParts {
  readonly roles: Pick<RoleSync, "read" | "isDue" | "sync">;
  readonly clock: Pick<Clock, "now">;
}

type RolesGlance = Glance<State, z.infer<typeof rule>, null>;

/** Keeps the roles of a server as they should be: when a list changes, when a waiting time ends, and every six hours. */
export function rolesWatcher(parts: RolesWatcherParts): AnyWatcher {
  return defineWatcher({ kind: "roles", pace: PACE, state, rule, memory, look: (glance) => look(glance, parts) });
}

async function look(glance: RolesGlance, { roles, clock }: RolesWatcherParts): Promise<Look<State, null>> {
  const { subject: guildId, watches, signal } = glance;
  const now = clock.now();
  const before = glance.state ?? { seen: "", checkedAt: 0, troubles: "" };
  const owners = [...new Set(watches.map(({ ownerId }) => ownerId))];
  const source = await roles.read(guildId, { owners, signal });
  const seen = digestOf(source.readings);
  const isOld = now - before.checkedAt >= ALL_MS;
  if (seen === before.seen && !isOld && !(await roles.isDue(guildId, GRACE_MS))) return { state: before };
  const result = await roles.sync(guildId, { owners, signal, source, withinMs: WITHIN_MS });
  if (result.kind === "busy") return { state: before, nextInMs: BUSY_MS };
  if (result.kind === "unmapped") return { state: { ...before, seen, checkedAt: now } };
  if (result.kind === "discord") throw result.failure.cause;
  const { event, troubles } = eventOf(result, before.troubles);
  const isWhole = result.pass.left === 0;
  return {
    state: isWhole ? { seen, checkedAt: now, troubles } : { ...before, troubles },
    events: event ? watches.map(({ id: watchId }) => ({ watchId, event })) : [],
    ...(!isWhole && { nextInMs: GO_ON_MS }),
  };
}

/** What is to be told: what was done, and what is in the way where that is news. */
function eventOf(
  { plan, pass }: Extract<SyncResult, { readonly kind: "synced" }>,
  told: string,
): { readonly event: RolesEvent | undefined; readonly troubles: string } {
  const refused = refusedIn(plan, pass);
  const doubts = plan.readings.flatMap((reading) => (reading.doubt ? [doubtOf(reading)] : []));
  const troubles = refused.length + doubts.length === 0 ? "" : digest([refused, doubts.map(({ doubt }) => doubt)]);
  const isNews = troubles !== "" && troubles !== told;
  if (pass.done.length === 0 && !isNews) return { event: undefined, troubles };
  const roleChanges = (what: "give" | "take") =>
    pass.done.flatMap((change) => (change.what === what ? [{ userId: change.userId, roleId: change.roleId }] : []));
  return {
    event: {
      kind: "roles",
      given: roleChanges("give").slice(0, MOST_TOLD),
      taken: roleChanges("take").slice(0, MOST_TOLD),
      renamed: pass.done
        .flatMap((change) => (change.what === "nickname" ? [{ userId: change.userId, nick: change.nick }] : []))
        .slice(0, MOST_TOLD),
      refused: isNews ? refused.slice(0, MOST_TOLD) : [],
      doubts: isNews ? doubts : [],
    },
    troubles,
  };
}

function refusedIn({ people }: Plan, { refused }: PassResult): RolesEvent["refused"] {
  return [
    ...refused.map(({ change: { what: _, ...change }, reason }) => ({ ...change, why: `discord:${reason}` })),
    ...people.flatMap(({ member: { userId }, unable }) =>
      unable.map((one) =>
        one.what === "nickname"
          ? { userId, nick: one.nick, why: `nickname:${one.why}` }
          : { userId, roleId: one.roleId, why: `role:${one.why}` },
      ),
    ),
  ];
}

function doubtOf(reading: Exclude<ClanReading, { readonly doubt: undefined }>): RolesEvent["doubts"][number] {
  const { region, clanId, doubt } = reading;
  return { region, clanId, doubt, ...(doubt === "shrunk" && { before: reading.before, now: reading.now }) };
}

function digestOf(readings: readonly ClanReading[]): string {
  return digest(
    readings.map((reading) => [
      reading.region,
      reading.clanId,
      reading.doubt ?? reading.members.map(({ name, rank }) => [name, rank]),
    ]),
  );
}

const digest = (value: unknown) => createHash("sha256").update(JSON.stringify(value)).digest("base64url");
