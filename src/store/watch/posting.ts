import { sql, type SQL } from "drizzle-orm";

/**
 * The parts of a statement that put the rows of `from` into the outbox, in the order of their `n`; those that were put are
 * in `posted`. The targets are held until the transaction ends, so that ids of one target are in the order in which others
 * get to see them. Nothing is joined: of rows that it makes itself the database expects a few, and would compare each with
 * each, which takes minutes where thousands watch one emission.
 */
export const postTo = (from: SQL): SQL => sql`
  addressed as (
    insert into targets (target, person_id, guild_id, due_at, failures, state)
    select distinct on (target) target, case when target like 'dm:%' then substr(target, 4) end, guild_id, now(), 0, 'ok'
    from ${from} order by target
    on conflict (target) do update set due_at = least(coalesce(targets.due_at, now()), now())
    returning target, state
  ),
  closed as materialized (
    select coalesce(jsonb_object_agg(target, true) filter (where state <> 'ok'), '{}') as targets from addressed
  ),
  posted as (
    insert into deliveries (target, watch_id, owner_id, guild_id, event, role_id, crosspost, silent, locale, created_at,
      due_at, too_late_at, held, state, attempts, nonce)
    select o.target, o.watch_id, o.owner_id, o.guild_id, o.event, o.role_id, o.crosspost, o.silent, o.locale, now(),
      now(), now() + o.useful * interval '1 millisecond', false, 'waiting', 0,
      left(replace(gen_random_uuid()::text, '-', ''), 25)
    from ${from} o cross join closed
    where not jsonb_exists(closed.targets, o.target)
    order by o.n
    returning id
  )`;
