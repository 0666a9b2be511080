const units = ["byte", "kilobyte", "megabyte"] as const;

/** "512 bytes", "1.2 MB": in the reader's language, with a decimal below ten. @param bytes 0 or more */
export function formatSize(bytes: number, locale: string): string {
  const power = bytes < 1000 ? 0 : bytes < 999_500 ? 1 : 2;
  const value = bytes / 1000 ** power;
  const maximumFractionDigits = power > 0 && value < 9.95 ? 1 : 0;
  const unit = { unit: units[power], unitDisplay: power === 0 ? "long" : "short" } as const;
  return new Intl.NumberFormat(locale, { style: "unit", ...unit, maximumFractionDigits }).format(value);
}
