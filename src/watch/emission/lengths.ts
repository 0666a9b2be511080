import { MINUTE_MS } from "../../time.js";

/** How long an emission lasts, about: nobody publishes it. For those whose end nobody saw. */
export const ASSUMED_LENGTH_MS = 4 * MINUTE_MS;
/** After an emission more artifacts spawn for this long, as players have measured. */
export const BOOST_MS = 30 * MINUTE_MS;
