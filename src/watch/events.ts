import { z } from "zod";
import { emissionEvent } from "./emission/event.js";
import { noticeEvent } from "./notice.js";
import { priceEvent } from "./price/event.js";
import { rolesEvent } from "./roles/event.js";
import { rosterEvent } from "./roster/event.js";
import { warEvent } from "./war/event.js";

/** What a message tells. */
export const alert = z.discriminatedUnion("kind", [
  emissionEvent,
  priceEvent,
  rosterEvent,
  rolesEvent,
  warEvent,
  noticeEvent,
]);

export type Alert = z.infer<typeof alert>;
