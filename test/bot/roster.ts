import type { Message } from "@zonewire/sandbox/discord";
import { labels, textOf, type Bot } from "./bot.js";

/** Presses the button for last logins, and waits until they are all there. */
export async function pressLogins(
  bot: Bot,
  message: Message,
  person = bot.as(),
  [label, back] = ["Last logins", "Back to ranks"] as readonly [string, string],
): Promise<void> {
  await person.click(message, label);
  await bot.discord.until("the last logins", () => labels(message).includes(back));
}

/** The lines of members of a page. */
export function linesOf(message: Message | undefined): string[] {
  return textOf(message)
    .split("\n")
    .filter((line) => /^\d+\\\. (?:💤 )?\*\*/.test(line));
}

/** Whose profiles the bot asked for. */
export function profilesAsked(bot: Bot): string[] {
  return bot.game.requests.all().flatMap(({ path, status }) => {
    const name = status === 200 ? /\/by-name\/([^/]+)\/profile$/.exec(path)?.[1] : undefined;
    return name === undefined ? [] : [name];
  });
}
