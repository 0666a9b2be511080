import type { Channel } from "@zonewire/sandbox/discord";
import { ChannelType, GuildScheduledEventStatus, PermissionFlagsBits as Permission } from "discord-api-types/v10";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../../src/store/database.js";
import { KeyRing, type GivenAnswer } from "../../src/store/index.js";
import { Store } from "../../src/store/store.js";
import { MINUTE_MS, systemClock } from "../../src/time.js";
import { Wars, type ScheduleTerms } from "../../src/war/index.js";
import { sourceName } from "../../src/zonewire/game.js";
import { borrowDatabase } from "../store/shared.js";
import { pass } from "../war/passing.js";
import { terms } from "../war/terms.js";
import { ERROR, ShiftedClock, startBot, textOf, type Bot } from "./bot.js";

const HOUR = 60 * MINUTE_MS;
const SOON = { timeout: 20_000 };

describe("a battle of a server", () => {
  let bot: Bot;
  let database: Database;
  let store: Store;
  let wars: Wars;
  let giveBack = () => undefined as unknown;
  const clock = new ShiftedClock();

  beforeAll(async () => {
    const borrowed = await borrowDatabase();
    ({ database, giveBack } = borrowed);
    store = new Store(database, KeyRing.parse(KeyRing.newKey()), systemClock);
    bot = await startBot({ store, clock, voice: true });
    const source = sourceName(bot.game.apiUrl);
    const { watches, outbox } = store.watching(source);
    wars = new Wars({ store: store.warring(source), watches, outbox, clock: systemClock });
  });
  afterAll(async () => {
    await bot.close();
    giveBack();
  });
  afterEach(async () => {
    for (const { id } of await wars.schedules(guildId())) await wars.remove(id, guildId());
  });

  const guildId = () => bot.discord.guilds[0]!.id;
  const sent = (channel: Channel) => bot.discord.posts.sent(channel);
  /** Somebody deletes a message. */
  const remove = async ({ id, channel }: { readonly id: string; readonly channel: Channel }) => {
    const url = `${bot.discord.restUrl}/v10/channels/${channel.id}/messages/${id}`;
    const { ok } = await fetch(url, { method: "DELETE", headers: { authorization: `Bot ${bot.discord.token}` } });
    expect(ok).toBe(true);
  };
  const answer = (personId: string, given: GivenAnswer["answer"] = "yes"): GivenAnswer => ({
    ...{ personId, name: `Person ${personId}`, character: null, answer: given, reason: null },
  });
  /** One that begins in so many minutes, in a channel of its own. */
  const scheduled = async (minutes: number, changes: Partial<ScheduleTerms> = {}) => {
    const { world, guilds } = bot.discord;
    const channel = world.addChannel(guilds[0]!, "battles");
    const at = new Date(Date.now() + minutes * MINUTE_MS);
    const when = { timeZone: "UTC", at: at.getUTCHours() * 60 + at.getUTCMinutes() };
    const added = await wars.add(
      guildId(),
      bot.as().standpoint.user.id,
      terms({ ...when, title: "The battle", channelId: channel.id, leadMinutes: 120, ...changes }),
    );
    if (added.kind !== "added") throw new Error("there are too many");
    const [war] = (await wars.next(guildId(), 20)).filter(({ scheduleId }) => scheduleId === added.schedule.id);
    return { channel, schedule: added.schedule, war: war! };
  };
  const warOf = async (id: string) => (await wars.war(id, guildId()))!;
  const inState = async (id: string, state: string) => {
    await expect.poll(async () => (await warOf(id)).state, SOON).toBe(state);
  };

  test("whoever sits in voice long enough was there, as the gateway tells it", async () => {
    const { world, guilds, users } = bot.discord;
    const [owner, there] = users;
    const { schedule, war, channel } = await scheduled(30, { stages: 1 });
    await bot.discord.until("the sign-up message", () => sent(channel).length === 1);
    const voice = world.addChannel(guilds[0]!, "Battle", { type: ChannelType.GuildVoice });
    const afk = world.addChannel(guilds[0]!, "Away", { type: ChannelType.GuildVoice });
    await wars.change(schedule.id, guildId(), { ...schedule.terms, voiceChannelId: voice.id });
    for (const { id } of [there!, owner!]) await wars.signUp(war.id, guildId(), answer(id));
    world.joinVoice(there!, voice);
    world.joinVoice(owner!, afk);
    const { presence } = store.warring(sourceName(bot.game.apiUrl));
    await pass(database, schedule.id, 31 * MINUTE_MS);
    await inState(war.id, "running");
    const minutesOf = async (personId: string) =>
      (await wars.attendance(war.id, guildId()))!.people.find((one) => one.personId === personId);
    for (let minutes = 1; minutes <= 8; minutes += 1) {
      clock.shift += 55_000;
      await pass(database, schedule.id, 55_000);
      await expect.poll(async () => (await presence.followedAgoMs(war.id)) ?? Infinity, SOON).toBeLessThan(30_000);
    }
    expect(await minutesOf(there!.id)).toMatchObject({ voice: "yes", verdict: "present" });
    // Nobody knows yet where the other one will be.
    expect(await minutesOf(owner!.id)).toMatchObject({ voice: "unknown", voiceMinutes: 0 });
    world.leaveVoice(there!, guilds[0]!);
    world.leaveVoice(owner!, guilds[0]!);
  });

  test("is announced in time, reminded of with the role, closed when it begins, and reported, each once", async () => {
    const role = bot.discord.world.addRole(bot.discord.guilds[0]!, "Fighters");
    const { channel, schedule, war } = await scheduled(100, { roleId: role.id, report: true });
    await bot.discord.until("the sign-up message", () => sent(channel).length === 1);
    const [first] = sent(channel);
    expect(textOf(first!.message)).toContain("The battle");
    expect(first!.pings.roles).toEqual([]);
    await expect.poll(async () => (await warOf(war.id)).messageId, SOON).toBe(first!.message.id);

    await wars.signUp(war.id, guildId(), answer("11"));
    await bot.discord.until("the edit", () => textOf(first!.message).includes("Person 11"));

    await pass(database, schedule.id, 75 * MINUTE_MS);
    await bot.discord.until("the reminder", () => sent(channel).length === 2);
    expect(sent(channel)[1]!.pings.roles).toEqual([role.id]);

    await pass(database, schedule.id, 30 * MINUTE_MS);
    await inState(war.id, "running");
    expect(await wars.signUp(war.id, guildId(), answer("12"))).toMatchObject({ kind: "closed" });

    await pass(database, schedule.id, 2 * HOUR);
    await bot.discord.until("who was there", () => sent(channel).length === 3);
    await inState(war.id, "over");
    await bot.restart();
    await pass(database, schedule.id, MINUTE_MS);
    await pass(database, schedule.id, MINUTE_MS);
    await bot.discord.until("nothing more", () => sent(channel).length === 3);
    expect(bot.log.filter(({ level }) => level >= ERROR)).toEqual([]);
  });

  describe("has a scheduled event", () => {
    const events = () => [...bot.discord.guilds[0]!.events.values()];
    test("that is made, moved and cancelled with it", async () => {
      const { world, guilds, botUser } = bot.discord;
      const may = world.addRole(guilds[0]!, "Events", Permission.CreateEvents);
      world.changeMember(guilds[0]!, botUser, { roles: [may] });
      const { schedule, war } = await scheduled(110, { scheduledEvent: true });
      await bot.discord.until("the event", () => events().length === 1);
      expect(events()[0]).toMatchObject({ name: "The battle", startsAt: war.startsAt.getTime(), status: 1 });
      await expect.poll(async () => (await warOf(war.id)).eventId, SOON).toBe(events()[0]!.id);
      const at = (schedule.terms.at + 3) % 1_440;
      await wars.change(schedule.id, guildId(), { ...schedule.terms, at });
      const moved = await warOf(war.id);
      if (moved.state !== "cancelled") {
        await bot.discord.until("it to move", () => events()[0]!.startsAt === moved.startsAt.getTime());
        await wars.cancel(war.id, guildId());
      }
      await bot.discord.until("it to be cancelled", () => events()[0]!.status === GuildScheduledEventStatus.Canceled);
      world.changeMember(guilds[0]!, botUser, { roles: [] });
      bot.discord.guilds[0]!.events.clear();
    });

    test("or says which permission is missing", async () => {
      const { war } = await scheduled(110, { scheduledEvent: true });
      await expect.poll(async () => (await warOf(war.id)).eventProblem, SOON).toBe("permission.create-events");
      expect(events()).toEqual([]);
    });

    test("once, also where Discord's answer got lost", async () => {
      const { world, guilds, botUser, faults } = bot.discord;
      const may = world.addRole(guilds[0]!, "Events", Permission.CreateEvents);
      world.changeMember(guilds[0]!, botUser, { roles: [may] });
      faults.rest.add({ route: "POST /guilds/:guild/scheduled-events", drop: true, afterwards: true });
      const { schedule, war } = await scheduled(110, { scheduledEvent: true });
      await bot.discord.until("the event", () => events().length === 1);
      await pass(database, schedule.id, 0);
      await expect.poll(async () => (await warOf(war.id)).eventId, SOON).toBe(events()[0]!.id);
      expect(events()).toHaveLength(1);
      world.changeMember(guilds[0]!, botUser, { roles: [] });
      bot.discord.guilds[0]!.events.clear();
    });
  });

  test("whose message somebody has deleted goes on without it", async () => {
    const { schedule, war, channel } = await scheduled(50);
    await bot.discord.until("the sign-up message", () => sent(channel).length === 1);
    await expect.poll(async () => (await warOf(war.id)).messageId, SOON).not.toBeNull();
    await remove(sent(channel)[0]!.message);
    await wars.signUp(war.id, guildId(), answer("11"));
    await expect.poll(async () => (await warOf(war.id)).messageId, SOON).toBeNull();
    await pass(database, schedule.id, 25 * MINUTE_MS);
    await bot.discord.until("the reminder", () => sent(channel).length === 2);
    expect(await wars.post(war.id, guildId())).toBe(true);
    await bot.discord.until("the message anew", () => sent(channel).length === 3);
    await expect.poll(async () => (await warOf(war.id)).messageId, SOON).toBe(sent(channel)[2]!.message.id);
  });

  test("whose channel is gone rests, and says so", async () => {
    const { schedule, channel } = await scheduled(50);
    await bot.discord.until("the sign-up message", () => sent(channel).length === 1);
    bot.discord.world.removeChannel(channel);
    await pass(database, schedule.id, 25 * MINUTE_MS);
    await expect.poll(async () => (await wars.schedule(schedule.id, guildId()))!.pauseReason, SOON).toBe("target");
    const another = bot.discord.world.addChannel(bot.discord.guilds[0]!, "elsewhere");
    await wars.change(schedule.id, guildId(), { ...schedule.terms, channelId: another.id });
    expect((await wars.schedule(schedule.id, guildId()))!.state).toBe("running");
  });
});
