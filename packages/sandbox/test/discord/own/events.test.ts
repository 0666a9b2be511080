import { ChannelType, GuildScheduledEventStatus } from "discord.js";
import { expect, it } from "vitest";
import { HOUR, idOf, may, place, refused } from "./place.js";

const event = (from: number, until: number, changes: object = {}) => ({
  ...{ name: "Battle", privacy_level: 2, entity_type: 3, channel_id: null, entity_metadata: { location: "Zone" } },
  scheduled_start_time: new Date(from).toISOString(),
  scheduled_end_time: new Date(until).toISOString(),
  ...changes,
});

async function withEvents() {
  const { discord, clock, ask, general } = await place();
  const guild = general.guild!;
  const { world, botUser } = discord;
  const path = `/guilds/${guild.id}/scheduled-events`;
  const grant = (permissions: bigint) => {
    world.changeMember(guild, botUser, { roles: [world.addRole(guild, "May", permissions)] });
  };
  const from = clock.now() + HOUR;
  const make = (changes: object = {}) => ask("POST", path, event(from, from + HOUR, changes));
  return { discord, clock, ask, guild, path, grant, from, make };
}

it("events take the permission to create them, those of others the one to manage them", async () => {
  const { discord, ask, guild, path, grant, make } = await withEvents();
  grant(may.ManageEvents);
  expect(await make()).toMatchObject(refused(403, 50013));
  grant(may.CreateEvents);
  const own = idOf(await make());
  expect(await ask("PATCH", `${path}/${own}`, { name: "Other" })).toMatchObject({
    status: 200,
    json: { name: "Other" },
  });
  const theirs = { ...guild.events.get(own)!, id: "12345678901234567", creator: discord.users[0]! };
  guild.events.set(theirs.id, theirs);
  expect(await ask("PATCH", `${path}/${theirs.id}`, { name: "Mine" })).toMatchObject(refused(403, 50013));
  expect(await ask("GET", `${path}/1`)).toMatchObject(refused(404, 10070));
});

it("they start and end by themselves, and go from one state to the next alone", async () => {
  const { clock, ask, path, grant, from, make } = await withEvents();
  grant(may.CreateEvents);
  const [first, second] = [idOf(await make()), idOf(await make())];
  const status = async (id: string) => (await ask("GET", `${path}/${id}`)).json;
  expect(await ask("PATCH", `${path}/${first}`, { status: 3 })).toMatchObject(refused(400, 180000));
  expect(await ask("PATCH", `${path}/${first}`, { status: 4 })).toMatchObject({ json: { status: 4 } });
  expect(await ask("PATCH", `${path}/${first}`, { status: 2 })).toMatchObject(refused(400, 180000));
  clock.at = from;
  expect(await status(second)).toMatchObject({ status: 2 });
  expect(await ask("PATCH", `${path}/${second}`, { status: 4 })).toMatchObject(refused(400, 180000));
  clock.at = from + HOUR;
  expect(await status(second)).toMatchObject({ status: 3 });
  expect(await ask("GET", path)).toMatchObject({ json: [] });
});

it("none begins in the past, ends before it begins, or is one too many", async () => {
  const { clock, grant, guild, from, make } = await withEvents();
  grant(may.CreateEvents);
  const past = new Date(clock.now() - HOUR).toISOString();
  expect(await make({ scheduled_start_time: past })).toMatchObject(refused(400, 50035));
  expect(await make({ scheduled_end_time: new Date(from).toISOString() })).toMatchObject(refused(400, 50035));
  expect(await make({ entity_metadata: { location: "" } })).toMatchObject(refused(400, 50035));
  expect(await make({ name: "x".repeat(101) })).toMatchObject(refused(400, 50035));
  for (let n = 0; n < 100; n += 1) await make();
  expect(await make()).toMatchObject(refused(400, 30038));
  [...guild.events.values()][0]!.status = GuildScheduledEventStatus.Canceled;
  expect(await make()).toMatchObject({ status: 200 });
});

it("where somebody sits in voice is told to who may connect there", async () => {
  const { discord, ask, guild } = await withEvents();
  const { world, users, botUser } = discord;
  const [, player] = users;
  const voice = world.addChannel(guild, "talk", { type: ChannelType.GuildVoice });
  const path = `/guilds/${guild.id}/voice-states/${player!.id}`;
  expect(await ask("GET", path)).toMatchObject(refused(404, 10065));
  world.joinVoice(player!, voice);
  expect(await ask("GET", path)).toMatchObject({ status: 200, json: { channel_id: voice.id } });
  world.setOverwrite(voice, botUser, { deny: may.Connect });
  expect(await ask("GET", path)).toMatchObject(refused(403, 50001));
  world.leaveVoice(player!, guild);
  expect(await ask("GET", path)).toMatchObject(refused(404, 10065));
});
