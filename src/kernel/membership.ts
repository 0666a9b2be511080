import { Routes } from "discord-api-types/v10";
import type { REST } from "discord.js";
import { failureOf } from "./messages/refusals.js";

/** Whether the bot is in a server; undefined: Discord does not say. */
export async function isInServer(guildId: string, rest: Pick<REST, "get">): Promise<boolean | undefined> {
  try {
    await rest.get(Routes.guild(guildId));
    return true;
  } catch (error) {
    const failed = failureOf(error);
    return failed.kind === "refused" && failed.reason === "server-gone" ? false : undefined;
  }
}
