import type { REST } from "discord.js";

/** What Discord allows a bot in a second, whatever asks for it. */
export const REQUESTS_PER_SECOND = 50;

/** From the next second on. */
export function setPace(rest: REST, perSecond: number): void {
  rest.options.globalRequestsPerSecond = perSecond;
}

/** Sends nothing for so many milliseconds. */
export function holdAll(rest: REST, ms: number): void {
  rest.globalRemaining = 0;
  rest.globalReset = Math.max(rest.globalReset, Date.now() + ms);
}

/** Calls `hear` when Discord says that it takes nothing of the bot, with for how many milliseconds. */
export function onHeld(rest: REST, hear: (ms: number) => void): void {
  rest.on("response", (_request, { status, headers }) => {
    const seconds = Number(headers.get("retry-after"));
    if (status === 429 && headers.has("x-ratelimit-global") && seconds > 0) hear(seconds * 1_000);
  });
}
