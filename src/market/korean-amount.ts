const TOKENS = /(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?|./gu;
/** Units within a group of four digits, and units of such groups; as powers of ten. */
const SMALL: ReadonlyMap<string, number> = new Map([
  ["십", 1],
  ["백", 2],
  ["천", 3],
]);
const LARGE: ReadonlyMap<string, number> = new Map([
  ["만", 4],
  ["억", 8],
  ["조", 12],
]);

/** A number with Korean units: "3만", "1억 2천만", "1,500만", "2만5000". Undefined for what has none or is no number. */
export function readKoreanAmount(text: string): number | undefined {
  if (!/[십백천만억조]/u.test(text)) return undefined;
  let sum = 0;
  let group = 0;
  let number: number | undefined;
  let lastSmall = Infinity;
  let lastLarge = Infinity;
  for (const [token, whole, fraction = ""] of text.replaceAll(" ", "").matchAll(TOKENS)) {
    const small = SMALL.get(token);
    const large = LARGE.get(token);
    if (whole !== undefined && number === undefined) {
      number = Number(whole.replaceAll(",", "") + fraction);
    } else if (small !== undefined && small < lastSmall) {
      group += times(number ?? 1, small);
      number = undefined;
      lastSmall = small;
    } else if (large !== undefined && large < lastLarge) {
      // A unit alone is one of it.
      const empty = number === undefined && lastSmall === Infinity;
      sum += times(empty ? 1 : group + (number ?? 0), large);
      group = 0;
      number = undefined;
      lastSmall = Infinity;
      lastLarge = large;
    } else return undefined;
  }
  return sum + group + (number ?? 0);
}

/** Exact where multiplying is not: 1.1 by 10⁸. */
function times(number: number, power: number): number {
  return Number(`${number}e${power}`);
}
