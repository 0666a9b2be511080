/**
 * What one unit costs in a lot, in rubles. The auction's prices are for a whole lot, and 0 means that there is no such
 * price: undefined then, and where the lot holds nothing.
 */
export function unitPrice(lotPrice: number, amount: number): number | undefined {
  if (!(lotPrice > 0) || !(amount > 0)) return undefined;
  const unit = lotPrice / amount;
  return Number.isFinite(unit) && unit > 0 ? unit : undefined;
}
