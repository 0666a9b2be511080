/**
 * Numbers as people write them, in each language. A minus is the sign U+2212, zero has none, and what is no number (NaN,
 * Infinity) is a dash. No number is longer than a line.
 */

const NO_NUMBER = "—";
const MINUS = "\u2212";

const formats = new Map<string, Intl.NumberFormat>();

function formatOf(locale: string, look: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale}/${look}`;
  const made = formats.get(key) ?? new Intl.NumberFormat(locale, { signDisplay: "negative", ...options });
  formats.set(key, made);
  return made;
}

/** From here on, digits would fill lines and none of the last ones would be true: `1.5E300`. */
const TOO_LONG = 1e15;
const BEYOND = { notation: "scientific", maximumSignificantDigits: 3 } as const;
/** What is less is nothing. */
const TOO_SMALL = 1e-9;

type PartOf = (part: Intl.NumberFormatPart, after: Intl.NumberFormatPart | undefined) => string;

function text(locale: string, look: string, options: Intl.NumberFormatOptions, value: number, partOf?: PartOf): string {
  if (!Number.isFinite(value)) return NO_NUMBER;
  const isTooLong = Math.abs(value) >= TOO_LONG;
  const format = isTooLong
    ? formatOf(locale, `beyond/${look}`, { style: options.style, signDisplay: options.signDisplay, ...BEYOND })
    : formatOf(locale, look, options);
  return spelled(format.formatToParts(Math.abs(value) < TOO_SMALL ? 0 : value), partOf);
}

function spelled(parts: readonly Intl.NumberFormatPart[], partOf: PartOf = ({ value }) => value): string {
  return parts.map((part, n) => (part.type === "minusSign" ? MINUS : partOf(part, parts[n + 1]))).join("");
}

/** Grouped as the language does: `104,350`. Two decimals at most, and of less than that two digits: `0.0046`. */
export function numberText(locale: string, value: number): string {
  const digits = { maximumFractionDigits: 2, maximumSignificantDigits: 2, roundingPriority: "morePrecision" } as const;
  return text(locale, "number", digits, value);
}

/** What Russian players write, in place of the words of newspapers. */
const SHORT_RUSSIAN: Readonly<Record<string, string>> = { "тыс.": "к", млн: "кк" };

/** A few digits, and the word or letter that the language has for the rest: `1.63M`, `1,63кк`, `163만`. */
export function shortText(locale: string, value: number, digits = 3): string {
  // Korean has a word for a thousand that nobody writes next to digits.
  if (locale.startsWith("ko") && Math.abs(value) < 9_999.5)
    return numberText(locale, Number(value.toPrecision(digits)));
  const look = `short/${digits}`;
  const options = { notation: "compact", maximumSignificantDigits: digits } as const;
  if (!locale.startsWith("ru")) return text(locale, look, options, value);
  return text(locale, look, options, value, (part, after) => {
    if (part.type === "literal" && after && after.value in SHORT_RUSSIAN) return "";
    return SHORT_RUSSIAN[part.value] ?? part.value;
  });
}

export interface PercentLook {
  /** Decimals at most; default: none. */
  readonly digits?: number;
  /** With a plus, where it is above zero. */
  readonly signed?: boolean;
}

/** A part of one as percent, with the space that the language has before the sign, or none: 0.125 is `12.5%`, `12,5 %`. */
export function percentText(locale: string, part: number, { digits = 0, signed = false }: PercentLook = {}): string {
  const look = {
    style: "percent",
    maximumFractionDigits: digits,
    signDisplay: signed ? "exceptZero" : "negative",
  } as const;
  return text(locale, `percent/${digits}/${signed}`, look, part);
}
