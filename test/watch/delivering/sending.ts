import type { Channel } from "@zonewire/sandbox/discord";
import { sql, type SQL } from "drizzle-orm";
import { vi } from "vitest";
import { z } from "zod";
import type { View } from "../../../src/kernel/view.js";
import { rowsOf } from "../../../src/store/rows.js";
import { KeyRing, type Posted } from "../../../src/store/index.js";
import { Store } from "../../../src/store/store.js";
import { systemClock } from "../../../src/time.js";
import type { Render } from "../../../src/watch/delivering/messenger.js";
import { Sender, type SenderOptions } from "../../../src/watch/delivering/sender.js";
import { openSpeaking, type Speaking } from "../../kernel/messages/speaking.js";
import { PATIENCE_MS } from "../../patience.js";
import { borrowDatabase } from "../../store/shared.js";

export interface Sending extends Speaking {
  readonly store: Store;
  readonly log: { readonly level: string; readonly message: string; readonly fields: object }[];
  /** What observers heard: the outcome and the kind. */
  readonly ends: string[];
  /** Another sender on the same database, as of another process. */
  readonly sender: (options?: Partial<SenderOptions<View>>) => Sender<View>;
  /** Puts alerts of these texts into the outbox, in this order. */
  readonly tell: (target: string, texts: readonly string[], changes?: Partial<Posted>) => Promise<void>;
  readonly change: (query: SQL) => Promise<void>;
  /** State and reason of the deliveries, in their order. */
  readonly deliveries: (target: string) => Promise<string[]>;
  readonly target: (
    target: string,
  ) => Promise<{ state: string; reason: string | null; failures: number; waits: boolean }>;
  /** What was sent to a channel, by the titles of its cards. */
  readonly shown: (channel: Channel) => string[];
  /** Between tests: stops the senders, ends the faults, and forgets what waits and what was said. */
  reset(): Promise<void>;
}

/** Looks until it is so. */
export const until = (check: () => unknown) => vi.waitFor(check, { timeout: PATIENCE_MS, interval: 20 });

export const targetOf = ({ id }: Channel): string => `channel:${id}`;

const text = z.object({ text: z.string() });
/** One card for each alert. */
const render: Render<View> = (told) => ({ embeds: told.map(({ event }) => ({ title: text.parse(event).text })) });

/** Senders with a database and a simulated Discord of this file alone. */
export async function openSending(): Promise<Sending> {
  const speaking = await openSpeaking();
  const { database, giveBack } = await borrowDatabase();
  const store = new Store(database, KeyRing.parse(KeyRing.newKey()), systemClock);
  const watching = store.watching("production");
  const senders = new Set<Sender<View>>();
  const log: Sending["log"] = [];
  const ends: string[] = [];
  const said = (level: string) => (fields: object, message: string) => void log.push({ level, fields, message });
  const run = <T>(query: SQL, row: z.ZodType<T>) => database.run((db) => rowsOf(db, query, row));
  const states = z.object({ state: z.string(), reason: z.string().nullable() });
  return {
    ...speaking,
    ...{ store, log, ends },
    sender(options) {
      const sender = new Sender({
        store: watching,
        messenger: speaking.messenger,
        render,
        clock: systemClock,
        random: () => 0.5,
        log: { debug: said("debug"), info: said("info"), warn: said("warn"), error: said("error") },
        observer: { delivered: ({ outcome, kind }) => void ends.push(`${outcome} ${kind}`) },
        ...options,
      });
      senders.add(sender);
      const stopListening = watching.listen(() => {
        sender.wake();
      });
      const stop = sender.stop.bind(sender);
      sender.stop = async () => {
        await stopListening();
        await stop();
        senders.delete(sender);
      };
      sender.start();
      return sender;
    },
    async tell(target, texts, changes = {}) {
      const common = { target, watchId: null, ownerId: "1", guildId: null, silent: false, locale: "en" };
      await watching.outbox.post(
        texts.map((one) => ({ ...common, event: { kind: "emission", text: one }, ...changes })),
      );
    },
    async change(query) {
      await run(query, z.unknown());
    },
    async deliveries(target) {
      const rows = await run(sql`select state, reason from deliveries where target = ${target} order by id`, states);
      return rows.map(({ state, reason }) => (reason === null ? state : `${state}: ${reason}`));
    },
    async target(target) {
      const row = z.object({ ...states.shape, failures: z.number(), waits: z.boolean() });
      const query = sql`select state, reason, failures, coalesce(next_at > now(), false) as waits from targets
        where target = ${target}`;
      const [found] = await run(query, row);
      if (!found) throw new Error(`no target ${target}`);
      return found;
    },
    shown: (channel) =>
      speaking.discord.posts
        .sent(channel)
        .flatMap(({ embeds }) => embeds.map((embed) => z.object({ title: z.string() }).parse(embed).title)),
    async reset() {
      await Promise.all([...senders].map((sender) => sender.stop()));
      speaking.discord.faults.clear();
      speaking.discord.requests.length = 0;
      log.length = 0;
      ends.length = 0;
      await run(sql`with gone as (delete from deliveries) delete from targets`, z.unknown());
    },
    async close() {
      await Promise.all([...senders].map((sender) => sender.stop()));
      giveBack();
      await speaking.close();
    },
  };
}
