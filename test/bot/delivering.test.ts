import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startBot, type Bot } from "./bot.js";

let bot: Bot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.close());

const until = (check: () => unknown) => vi.waitFor(check, { timeout: 60_000, interval: 50 });

test("an emission is told in the channel to the chosen role, and the panel follows", async () => {
  const { discord, game } = bot;
  const [guild] = discord.guilds;
  const channel = discord.channels.find(({ name }) => name === "alerts");
  if (!guild || !channel) throw new Error("no channel");
  const role = discord.world.addRole(guild, "Stalkers");
  game.endEmission("EU");
  const options = { channel, region: "EU", role, panel: true };
  const { ephemeral } = await bot.as("en-US", { person: "warden", guild }).slash("alerts emission", options);
  expect(ephemeral).toBe(true);
  // The first look shows how things stand, and tells nobody.
  await until(() => {
    expect(discord.posts.sent(channel)).toHaveLength(1);
  });
  const [panel] = discord.posts.sent(channel);
  expect(panel).toMatchObject({ silent: true, pings: { roles: [], everyone: false } });
  game.startEmission("EU");
  await until(() => {
    expect(discord.posts.sent(channel)).toHaveLength(2);
    expect(discord.posts.list({ channel, change: "updated" }).length).toBeGreaterThan(0);
  });
  const [, alert] = discord.posts.sent(channel);
  expect(alert?.pings).toEqual({ users: [], roles: [role.id], everyone: false });
  expect(alert?.content).toContain("EU");
  expect(discord.problems).toEqual([]);
});
