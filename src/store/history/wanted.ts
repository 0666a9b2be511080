import { sql, type SQL } from "drizzle-orm";
import { isLeft } from "../watch/running.js";

/** Members that were not told for so long are not read any more: they may have left. */
const ROSTER_LASTS = sql.raw("interval '14 days'");

/** Whether the watch `w` is of a clan's roster, and on. Where the bot has left a server, its alerts are not. */
export const ALERTS_ARE_ON = sql`(w.kind = 'roster' and w.state = 'running' and not ${isLeft(sql`w.guild_id`)})`;

/** Whether the clan of the list `r` is kept: somebody keeps it, or alerts of it are on. */
const KEPT_CLAN = sql`(r.clan_id is not null and (exists (select 1 from history_keeps k
    where k.source = r.source and k.region = r.region and k.clan_id = r.clan_id)
  or exists (select 1 from watches w where w.source = r.source and w.subject = r.region || ':' || r.clan_id
    and ${ALERTS_ARE_ON})))`;
/** Whether the person of the list `r` wants it. */
const KEPT_PERSON = sql`(r.person_id is not null
  and exists (select 1 from people p where p.discord_id = r.person_id and p.keeps_history))`;

export const ROSTER_IS_WANTED = sql`(${KEPT_CLAN} or ${KEPT_PERSON})`;

const member = (
  of: SQL,
  end = sql``,
): SQL => sql`exists (select 1 from history_members m join history_rosters r on r.id = m.roster_id
  where m.character = c.number and r.read_at > now() - ${ROSTER_LASTS} and ${of} ${end})`;

/** Whether the past of the character `c` is kept. */
export const CHARACTER_IS_WANTED = member(ROSTER_IS_WANTED);
/** The same for the first of many, who are taken in turn: `offset` has it asked of each that comes up, and not of all before. */
export const NEXT_CHARACTER_IS_WANTED = member(ROSTER_IS_WANTED, sql`offset 0`);
/** Whether its player wants that. */
export const CHARACTER_IS_SHARED = member(KEPT_PERSON);
/** The ids of the clans for which it is kept, as a list. */
export const CLANS_OF_CHARACTER = sql`array(select distinct r.clan_id from history_members m
  join history_rosters r on r.id = m.roster_id where m.character = c.number and ${KEPT_CLAN})`;

/** When a turn comes next: at its time of the day (`day`, milliseconds after midnight), six hours from now or later; or in `ms`. */
export const nextTurn = (day: SQL, ms: SQL): SQL => {
  const today = sql`(date_trunc('day', now(), 'UTC') + ${day} * interval '1 millisecond')`;
  return sql`(case when ${day} is null then now() + ${ms} * interval '1 millisecond' else
    ${today} + greatest(0, ceil(extract(epoch from now() + interval '6 hours' - ${today}) / 86400)) * interval '1 day' end)`;
};
