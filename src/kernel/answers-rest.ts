import { REST } from "discord.js";
import type { Logger } from "pino";
import type { Reply } from "./reply.js";
import { isGone, restResponder } from "./responder.js";
import { messageBody, type View } from "./view.js";

/** Discord does not count answers to interactions against the 50 a second that a bot has for everything else. */
const INTERACTION_REQUESTS_PER_SECOND = 1_000;
/** One rate-limit bucket is kept per interaction until swept: an hour, the library's default, is far too long. */
const SWEEP_MS = 5 * 60_000;

/** For answers to interactions, and nothing else. `apiUrl` is where Discord's REST API is, without the version. */
export function answersRest({ apiUrl, log }: { readonly apiUrl: string; readonly log: Logger }): REST {
  const rest = new REST({
    api: apiUrl,
    globalRequestsPerSecond: INTERACTION_REQUESTS_PER_SECOND,
    handlerSweepInterval: SWEEP_MS,
  });
  rest.on("rateLimited", ({ route, retryAfter, global }) => {
    log.warn({ route, retryAfter, global }, "rate limited by Discord");
  });
  return rest;
}

/**
 * Changes an answer after its interaction is over, for 15 minutes from its beginning. False when that cannot be done
 * any more, or did not succeed.
 */
export async function editLater(rest: REST, reply: Reply, view: View, log: Logger): Promise<boolean> {
  const interaction = { id: "", token: reply.reveal(), applicationId: reply.applicationId };
  try {
    const body = messageBody(view, { private: false });
    await restResponder(rest, interaction).editOriginal(body, view.files);
    return true;
  } catch (error) {
    log[isGone(error) ? "debug" : "warn"]({ err: error }, "an earlier answer could not be changed");
    return false;
  }
}
