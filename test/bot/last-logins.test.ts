import { describe, expect, test } from "vitest";
import { landmarks } from "@zonewire/sandbox/game";
import { labels, startBot, StillClock, textOf } from "./bot.js";
import { link } from "./linking.js";
import { linesOf, pressLogins, profilesAsked } from "./roster.js";

const { characters, clans } = landmarks;

describe("last logins", () => {
  test("are read as far as the points go, which leaves some to others, and later from where it stopped", async () => {
    const clock = new StillClock();
    // Just after a window has begun: nothing but the test ends it.
    clock.time = Math.floor(clock.time / 60_000) * 60_000 + 33_300;
    const bot = await startBot({ clock, game: { clock, limitPerMinute: 32 } });
    const person = bot.as("en-US", { person: "warden" });
    await link(bot, person, "lynx");
    const members = bot.game.world.region("EU").population.rosterAt(clans.hostile, clock.time).length;
    const { message } = await person.slash("clan members", { region: "EU" });
    bot.game.requests.clear();
    await person.click(message!, "Last logins");
    await bot.discord.until("the first last logins", () => labels(message).includes("Load more"));
    const first = profilesAsked(bot);
    expect(first.length).toBeGreaterThan(5);
    expect(first.length).toBeLessThan(members);
    const unread = members - first.length;
    expect(textOf(message)).toContain(`${unread} last logins not loaded; more requests <t:`);
    const emission = await bot.as().slash("emission", { region: "EU" });
    expect(textOf(emission.message)).toContain("Emission · EU");

    clock.time += 61_000;
    await person.click(message!, "Load more");
    await bot.discord.until(
      "the rest of them",
      () => labels(message).includes("Back to ranks") && !labels(message).includes("Load more"),
    );
    const all = profilesAsked(bot);
    expect(all).toHaveLength(members);
    expect(new Set(all).size).toBe(members);
    expect(bot.complaints()).toEqual([]);
    await bot.close();
  });

  test("show how far they are while they are read", async () => {
    const bot = await startBot({ grace: 10 });
    await link(bot);
    const { message } = await bot.as().slash("clan members", { region: "EU" });
    bot.game.faults.add({ kind: "slow", ms: 30 }, { path: "/by-name/" });
    const pressed = bot.as().click(message!, "Last logins");
    await bot.discord.until("progress", () => /Reading last logins: \d+ of \d+/.test(textOf(message)));
    await pressed;
    await bot.discord.until("the last logins", () => labels(message).includes("Back to ranks"));
    expect(textOf(message)).toContain("· last login <t:");
    await bot.close();
  });

  test("that cannot be read leave the list as it was, and say why to the caller alone; half of them are shown", async () => {
    const bot = await startBot({ grace: 0 });
    await link(bot);
    const { message } = await bot.as().slash("clan members", { region: "EU" });
    const before = textOf(message);
    bot.game.faults.add({ kind: "wrongShape" }, { path: "/by-name/" });
    const pressed = await bot.as().click(message!, "Last logins");
    await bot.discord.until("the reason", () => pressed.followUps.length === 1);
    expect(textOf(pressed.followUps[0])).toContain("something I do not understand");
    expect(pressed.followUps[0]?.visibleTo).toBeDefined();
    expect(textOf(message)).toBe(before);
    bot.game.faults.clear();
    bot.game.faults.add({ kind: "slow", ms: 30 }, { path: "/by-name/", times: 8 });
    bot.game.faults.add({ kind: "wrongShape" }, { path: "/by-name/" });
    await pressLogins(bot, message!);
    expect(textOf(message)).toContain("⚠️ The game's API does not answer");
    expect(textOf(message)).toContain("· last login <t:");
    expect(textOf(message)).toContain("· …");
    expect(labels(message)).toContain("Load more");
    await bot.close();
  });

  test("of hidden profiles and of people never seen are not known", async () => {
    const bot = await startBot();
    await link(bot);
    const { message } = await bot.as().slash("clan members", { region: "EU", rank: "LEADER" });
    bot.game.faults.add({ kind: "empty" }, { path: `/by-name/${characters.leader}` });
    await pressLogins(bot, message!);
    expect(linesOf(message)).toEqual(["1\\. **Marten** — Leader · not known"]);
    await bot.close();
  });
});
