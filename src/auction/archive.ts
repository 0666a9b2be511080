import type { Sale } from "./sale.js";

export interface ArchiveKey {
  readonly region: string;
  readonly itemId: string;
}

/** Sales of an item in a region, without a gap from the oldest to the newest that were read. */
export interface Archived {
  /** Goes up with each change. */
  readonly revision: number;
  /** Of all, not only of those that were requested. */
  readonly count: number;
  /** Reaches back to the first sale that the API knows. */
  readonly whole: boolean;
  /** Newest first. */
  readonly sales: readonly Sale[];
}

export interface ArchiveChange {
  /** Of what it changes; undefined: there was nothing. */
  readonly revision: number | undefined;
  /** What was there goes. */
  readonly restart: boolean;
  readonly added: readonly Sale[];
  readonly whole: boolean;
  readonly now: Date;
}

/** Where what was read once is kept. May fail: answers then hold what the API gives at once. */
export interface Archive {
  /** Sales that it keeps of one item in one region; of more, the oldest go. */
  readonly perItem: number;
  /** The sales that are not older than `since`; undefined: nothing was ever kept. */
  read(key: ArchiveKey, since: Date): Promise<Archived | undefined>;
  /** The new revision; undefined: somebody else changed it meanwhile, and nothing was kept. */
  save(key: ArchiveKey, change: ArchiveChange): Promise<number | undefined>;
}
