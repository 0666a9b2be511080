export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** When the world's records begin: no sale and no lot is older. */
export const ORIGIN = Date.UTC(2024, 0, 1);
