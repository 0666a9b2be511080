import type { Delivery } from "../delivery.js";
import { beganAt } from "../delivery.js";
import { restResponder, type Answerable, type Responder } from "../responder.js";
import { UndeliveredError } from "../undelivered.js";
import type { Exchange } from "./exchange.js";

/** Of a response nobody tells whether it came in time. What is about as old as Discord waits goes another way, which does. */
const IN_RESPONSE_MS = 2_500;
/** How long Discord may take until it knows what a response said. */
const SETTLING_MS = 3_000;

/**
 * Answers an interaction that came over HTTP: first in the response, then as any other. Where the response cannot take the
 * first answer, it goes to Discord's REST API, which takes one and no more: because the connection has ended, because it
 * is late, or because it has files, of which Discord documents only that this API takes them.
 */
export function httpResponder(delivery: Delivery, interaction: Answerable, exchange: Exchange): Responder {
  const began = beganAt(interaction.createdAt, delivery.now());
  let settlesAt = 0;
  const rest = restResponder(delivery, interaction, () => settlesAt);
  return {
    ...rest,
    async callback(response, files = []) {
      const inTime = delivery.now() - began < IN_RESPONSE_MS;
      if (inTime && files.length === 0 && (await exchange.respond(JSON.stringify(response)))) {
        settlesAt = delivery.now() + SETTLING_MS;
        return "taken";
      }
      try {
        const taken = await rest.callback(response, files);
        exchange.end(ANSWERED_ELSEWHERE);
        return taken;
      } catch (error) {
        if (error instanceof UndeliveredError) exchange.end(ANSWERED_ELSEWHERE);
        throw error;
      }
    },
  };
}

/** What Discord wants to hear where the answer went to its REST API. */
export const ANSWERED_ELSEWHERE = 202;
