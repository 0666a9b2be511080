import { ApplicationCommandOptionType } from "discord-api-types/v10";
import { describe, expect, test } from "vitest";
import { startBot, textOf } from "./bot.js";

describe("registration", () => {
  test("an unchanged restart writes nothing", async () => {
    const bot = await startBot();
    const writes = () =>
      bot.discord.requests.filter(({ method, route }) => method !== "GET" && route.includes("/commands")).length;
    expect(writes()).toBe(1);
    const ids = bot.discord.commands().map(({ id }) => id);
    await bot.restart();
    expect(writes()).toBe(1);
    expect(bot.discord.commands().map(({ id }) => id)).toEqual(ids);
    await bot.close();
  });

  test("commands carry names and descriptions in every language", async () => {
    const bot = await startBot();
    const { message } = await bot.as("ru").slash("help");
    for (const command of bot.discord.commands()) {
      expect(Object.keys(command.name_localizations ?? {}).sort()).toEqual([
        "en-GB",
        "en-US",
        "es-419",
        "es-ES",
        "fr",
        "ko",
        "ru",
      ]);
      if (!command.options?.some(({ type }) => type === ApplicationCommandOptionType.Subcommand))
        expect(textOf(message)).toContain(`</${command.name}:${command.id}>`);
    }
    expect(textOf(message)).toContain("</clan info:");
    await bot.close();
  });
});

describe("a gateway that is lost", () => {
  const LOSSES = ["drop", "reconnect", "invalidate"] as const;

  test.each(LOSSES)("comes back by itself after a %s", { timeout: 30_000 }, async (loss) => {
    const bot = await startBot();
    const { gateway } = bot.discord.faults;
    if (loss === "drop") gateway.drop();
    else if (loss === "reconnect") gateway.reconnect();
    else gateway.invalidateSessions({ resumable: false });
    await bot.discord.until("the bot to be gone", () => bot.log.some(({ msg }) => /coming back|resumed/.test(msg)));
    await bot.discord.connected();
    const outcome = await bot.as().slash("regions");
    expect(outcome.failure).toBeUndefined();
    expect(outcome.answers).toBe(1);
    await bot.close();
  });
});

test("what runs is finished before the bot leaves, and what comes meanwhile is refused politely", async () => {
  const bot = await startBot();
  bot.game.faults.add({ kind: "slow", ms: 1_200 }, { path: "/operations/" });
  const running = bot.as().slash("operations", { region: "EU" });
  await bot.discord.until(
    "the request to arrive",
    () =>
      bot.game.requests.all().some(({ path }) => path.includes("/operations/")) ||
      bot.discord.requests.some(({ route }) => route.includes("/callback")),
  );
  const closing = bot.zonewire.close();
  const late = await bot.as("ru").slash("emission");
  expect(late.ephemeral).toBe(true);
  expect(textOf(late.message)).toContain("Я перезапускаюсь");
  const outcome = await running;
  expect(outcome.ephemeral).toBe(false);
  expect(textOf(outcome.message)).toContain("Operations · EU");
  await closing;
  await bot.discord.close();
  await bot.game.close();
});
