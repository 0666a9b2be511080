import { ITEMS, REGIONS, type RegionId } from "@zonewire/sandbox/game";

export interface Market {
  readonly item: string;
  readonly region: RegionId;
}

/** Every item that is listed and traded in the region. */
export function marketsIn(region: RegionId): Market[] {
  const realm = REGIONS.find(({ id }) => id === region)?.realm;
  return ITEMS.filter((item) => item.lotsPerDay > 0 && item.listedIn.some((one) => one === realm)).map(({ id }) => ({
    item: id,
    region,
  }));
}

/** All of every region. */
export function allMarkets(): Market[] {
  return REGIONS.flatMap(({ id }) => marketsIn(id));
}
