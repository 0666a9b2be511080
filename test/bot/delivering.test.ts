import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startBot, type Bot } from "./bot.js";
import { menuOf } from "./linking.js";

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

  // A panel that is removed does not stay in the channel as it was.
  const warden = bot.as("en-US", { person: "warden", guild });
  const { message } = await warden.slash("alerts remove");
  const { customId, options: removable } = menuOf(message, "choose");
  const { value } = removable.find(({ label }) => label.startsWith("Panel"))!;
  await warden.select(message!, customId, [value]);
  expect(discord.posts.list({ channel, change: "deleted" }).map(({ message: { id } }) => id)).toEqual([
    panel?.message.id,
  ]);
  expect(discord.problems).toEqual([]);
});
