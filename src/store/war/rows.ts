import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { date } from "../rows.js";
import { ANSWERS, LOGIN_OUTCOMES, VERDICTS, WAR_STATES } from "./records.js";

export const warRecord = z.object({
  id: z.string(),
  guildId: z.string(),
  scheduleId: z.string(),
  startsAt: date,
  endsAt: date,
  state: z.enum(WAR_STATES),
  terms: z.unknown(),
  revision: z.number(),
  channelId: z.string().nullable(),
  messageId: z.string().nullable(),
  eventId: z.string().nullable(),
  eventProblem: z.string().nullable(),
});

/** The war `w` as JSON, whose times are texts on both engines. */
export const WAR_JSON = sql`jsonb_build_object('id', w.id, 'guildId', w.guild_id, 'scheduleId', w.schedule_id,
  'startsAt', w.starts_at, 'endsAt', w.ends_at, 'state', w.state, 'terms', w.terms, 'revision', w.revision,
  'channelId', w.channel_id, 'messageId', w.message_id, 'eventId', w.event_id, 'eventProblem', w.event_problem)`;

const signUp = z.object({
  personId: z.string(),
  name: z.string(),
  character: z.object({ name: z.string(), region: z.string() }).nullable(),
  answer: z.enum(ANSWERS),
  reason: z.string().nullable(),
  at: date,
});
const squad = z.object({ id: z.string(), name: z.string(), members: z.array(z.string()) });
export const excuse = z.object({
  id: z.string(),
  personId: z.string(),
  name: z.string(),
  from: date,
  until: date,
  reason: z.string(),
  by: z.string().nullable(),
});

export const EXCUSE_JSON = sql`jsonb_build_object('id', e.id, 'personId', e.person_id, 'name', e.name, 'from', e.from_at,
  'until', e.until_at, 'reason', e.reason, 'by', e.by_id)`;

const list = (from: SQL, one: SQL, order: SQL): SQL =>
  sql`coalesce((select jsonb_agg(${one} order by ${order}) from ${from}), '[]')`;

/** What the message of the war `w` shows. */
export const ROLL = sql`${WAR_JSON} as war,
  ${list(
    sql`war_sign_ups s where s.war_id = w.id`,
    sql`jsonb_build_object('personId', s.person_id, 'name', s.name, 'answer', s.answer, 'reason', s.reason, 'at', s.answered_at,
      'character', case when s.character_name is not null then jsonb_build_object('name', s.character_name, 'region', s.character_region) end)`,
    sql`s.answered_at, s.person_id`,
  )} as "signUps",
  ${list(
    sql`war_squads q where q.war_id = w.id`,
    sql`jsonb_build_object('id', q.id, 'name', q.name, 'members', coalesce((select jsonb_agg(m.person_id order by m.person_id)
      from war_squad_members m where m.squad_id = q.id), '[]'))`,
    sql`q.position, q.id`,
  )} as squads,
  ${list(
    sql`war_excuses e where e.guild_id = w.guild_id and e.from_at <= w.starts_at and e.until_at > w.starts_at`,
    EXCUSE_JSON,
    sql`e.person_id, e.created_at`,
  )} as excused`;
export const roll = z.object({
  war: warRecord,
  signUps: z.array(signUp),
  squads: z.array(squad),
  excused: z.array(excuse),
});

/** All that is known of who was at the war `w`. */
export const EVIDENCE = sql`${ROLL},
  ${list(
    sql`war_voice v where v.war_id = w.id`,
    sql`jsonb_build_object('personId', v.person_id, 'present', v.present, 'from', v.from_at, 'until', v.until_at)`,
    sql`v.person_id, v.from_at`,
  )} as voice,
  ${list(
    sql`war_voice_followed f where f.war_id = w.id`,
    sql`jsonb_build_object('from', f.from_at, 'until', f.until_at)`,
    sql`f.from_at`,
  )} as followed,
  ${list(
    sql`war_logins l where l.war_id = w.id`,
    sql`jsonb_build_object('personId', l.person_id, 'character', l."character", 'outcome', l.outcome,
      'firstLogin', l.first_login, 'lastLogin', l.last_login, 'readAt', l.read_at)`,
    sql`l.person_id, l."character"`,
  )} as logins,
  ${list(
    sql`war_corrections c where c.war_id = w.id`,
    sql`jsonb_build_object('personId', c.person_id, 'name', c.name, 'verdict', c.verdict, 'reason', c.reason, 'by', c.by_id)`,
    sql`c.person_id`,
  )} as corrections`;
const span = { from: date, until: date };
export const evidence = roll.extend({
  voice: z.array(z.object({ personId: z.string(), present: z.boolean(), ...span })),
  followed: z.array(z.object(span)),
  logins: z.array(
    z.object({
      personId: z.string(),
      character: z.string(),
      outcome: z.enum(LOGIN_OUTCOMES),
      firstLogin: date.nullable(),
      lastLogin: date.nullable(),
      readAt: date,
    }),
  ),
  corrections: z.array(
    z.object({
      personId: z.string(),
      name: z.string(),
      verdict: z.enum(VERDICTS),
      reason: z.string().nullable(),
      by: z.string().nullable(),
    }),
  ),
});

/** Edits of a message come together that are asked for within so long. */
const TOGETHER_SECONDS = 2;
const SOON = sql.raw(`now() + ${TOGETHER_SECONDS} * interval '1 second'`);
/**
 * In an update of the war `w`: its message has something new to show, soon. One that is to be shown once more, later, is shown
 * soon; one that Discord did not take waits as before.
 */
export const CHANGED = sql`revision = w.revision + 1, next_at = case
  when w.revision = w.shown_revision then greatest(w.next_at, ${SOON})
  when w.failures = 0 then least(w.next_at, ${SOON})
  else w.next_at end`;
