export type { Archive, ArchiveChange, Archived, ArchiveKey } from "./archive.js";
export { Auction } from "./auction.js";
export { MOST_LOTS, type LotsRead, type NewestLots } from "./lots.js";
export { type SalesRead, type SalesReaderOptions, type SalesQuery } from "./sales.js";
