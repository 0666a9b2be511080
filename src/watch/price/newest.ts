import { HOUR_MS } from "../../time.js";

/**
 * Of a list that is too long to read all of it, the newest lots are read: so far back, because lots show up late, and looks may
 * be an hour apart.
 */
export const NEWEST_BACK_MS = 2 * HOUR_MS;
