import { GatewayCloseCodes as Close } from "discord-api-types/v10";

/** What follows from a close code: the session goes on, a new one is begun, or Discord will not have us. */
export type Verdict = "resume" | "identify" | { readonly refused: string };

/** Sessions that are over. Whatever is not named here is worth a RESUME, which costs nothing. */
const OVER = new Set<number>([Close.NotAuthenticated, Close.InvalidSeq, Close.SessionTimedOut]);

/** What the operator must do before another try makes sense. */
const REFUSALS: Readonly<Record<number, string>> = {
  [Close.AuthenticationFailed]:
    "Discord does not accept DISCORD_TOKEN: it is wrong, or was reset. Take the present one from the Developer Portal",
  [Close.InvalidShard]: "Discord does not accept the number of the shard. Start again; if it stays, please report it",
  [Close.ShardingRequired]:
    "Discord wants more shards: the bot is in too many servers for so few. Start it again to read the new number; where SHARD_COUNT is a number, set it to auto or to a larger one before",
  [Close.InvalidAPIVersion]: "Discord no longer offers this version of its gateway. Install a newer Zonewire",
  [Close.InvalidIntents]: "Discord does not know the requested intents. Install a newer Zonewire",
  [Close.DisallowedIntents]:
    "Discord does not allow this application the requested intents. Allow them in the Developer Portal, under Bot",
};

export function verdictOn(code: number): Verdict {
  const refusal = REFUSALS[code];
  if (refusal !== undefined) return { refused: `${refusal} (close code ${code}).` };
  return OVER.has(code) ? "identify" : "resume";
}
