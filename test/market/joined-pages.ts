import { PageJoiner, type Joined, type MarketLot, type Page } from "../../src/market/index.js";

/** All pages joined in one go. */
export function joinPages<L extends MarketLot>(pages: readonly Page<L>[], identity?: (lot: L) => string): Joined<L> {
  const joiner = new PageJoiner(identity);
  for (const page of pages) joiner.add(page);
  return joiner.joined;
}
