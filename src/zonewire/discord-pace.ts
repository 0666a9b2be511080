import type { REST } from "discord.js";
import { holdAll, onHeld, REQUESTS_PER_SECOND, setPace } from "../kernel/messages/pace.js";
import { botKey, type DiscordTurns, type LiveProcess } from "../store/index.js";
import type { Liveness } from "./liveness.js";

/** Where there are several, they share this; the rest is for one that begins before all others have heard of it. */
const SHARED = 45;
const BEGINNERS = REQUESTS_PER_SECOND - SHARED;
/** Who delivers makes nearly all of the requests. */
const weightOf = ({ role }: LiveProcess) => (role === "bot" ? 1 : 4);

/** The part of Discord's requests a second that is for the process of this id. @param isKnown whether all have heard of it */
export function discordShare(living: readonly LiveProcess[], id: string, isKnown: boolean): number {
  const own = living.find((one) => one.id === id);
  if (own === undefined || living.length <= 1) return REQUESTS_PER_SECOND;
  const share = (SHARED * weightOf(own)) / living.reduce((sum, one) => sum + weightOf(one), 0);
  return Math.max(1, Math.floor(isKnown ? share : Math.min(share, BEGINNERS)));
}

interface Parts {
  readonly rest: REST;
  readonly turns: DiscordTurns;
  readonly liveness: Liveness;
  readonly token: string;
  readonly onFailure: (error: unknown) => void;
}

export interface DiscordPace {
  /** Asks whether Discord has said to another process that it takes nothing. */
  readonly look: () => void;
}

/** Keeps this process to its part of what Discord allows, and all of them still where Discord says so to one. */
export function shareDiscord({ rest, turns, liveness, token, onFailure }: Parts): DiscordPace {
  const bot = botKey(token);
  const look = () => {
    turns.heldFor(bot).then((ms) => {
      if (ms > 0) holdAll(rest, ms);
    }, onFailure);
  };
  const pace = () => {
    setPace(rest, discordShare(liveness.living, liveness.id, liveness.isKnown));
  };
  pace();
  liveness.onBeat(() => {
    pace();
    look();
  });
  onHeld(rest, (ms) => {
    turns.hold(bot, ms).catch(onFailure);
  });
  return { look };
}
