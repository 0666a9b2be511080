export type RegionId = "RU" | "EU" | "NA" | "SEA";
export type Realm = "ru" | "global";

export interface Region {
  readonly id: RegionId;
  readonly name: string;
  /** Which edition of the item database describes this region's items. */
  readonly realm: Realm;
  /** How much happens here compared to the largest region. */
  readonly activity: number;
  /** How prices compare to the largest region's. */
  readonly priceFactor: number;
  /** The busiest hour of the day, UTC. */
  readonly busyHour: number;
}

/** In the order the live API lists them. */
export const REGIONS: readonly Region[] = [
  { id: "RU", name: "RUSSIA", realm: "ru", activity: 1, priceFactor: 1, busyHour: 17 },
  { id: "EU", name: "EUROPE", realm: "global", activity: 0.45, priceFactor: 0.8, busyHour: 19 },
  { id: "NA", name: "NORTH AMERICA", realm: "global", activity: 0.3, priceFactor: 0.9, busyHour: 1 },
  { id: "SEA", name: "SOUTHEAST ASIA", realm: "global", activity: 0.15, priceFactor: 1.15, busyHour: 13 },
];

/** A region by its id in any case. */
export function findRegion(id: string): Region | undefined {
  const wanted = id.toUpperCase();
  return REGIONS.find((region) => region.id === wanted);
}
