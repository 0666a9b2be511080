import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../database.js";
import { lockPerson } from "../people.js";
import { rowsOf } from "../rows.js";
import { notify } from "../watch/signals.js";
import { WAR_STATES, type Answer, type NamedPerson, type WarState } from "./records.js";
import { CHANGED } from "./rows.js";

/** Who answers, with what. */
export interface GivenAnswer extends NamedPerson {
  readonly character: { readonly name: string; readonly region: string } | null;
  readonly answer: Answer;
  readonly reason: string | null;
}

/** "done"; "closed": it has begun; "cancelled"; "gone": there is no such war. */
export type AnswerOutcome = "done" | "closed" | "cancelled" | "gone";

/** Who comes to wars, as they say. */
export class SignUps {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Until the war begins, by the database's clock. Who says the same again keeps their place. */
  async put(warId: string, guildId: string, given: GivenAnswer): Promise<AnswerOutcome> {
    const { personId, name, character, answer, reason } = given;
    const query = sql`
      with war as materialized (
        select w.id, w.state, w.starts_at > now() and w.state in ('planned', 'open') as takes from wars w
        where w.id = ${warId} and w.guild_id = ${guildId} for update of w
      ),
      put as (
        insert into war_sign_ups as s (war_id, guild_id, person_id, name, character_name, character_region, answer, reason, answered_at)
        select war.id, ${guildId}, ${personId}, ${name}, ${character?.name ?? null}::text, ${character?.region ?? null}::text,
          ${answer}, ${reason}::text, clock_timestamp() from war where war.takes
        on conflict (war_id, person_id) do update set name = excluded.name, character_name = excluded.character_name,
          character_region = excluded.character_region, answer = excluded.answer, reason = excluded.reason,
          answered_at = case when s.answer = excluded.answer then s.answered_at else excluded.answered_at end
        returning s.war_id
      ),
      -- Who does not come is in no squad.
      left_squad as (
        delete from war_squad_members m using put where m.war_id = put.war_id and m.person_id = ${personId} and ${answer} = 'no'
      ),
      changed as (update wars w set ${CHANGED} from put where w.id = put.war_id returning w.id)
      select war.state, war.takes, ${notify("panel", sql`changed`)} from war`;
    const row = z.object({ state: z.enum(WAR_STATES), takes: z.boolean() });
    const [war] = await this.#database.transaction(async (tx) => {
      await lockPerson(tx, personId);
      return rowsOf(tx, query, row);
    });
    return war ? outcomeOf(war) : "gone";
  }
}

function outcomeOf({ state, takes }: { readonly state: WarState; readonly takes: boolean }): AnswerOutcome {
  if (takes) return "done";
  return state === "cancelled" ? "cancelled" : "closed";
}
