import type { Archive, ArchiveChange, Archived } from "../../src/auction/index.js";
import type { Sale } from "../../src/auction/sale.js";

/** An archive in memory, which keeps what it is told. */
export class Shelf implements Archive {
  perItem = 10_000;
  kept: { revision: number; whole: boolean; sales: Sale[] } | undefined;

  read(_key: unknown, since: Date): Promise<Archived | undefined> {
    if (!this.kept) return Promise.resolve(undefined);
    const { sales, revision, whole } = this.kept;
    return Promise.resolve({ revision, whole, count: sales.length, sales: sales.filter(({ time }) => time >= since) });
  }

  save(_key: unknown, { revision, restart, added, whole }: ArchiveChange): Promise<number | undefined> {
    if (revision !== this.kept?.revision) return Promise.resolve(undefined);
    const sales = [...added, ...(restart ? [] : (this.kept?.sales ?? []))].sort(newestFirst);
    this.kept = { revision: (revision ?? 0) + 1, whole, sales };
    return Promise.resolve(this.kept.revision);
  }
}

const newestFirst = (a: Sale, b: Sale) => b.time.getTime() - a.time.getTime();
