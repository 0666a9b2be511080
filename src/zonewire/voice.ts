import type { Gateway } from "../kernel/gateway.js";
import { VoiceFollower } from "../war/index.js";
import type { Parts } from "./parts.js";

/** Writes down who is in voice while clan wars run, where the operator allows it. The returned function ends it. */
export function followVoice(gateway: Gateway, { config, store, game, pulse, clock, log }: Parts): () => Promise<void> {
  if (config.discord && config.discord.voice !== true) return () => Promise.resolve();
  const follower = new VoiceFollower({
    presence: store.warring(game.source).presence,
    inVoice: (guildId) => gateway.inVoice(guildId),
    clock,
    onFailure: (error) => {
      log.debug({ err: error }, "who is in voice could not be noted; the next half minute tries again");
    },
  });
  follower.start();
  const leave = pulse.listen((signal) => {
    if (signal === "voice") follower.wake();
  });
  return async () => {
    await leave();
    await follower.stop();
  };
}
