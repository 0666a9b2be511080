import { beforeAll, describe, expect, test } from "vitest";
import { Charts, type ClanCourse, type Gains, type Ranking } from "../../src/charts/index.js";
import { loadCanvas, type CanvasLibrary } from "../../src/charts/fonts.js";
import { shortText } from "../../src/kernel/numbers.js";
import { DAY, NOW } from "./history.js";

const BLUE = 0x4fc3d9;
const YELLOW = 0xffc93c;
const charts = new Charts();
let library: CanvasLibrary;
beforeAll(async () => {
  library = await loadCanvas();
});

const short = (value: number, digits?: number) => shortText("en", value, digits);
const ago = (days: number) => new Date(NOW - days * DAY);

class Picture {
  readonly width: number;
  readonly height: number;
  readonly #pixels: DataView;

  private constructor(width: number, height: number, pixels: DataView) {
    this.width = width;
    this.height = height;
    this.#pixels = pixels;
  }

  static async of(png: Uint8Array | undefined): Promise<Picture> {
    if (!png) throw new Error("there is no picture");
    const image = await library.loadImage(Buffer.from(png));
    const pen = library.createCanvas(image.width, image.height).getContext("2d");
    pen.drawImage(image, 0, 0);
    const { buffer } = pen.getImageData(0, 0, image.width, image.height).data;
    return new Picture(image.width, image.height, new DataView(buffer));
  }

  at(x: number, y: number): number {
    return this.#pixels.getUint32((y * this.width + x) * 4) >>> 8;
  }

  /** Whether the colour at a point is about this one. */
  isLike(x: number, y: number, colour: number, within = 8): boolean {
    const parts = (one: number) => [one >> 16, (one >> 8) & 255, one & 255];
    const [found, wanted] = [parts(this.at(x, y)), parts(colour)];
    return found.every((part, place) => Math.abs(part - (wanted[place] ?? 0)) < within);
  }
}

/** A colour of our own over the background, as it is drawn. */
const over = (colour: number, opacity: number) => {
  const part = (shift: number, ground: number) =>
    Math.round(((colour >> shift) & 255) * opacity + ground * (1 - opacity)) << shift;
  return part(16, 0x1e) | part(8, 0x1f) | part(0, 0x22);
};
const KNOWN = over(BLUE, 0.75);
const MEAN = over(BLUE, 0.25);
/** Pixels of a line of the grid, which shows through a bar, at most; bars of one height are further apart. */
const GRID_LINE = 3;

/** @param perDay of each day, the last of which ends with the picture; undefined: part of a gap that ends with the next one */
function gainsOf(perDay: readonly number[], { days = perDay.length, gap = 0 } = {}): Gains {
  return {
    spans: perDay.map((one, place) => {
      const from = perDay.length - place + (place === 0 ? gap : 0);
      return { from: ago(from), to: ago(perDay.length - place - 1), perDay: one, isGap: place === 0 && gap > 0 };
    }),
    from: ago(days),
    to: new Date(NOW),
    locale: "en",
    write: (amount) => `${short(amount)} h`,
    texts: {
      title: "Marten · EU · Time played",
      zone: "times in UTC",
      gain: "Gained a day",
      mean: "Mean",
      unknown: "No data",
      none: "No data",
    },
  };
}

/** The bars of a colour from left to right: how many pixels wide and high each is. */
async function bars(gains: Gains, colour: number): Promise<{ width: number; height: number }[]> {
  const picture = await Picture.of(await charts.gains(gains));
  expect([picture.width, picture.height]).toEqual([1_000, 520]);
  const found: { from: number; to: number; height: number }[] = [];
  for (let x = 40; x < picture.width; x++) {
    let height = 0;
    for (let y = 95; y < 475; y++) if (picture.isLike(x, y, colour)) height += 1;
    // The edges of other bars are no bars.
    if (height <= 6) continue;
    const bar = found.at(-1);
    const isSame = bar && x - bar.to <= GRID_LINE && Math.abs(bar.height - height) < 6;
    if (isSame) bar.to = x;
    else found.push({ from: x, to: x, height });
  }
  return found.map(({ from, to, height }) => ({ width: to - from + 1, height })).filter(({ width }) => width > 3);
}

describe("the picture of gains", () => {
  test("has a bar from each reading to the next, the more the higher, and none is cut", async () => {
    const [first, second, third, ...others] = await bars(gainsOf([2, 4, 3]), KNOWN);
    expect(others).toEqual([]);
    expect(second!.height / first!.height).toBeCloseTo(2, 1);
    expect(third!.height / first!.height).toBeCloseTo(1.5, 1);
  });

  test("draws the mean over a gap apart, as wide as the gap", async () => {
    const gains = gainsOf([1, 4, 2], { days: 6, gap: 3 });
    const [mean, ...more] = await bars(gains, MEAN);
    const known = await bars(gains, KNOWN);
    expect(more).toEqual([]);
    expect(known).toHaveLength(2);
    expect(mean!.width / known[0]!.width).toBeGreaterThan(3.5);
  });

  test("hatches what is not known, and says so; of nothing it says that alone", async () => {
    const late = await Picture.of(await charts.gains(gainsOf([2, 4], { days: 8 })));
    const whole = await Picture.of(await charts.gains(gainsOf([2, 4])));
    const hatched = (picture: Picture) =>
      Array.from({ length: 300 }, (_, x) => picture.isLike(100 + x, 120, 0x3a3c43, 4)).filter(Boolean).length;
    expect(hatched(late)).toBeGreaterThan(20);
    expect(hatched(whole)).toBe(0);
    expect(await bars(gainsOf([], { days: 7 }), KNOWN)).toEqual([]);
  });

  test("is drawn of ninety days, and of a day without gains", async () => {
    expect(await bars(gainsOf(Array.from({ length: 90 }, (_, day) => 3 + (day % 2))), KNOWN)).toHaveLength(90);
    expect(await bars(gainsOf([0]), KNOWN)).toEqual([]);
  });
});

describe("the picture of a ranking", () => {
  const ranking = (amounts: readonly number[], most = Math.max(0, ...amounts)): Ranking => ({
    entries: amounts.map((amount, place) => ({ name: `Wolf_${place}`, amount, label: `+${amount} h` })),
    most,
    title: "[ZON] Wolves · Time played · 7 days",
  });

  /** How long the bars are, in pixels, from the top. */
  async function lengths(of: Ranking): Promise<number[]> {
    const picture = await Picture.of(await charts.ranking(of));
    const found: number[] = [];
    let inside = false;
    for (let y = 44; y < picture.height; y++) {
      let length = 0;
      for (let x = 0; x < picture.width; x++) if (picture.at(x, y) === BLUE) length += 1;
      if (length > 0 && !inside) found.push(length);
      inside = length > 0;
    }
    return found;
  }

  test("has a bar for each, as long as its amount", async () => {
    const [first, second, third, ...others] = await lengths(ranking([50, 25, 10]));
    expect(others).toEqual([]);
    expect(second! / first!).toBeCloseTo(0.5, 1);
    expect(third! / first!).toBeCloseTo(0.2, 1);
  });

  test("compares the bars of a later page with the first of all; nothing is a line", async () => {
    const [first] = await lengths(ranking([50]));
    expect((await lengths(ranking([10], 50)))[0]! / first!).toBeCloseTo(0.2, 1);
    const nothing = await lengths(ranking([0, 0]));
    expect([nothing.length, Math.max(...nothing) <= 2]).toEqual([2, true]);
  });

  test("has room for ten, with names as long as they come", async () => {
    const amounts = Array.from({ length: 10 }, (_, place) => 100 - place);
    const long = ranking(amounts);
    const named = { ...long, entries: long.entries.map((entry) => ({ ...entry, name: "Wm".repeat(20) })) };
    expect(await lengths(named)).toHaveLength(10);
  });
});

describe("the picture of a clan over time", () => {
  const course = (days: readonly number[], unknown: ClanCourse["unknown"] = []): ClanCourse => ({
    days: days.map((members, place) => ({ at: ago(days.length - 1 - place), members, points: 10_000 + 500 * place })),
    unknown,
    from: ago(days.length),
    to: new Date(NOW),
    locale: "en",
    short,
    texts: { title: "[ZON] · EU", zone: "", members: "Members", points: "Points", unknown: "No data", none: "No data" },
  });

  /** In how many columns of the picture something of this colour stands, and how many of them stand next to another one. */
  async function columns(of: ClanCourse, colour: number): Promise<number> {
    const picture = await Picture.of(await charts.clanCourse(of));
    let count = 0;
    for (let x = 60; x < picture.width; x++) {
      let found = false;
      for (let y = 95; y < 475 && !found; y++) found = picture.isLike(x, y, colour);
      if (found) count += 1;
    }
    return count;
  }

  test("has a line for the members and one for the points", async () => {
    const of = course([27, 28, 28, 29, 30]);
    expect(await columns(of, BLUE)).toBeGreaterThan(600);
    expect(await columns(of, YELLOW)).toBeGreaterThan(600);
  });

  test("interrupts both where nothing is known", async () => {
    const days = [27, 28, 28, 29, 30, 31];
    const gap = [{ from: ago(4), to: ago(3) }];
    for (const colour of [BLUE, YELLOW]) {
      const [whole, broken] = [await columns(course(days), colour), await columns(course(days, gap), colour)];
      expect(broken).toBeLessThan(whole - 80);
    }
  });

  test("is drawn of one day, of a year, and of none", async () => {
    expect(await columns(course([30]), BLUE)).toBeGreaterThan(5);
    expect(await columns(course(Array.from({ length: 365 }, () => 30)), BLUE)).toBeGreaterThan(600);
    expect(await columns(course([]), BLUE)).toBe(0);
  });
});
