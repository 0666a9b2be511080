const DISCORD_EPOCH = 1_420_070_400_000;

/** When an object of Discord was made: its id is a snowflake. Milliseconds since the Unix epoch. */
export function snowflakeTime(id: string): number {
  return Number(BigInt(id) >> 22n) + DISCORD_EPOCH;
}
