import { DiscordAPIError, Routes, type REST } from "discord.js";
import { z } from "zod";

/** Where somebody is in voice; "out": nowhere; "unknown": Discord does not tell. */
export type VoicePlace = { readonly channelId: string } | "out" | "unknown";

const voiceState = z.object({ channel_id: z.string().nullable() });
/** Not in voice, or not in the server. */
const OUT = new Set<unknown>([10_065, 10_007]);

/**
 * Asks where somebody is in voice, which takes no intent. Who sits in a channel that the bot may not connect to is not known
 * to be anywhere. Never rejects.
 */
export async function voicePlace(
  rest: Pick<REST, "get">,
  guildId: string,
  userId: string,
  signal: AbortSignal,
): Promise<VoicePlace> {
  try {
    const { channel_id: channelId } = voiceState.parse(
      await rest.get(Routes.guildVoiceState(guildId, userId), { signal }),
    );
    return channelId === null ? "out" : { channelId };
  } catch (error) {
    return error instanceof DiscordAPIError && OUT.has(error.code) ? "out" : "unknown";
  }
}
