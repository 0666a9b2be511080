/** Prints rows under a heading, each column as wide as it needs. */
export function printTable(
  heading: string,
  columns: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): void {
  const texts = [columns, ...rows].map((row) => row.map(String));
  const widths = columns.map((_, index) => Math.max(...texts.map((row) => row[index]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row.map((text, index) => (index === 0 ? text.padEnd(widths[index]!) : text.padStart(widths[index]!))).join("  ");
  console.log(`\n${heading}`);
  for (const row of texts) console.log(`  ${line(row)}`);
}

export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

export function round(value: number, digits = 0): string {
  return value.toFixed(digits);
}

export function median(values: readonly number[]): number {
  return percentile(
    [...values].sort((a, b) => a - b),
    0.5,
  );
}
