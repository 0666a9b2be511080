export type { Archive, ArchiveChange, Archived, ArchiveKey } from "./archive.js";
export { Auction } from "./auction.js";
export type { LotsRead } from "./lots.js";
export { type SalesRead, type SalesReaderOptions, type SalesQuery } from "./sales.js";
