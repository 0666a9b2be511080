import { expect, onTestFinished, test } from "vitest";
import { sourceName } from "../../src/zonewire/game.js";
import { lent } from "../store/engines.js";
import { ShiftedClock, startBot, textOf } from "./bot.js";

const PACE = { periodMs: 60_000, points: 2 };
const LIMITS = { perPerson: 9, perServer: 9 };

test("whoever owns something that was paused without them hears of it after their next command, once and alone", async () => {
  const [store, clock] = [await lent(), new ShiftedClock()];
  const bot = await startBot({ store, clock });
  onTestFinished(() => bot.close());
  const person = bot.as("ru");
  const { id } = person.standpoint.user;
  const { watches, upkeep } = store.watching(sourceName(bot.game.apiUrl));
  // Its time is over as soon as it begins.
  const over = (ownerId: string, subject: string) => ({
    ...({ kind: "emission", subject, ownerId, guildId: null, target: `dm:${ownerId}`, roleId: null } as const),
    ...{ crosspost: false, silent: false, rule: { stages: ["start"] }, locale: "en", lifetimeDays: 0 },
  });
  await watches.add(over(id, "EU"), LIMITS, PACE);
  await watches.add(over(id, "RU"), LIMITS, PACE);

  await upkeep.expire();
  const stranger = await bot.as("en-US", { person: "mira" }).slash("regions");
  const told = await person.slash("regions");
  await bot.discord.until("the word", () => told.followUps.length === 1);
  const [word] = told.followUps;
  expect(word?.visibleTo?.id).toBe(id);
  expect(textOf(word)).toContain("**Выбросы · EU · Начало** → личное сообщение: ⌛ закончилось");
  expect(textOf(word).split("\n")).toHaveLength(3);
  expect(textOf(word)).toContain("</watch list:");
  clock.shift += 61_000;
  const again = await person.slash("regions");
  expect(textOf((await person.slash("watch list")).message)).toContain("⌛ закончилось");
  await bot.stop();
  expect([stranger.followUps, again.followUps]).toEqual([[], []]);
  expect(bot.complaints()).toEqual([]);
});
