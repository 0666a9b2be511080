import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { landmarks } from "@zonewire/sandbox/game";
import type { Database } from "../../src/store/database.js";
import type { Answer } from "../../src/store/index.js";
import type { Store } from "../../src/store/store.js";
import { warLogins, wars as warRows, warSignUps, warVoice } from "../../src/store/war/tables.js";
import { DAY_MS, MINUTE_MS, type Clock } from "../../src/time.js";
import { warId } from "../../src/war/occurrences.js";
import { Wars, type ScheduleTerms } from "../../src/war/index.js";
import { terms } from "../war/terms.js";
import { busyClan } from "./store-with-past.js";

const SOURCE = "simulator";
const REGION = "EU";
const named = z.object({ id: z.string(), name: z.string() });
const placeSchema = z.object({
  people: z.array(named),
  channels: z.array(named),
  roles: z.array(named),
});

/** What they answer, the most of them yes. */
const ANSWERS: readonly Answer[] = ["yes", "yes", "yes", "late", "yes", "yes", "no", "yes", "yes", "yes", "late", "no"];
const REASONS = ["night shift", null, "exams", null];
/** Of the last week, the days on which battles were. */
const DAYS_AGO = [7, 6, 5, 4, 3, 2];

interface Scene {
  readonly database: Database;
  readonly store: Store;
  /** Where the bot's page is. */
  readonly address: string;
  /** Milliseconds since the epoch: a Monday at noon. */
  readonly now: number;
  readonly clock: Clock;
}

/** Gives the simulated server two schedules, a week of battles that are over, and one this evening for which people have signed up. */
export async function holdWars({ database, store, address, now, clock }: Scene): Promise<void> {
  const place = placeSchema.parse(await (await fetch(`${address}/api/place?locale=en-US`)).json());
  const idOf = (list: readonly z.infer<typeof named>[], name: string) => {
    const found = list.find((one) => one.name === name);
    if (!found) throw new Error(`there is no ${name}`);
    return found.id;
  };
  // The role that everybody has bears the id of the server.
  const guildId = idOf(place.roles, "@everyone");
  const me = idOf(place.people, "Warden");
  const others = busyClan(now).members.filter(({ name }) => /^[\w-]+$/.test(name) && name !== "SlowWren");
  const people = [
    { personId: me, name: landmarks.characters.leader },
    ...others
      .filter(({ name }) => name !== landmarks.characters.leader)
      .slice(0, 11)
      .map(({ name }, n) => ({ personId: `${BigInt(me) + BigInt(n + 100)}`, name })),
  ];
  const answerOf = (n: number, war: number) => {
    const answer = ANSWERS[(n * 5 + war * 7) % ANSWERS.length] ?? "yes";
    return { answer, reason: answer === "no" ? (REASONS[(n + war) % REASONS.length] ?? null) : null };
  };

  const { watches, outbox } = store.watching(SOURCE);
  const wars = new Wars({ store: store.warring(SOURCE), watches, outbox, clock });
  const schedule = async (changes: Partial<ScheduleTerms>) => {
    const added = await wars.add(
      guildId,
      me,
      terms({
        ...{ timeZone: "Europe/Berlin", channelId: idOf(place.channels, "news"), roleId: idOf(place.roles, "Clan") },
        ...{ officerRoleId: idOf(place.roles, "Officers"), region: REGION, leadMinutes: 480, ...changes },
      }),
    );
    if (added.kind === "limit") throw new Error("there are too many");
    return added.schedule;
  };
  const brawl = await schedule({ days: [1, 2, 3] });
  const tournament = await schedule({ battle: "tournament", days: [4, 5, 6], lengthMinutes: 75 });

  for (const [nth, daysAgo] of DAYS_AGO.entries()) {
    const { id: scheduleId, terms: agreed } = nth < 3 ? brawl : tournament;
    const start = now - daysAgo * DAY_MS + 7 * 60 * MINUTE_MS;
    const end = start + agreed.lengthMinutes * MINUTE_MS;
    const ofWar = { warId: warId(scheduleId, start), guildId };
    await database.run(async (db) => {
      await db.insert(warRows).values({
        ...{ id: ofWar.warId, source: SOURCE, guildId, scheduleId, state: "over", terms: agreed, revision: 1 },
        ...{ startsAt: new Date(start), endsAt: new Date(end), shownRevision: 1, failures: 0, eventEnded: true },
        createdAt: new Date(start - 480 * MINUTE_MS),
      });
      for (const [n, { personId, name }] of people.entries()) {
        const given = answerOf(n, nth);
        const came = given.answer !== "no" && (n * 3 + nth) % 7 !== 4;
        await db.insert(warSignUps).values({
          ...{ ...ofWar, ...given, personId, name, characterName: name, characterRegion: REGION },
          answeredAt: new Date(start - (300 - n) * MINUTE_MS),
        });
        // Of some of them nobody knows where they were.
        if ((n + nth) % 5 !== 3)
          await db.insert(warVoice).values({
            ...{ ...ofWar, personId, present: came, untilAt: new Date(end) },
            fromAt: new Date(came && given.answer === "late" ? start + 12 * MINUTE_MS : start),
          });
        if ((n + 2 * nth) % 4 !== 2) {
          const login = new Date(came ? start - (5 + n) * MINUTE_MS : start - 2 * DAY_MS);
          await db.insert(warLogins).values({
            ...{ ...ofWar, personId, character: name, region: REGION, outcome: "seen" },
            ...{ firstLogin: login, lastLogin: login, readAt: new Date(end + MINUTE_MS) },
          });
        }
      }
    });
  }

  const [next] = await wars.next(guildId, 1);
  if (!next) throw new Error("there is no battle");
  const coming = people.slice(0, 10);
  for (const [n, { personId, name }] of coming.entries())
    await wars.signUp(next.id, guildId, {
      ...{ personId, name, character: { name, region: REGION }, ...answerOf(n, 0) },
    });
  const there = coming.filter((_, n) => answerOf(n, 0).answer !== "no").map(({ personId }) => personId);
  for (const [n, name] of ["Alpha", "Bravo"].entries()) {
    const roll = await wars.addSquad(next.id, guildId, name);
    const squad = roll?.squads.find((one) => one.name === name);
    if (squad) await wars.setSquad(next.id, guildId, squad.id, there.slice(n * 4, n * 4 + 4));
  }
  for (const [n, reason] of ["business trip", "no internet until Thursday"].entries()) {
    const one = people[10 + n];
    if (!one) continue;
    const until = new Date(now + (2 + n) * DAY_MS);
    await wars.excuse(guildId, { ...one, from: new Date(now), until, reason, by: n === 0 ? one.personId : me });
  }
  // The bot has seen it, and its message is out.
  while (!(await wars.war(next.id, guildId))?.messageId) await pause(50);
}
