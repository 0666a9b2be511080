import { sql, type SQL } from "drizzle-orm";

/**
 * The part of a statement that notes deliveries which keeps where the sign-up message of a war is: it is edited from then on.
 * What has changed since it was put into the outbox makes it be edited soon.
 */
export const rememberSignUp = (): SQL => sql`
  update wars w set channel_id = ended.place, message_id = ended.message, shown_hash = null, failures = 0,
    shown_revision = (noted.event->>'revision')::int, next_at = now() + interval '2 seconds'
  from noted join ended on ended.id = noted.id
  where noted.state = 'sent' and noted.event->>'kind' = 'war' and noted.event->>'what' = 'open' and w.id = noted.event->>'warId'`;
