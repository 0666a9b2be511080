/** Figures by the number of their statistic; undefined: the profile had none. */
export type NumberedFigures = ReadonlyMap<number, number | undefined>;

export interface PackedFigures {
  /** Bit n, from the right of each byte, as `get_bit` counts: the statistic n is there. */
  readonly changed: Uint8Array;
  /** Of those that are there, the lowest number first. */
  readonly figures: Uint8Array;
}

/** Integers below this many have room in a number of JavaScript with two bits more. */
const LARGEST = 2 ** 51;
/** What begins with an odd number is none of these integers. */
const [FLOAT, DOUBLE, NONE] = [1, 3, 5];
const SEVEN_BITS = 128;

/**
 * Packs figures, each exactly: an integer takes one byte up to 31, two up to 4,095, then one more for each factor of 128;
 * what fits a float takes 5 bytes, any other number 9, a missing one 1.
 */
export function packFigures(figures: NumberedFigures): PackedFigures {
  const numbers = [...figures.keys()].sort((a, b) => a - b);
  const changed = new Uint8Array(numbers.length === 0 ? 0 : Math.floor((numbers.at(-1) ?? 0) / 8) + 1);
  const bytes: number[] = [];
  for (const number of numbers) {
    const place = number >> 3;
    changed[place] = (changed[place] ?? 0) | (1 << (number & 7));
    pack(figures.get(number), bytes);
  }
  return { changed, figures: Uint8Array.from(bytes) };
}

export function unpackFigures(packed: PackedFigures): Map<number, number | undefined> {
  const found = new Map<number, number | undefined>();
  visit(packed, (number, value) => found.set(number, value));
  return found;
}

/** One of them; undefined also where it is not there. */
export function unpackFigure(packed: PackedFigures, wanted: number): number | undefined {
  let found: number | undefined;
  visit(packed, (number, value) => {
    if (number === wanted) found = value;
  });
  return found;
}

function visit({ changed, figures }: PackedFigures, see: (number: number, value: number | undefined) => void): void {
  const view = new DataView(figures.buffer, figures.byteOffset, figures.byteLength);
  let at = 0;
  const varint = () => {
    let [value, scale] = [0, 1];
    for (;;) {
      const byte = view.getUint8(at++);
      value += (byte & (SEVEN_BITS - 1)) * scale;
      if (byte < SEVEN_BITS) return value;
      scale *= SEVEN_BITS;
    }
  };
  const skip = (bytes: number) => (at += bytes) - bytes;
  for (const [place, byte] of changed.entries()) {
    for (let bit = 0; bit < 8; bit++) {
      if ((byte & (1 << bit)) === 0) continue;
      const head = varint();
      const number = place * 8 + bit;
      if (head % 2 === 0) see(number, unsigned(head / 2));
      else if (head === FLOAT) see(number, view.getFloat32(skip(4)));
      else see(number, head === DOUBLE ? view.getFloat64(skip(8)) : undefined);
    }
  }
}

function pack(value: number | undefined, bytes: number[]): void {
  if (value === undefined) bytes.push(NONE);
  else if (Number.isInteger(value) && Math.abs(value) < LARGEST && !Object.is(value, -0)) {
    let rest = (value < 0 ? -2 * value - 1 : 2 * value) * 2;
    for (; rest >= SEVEN_BITS; rest = Math.floor(rest / SEVEN_BITS)) bytes.push((rest % SEVEN_BITS) + SEVEN_BITS);
    bytes.push(rest);
  } else if (Object.is(Math.fround(value), value)) {
    const view = new DataView(new ArrayBuffer(4));
    view.setFloat32(0, value);
    bytes.push(FLOAT, ...new Uint8Array(view.buffer));
  } else {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, value);
    bytes.push(DOUBLE, ...new Uint8Array(view.buffer));
  }
}

/** Zigzag: 0, -1, 1, -2 … */
const unsigned = (value: number) => (value % 2 === 0 ? value / 2 : -(value + 1) / 2);
