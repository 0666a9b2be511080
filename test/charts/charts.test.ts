import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { Charts, type PriceHistory } from "../../src/charts/index.js";
import { timeTicks } from "../../src/charts/time-axis.js";
import { loadCanvas, type CanvasLibrary } from "../../src/charts/fonts.js";
import { DAY, HOUR, NOW, historyOf, sale, TEXTS } from "./history.js";

const BACKGROUND = 0x1e1f22;
const WHITE = 0xffffff;
const BAR = 0x6b7890;
const GRID_LINE = 0x34363c;
const PLAIN = 0x4fc3d9;
const RARITIES = [0xc9ced6, 0x58d068, 0x57a8ff, 0xd07cff, 0xff6464, 0xffc93c, 0xff9130];

let library: CanvasLibrary;
const charts = new Charts();
beforeAll(async () => {
  library = await loadCanvas();
  await charts.prepare();
});

interface Picture {
  readonly width: number;
  readonly height: number;
  /** The colour of a pixel, `0xrrggbb`. */
  readonly at: (x: number, y: number) => number;
}

async function look(png: Uint8Array): Promise<Picture> {
  const { createCanvas, loadImage } = library;
  const image = await loadImage(Buffer.from(png));
  const { width, height } = image;
  const pen = createCanvas(width, height).getContext("2d");
  pen.drawImage(image, 0, 0);
  const { buffer } = pen.getImageData(0, 0, width, height).data;
  const pixels = new DataView(buffer);
  return { width, height, at: (x, y) => pixels.getUint32((y * width + x) * 4) >>> 8 };
}

/** Of charts that are not busy. */
async function drawnBy(drawing: Charts, history: PriceHistory): Promise<Uint8Array> {
  const png = await drawing.priceHistory(history);
  if (!png) throw new Error("there is no picture");
  return png;
}

const draw = async (history: PriceHistory) => look(await drawnBy(charts, history));

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Where a colour is among prices and bars, away from all labels; `top` 0: in the legend, too. */
function find({ width, at }: Picture, colour: number, { top = 110 } = {}): Place[] {
  const places: Place[] = [];
  for (let y = top; y < 468; y++) {
    for (let x = top === 0 ? 0 : 130; x < width; x++) if (at(x, y) === colour) places.push({ x, y });
  }
  return places;
}

const middle = (places: readonly Place[]) => {
  const sum = places.reduce((total, { x, y }) => ({ x: total.x + x, y: total.y + y }), { x: 0, y: 0 });
  return { x: sum.x / places.length, y: sum.y / places.length };
};

/** How many of the places are in each column. */
function columnsOf(places: readonly Place[]): Map<number, number> {
  const columns = new Map<number, number>();
  for (const { x } of places) columns.set(x, (columns.get(x) ?? 0) + 1);
  return columns;
}

describe("the picture of a price history", () => {
  test("is a PNG of 1000 × 520 pixels on a dark ground", async () => {
    const { width, height, at } = await draw(historyOf(DAY, [sale(HOUR, 100)]));
    expect([width, height]).toEqual([1_000, 520]);
    for (const [x, y] of [
      [0, 0],
      [999, 0],
      [0, 519],
      [999, 519],
    ] as const) {
      expect(at(x, y)).toBe(BACKGROUND);
    }
  });

  test("has a point where and when something was sold: later is right, dearer is up", async () => {
    const picture = await draw(historyOf(DAY, [sale(18 * HOUR, 100), sale(6 * HOUR, 300, { quality: 5 })]));
    const at = (quality: number) => middle(find(picture, RARITIES[quality]!, { top: 96 }).filter(({ x }) => x > 130));
    const [early, late] = [at(0), at(5)];
    expect(late.x - early.x).toBeGreaterThan(400);
    expect(early.y - late.y).toBeGreaterThan(50);
  });

  test("has a course of its own for each rarity that is sold often, in its colour", async () => {
    const sales = Array.from({ length: 24 }, (_, n) => [
      sale((n + 0.5) * HOUR, 1_000),
      sale((n + 0.5) * HOUR, 5_000, { quality: 3 }),
    ]).flat();
    const picture = await draw(historyOf(DAY, [...sales, sale(12 * HOUR, 9_000, { quality: 2 })]));
    const widthOf = (quality: number) => new Set(find(picture, RARITIES[quality]!).map(({ x }) => x)).size;
    expect([0, 3].map((quality) => widthOf(quality) > 800)).toEqual([true, true]);
    expect(widthOf(2)).toBeLessThan(60);
    expect(find(picture, WHITE)).toEqual([]);
  });

  test("tells rarities apart by colour and by shape, and names those that occur", async () => {
    const history = historyOf(
      DAY,
      RARITIES.map((_, quality) => sale((quality + 1) * 3 * HOUR, 1_000 + quality * 200, { quality })),
    );
    const picture = await draw(history);
    const shapes = RARITIES.map((colour) => {
      const places = find(picture, colour);
      const { x, y } = middle(places);
      return places.map((place) => `${Math.round(place.x - x)},${Math.round(place.y - y)}`).join(" ");
    });
    expect(shapes.every((shape) => shape.length > 0)).toBe(true);
    expect(new Set(shapes).size).toBe(7);

    const some = await draw({ ...history, sales: history.sales.filter(({ quality }) => quality % 2 === 1) });
    const named = RARITIES.map((colour) => find(some, colour, { top: 0 }).some(({ y }) => y < 122));
    expect(named).toEqual([false, true, false, true, false, true, false]);
  });

  test("has one colour for things without rarity, and for rarities that it does not know", async () => {
    const plain = await draw(historyOf(DAY, [sale(HOUR, 100), sale(2 * HOUR, 110)]));
    expect(find(plain, PLAIN).length).toBeGreaterThan(100);
    expect(RARITIES.flatMap((colour) => find(plain, colour)).length).toBe(0);
    const odd = await draw(historyOf(DAY, [sale(HOUR, 100, { quality: 9 })]));
    expect(find(odd, PLAIN).length).toBeGreaterThan(50);
  });

  test("has a bar for each part of the period in which something was sold, as high as so much was", async () => {
    const picture = await draw(
      historyOf(DAY, [sale(HOUR / 2, 100, { amount: 50 }), sale(10.5 * HOUR, 100, { amount: 100 })]),
    );
    const bars = columnsOf(find(picture, BAR));
    const heights = [...bars.values()];
    expect(Math.max(...heights) / Math.min(...heights)).toBeCloseTo(2, 1);
    const [first = 0, ...others] = [...bars.keys()].sort((a, b) => a - b);
    expect(others.filter((x, index) => x - (others[index - 1] ?? first) > 1)).toHaveLength(1);
  });

  test("draws the median above the sales, few or many, and leaves them to be seen", async () => {
    const many = Array.from({ length: 600 }, (_, index) => sale((index * DAY) / 600, 100 + (index % 7)));
    const white = find(await draw(historyOf(DAY, many)), WHITE);
    const columns = new Set(white.map(({ x }) => x));
    expect(columns.size).toBeGreaterThan(800);
    const few = [...Array.from({ length: 23 }, (_, index) => sale((index + 0.5) * HOUR, 100))];
    const picture = await draw(historyOf(DAY, few));
    const { y } = middle(find(picture, PLAIN));
    const line = find(picture, WHITE).filter((place) => Math.abs(place.y - y) < 3);
    expect(new Set(line.map(({ x }) => x)).size).toBeGreaterThan(700);
    expect(find(picture, PLAIN).length).toBeGreaterThan(23 * 100);
  });

  test("greys and hatches the time of which nothing is known, and no other", async () => {
    const sales = [sale(HOUR, 100), sale(2 * HOUR, 120)];
    const whole = await draw(historyOf(DAY, sales));
    const half = await draw(historyOf(DAY, sales, { reachesTo: new Date(NOW - DAY / 2) }));
    const grey = find(half, 0x26272b);
    const hatched = find(half, 0x3a3c43);
    expect(find(whole, 0x26272b).length).toBeLessThan(1_000);
    expect(grey.length).toBeGreaterThan(10_000);
    expect(hatched.length).toBeGreaterThan(1_000);
    // Where a line of the grid meets the ground, a column of pixels may have this colour, too.
    const columns = [...new Set(grey.map(({ x }) => x))];
    expect(columns.filter((x) => x < 525).length).toBeGreaterThan(350);
    expect(columns.filter((x) => x > 530).length).toBeLessThan(10);
  });

  test("marks a lonely price beyond the axis at its edge", async () => {
    const usual = Array.from({ length: 40 }, (_, index) => sale((index * DAY) / 40, 100 + (index % 5)));
    const picture = await draw(historyOf(DAY, [...usual, sale(12 * HOUR, 90_000)]));
    const plain = find(picture, PLAIN, { top: 60 });
    const top = Math.min(...plain.map(({ y }) => y));
    const tip = plain.filter(({ y }) => y === top);
    expect(top).toBeLessThan(100);
    // A triangle that points up: narrow there, and wider below.
    expect(tip.length).toBeLessThan(plain.filter(({ y }) => y === top + 10).length);
  });

  test.each([
    ["hours", DAY],
    ["dates", 7 * DAY],
    ["weeks", 90 * DAY],
  ])("has its vertical lines on the %s that stand under them, with bars or without", async (_unit, span) => {
    const from = NOW - span;
    const midnights = timeTicks(from, NOW, { locale: "en", width: 860, measure: () => 60, gap: 18 }).map(
      ({ value }) => value,
    );
    const sales = midnights.map((time) => sale(NOW - time, 100, { amount: 3 }));
    const picture = await draw(historyOf(span, sales));
    const marked = columnsOf(find(picture, PLAIN));
    const lines = [...columnsOf(find(picture, GRID_LINE, { top: 130 }))]
      .filter(([, count]) => count > 100)
      .map(([x]) => x);
    expect(lines.length).toBeGreaterThanOrEqual(midnights.length - 1);
    for (const x of lines) expect(Math.max(...[-1, 0, 1].map((near) => marked.get(x + near) ?? 0))).toBeGreaterThan(8);
  });

  test("leaves odd sales out of the median line, but shows them as points", async () => {
    const usual = Array.from({ length: 24 }, (_, n) => sale((n + 0.5) * HOUR, 100)).filter((_, n) => n !== 12);
    const low = (odd: boolean) =>
      draw(historyOf(DAY, [...usual, ...[12.3, 12.5, 12.7].map((hour) => sale(hour * HOUR, 40, { odd }))]));
    const heights = (picture: Picture, colour: number) => new Set(find(picture, colour).map(({ y }) => y)).size;
    const [bent, straight] = [await low(false), await low(true)];
    expect(heights(bent, WHITE)).toBeGreaterThan(100);
    expect(heights(straight, WHITE)).toBeLessThan(10);
    const lowest = (picture: Picture, colour: number) => Math.max(...find(picture, colour).map(({ y }) => y));
    expect(lowest(straight, PLAIN)).toBeGreaterThan(lowest(straight, WHITE) + 50);
  });

  test("of thousands draws small points that are see-through, and the few of another kind large above them", async () => {
    const crowd = Array.from({ length: 4_000 }, (_, n) => sale((n * DAY) / 4_000, 100 + ((n * 7_919) % 40)));
    const few = [3, 9, 15, 21].map((hour) => sale(hour * HOUR, 138, { quality: 5 }));
    const picture = await draw(historyOf(DAY, [...crowd, ...few]));
    const alone = await draw(historyOf(DAY, few));
    const gold = (one: Picture) => find(one, RARITIES[5]!).length;
    // Beyond the band, which would tint them.
    expect(gold(alone)).toBeGreaterThan(100);
    expect(gold(picture)).toBeGreaterThan(gold(alone) * 0.9);
    // Only the line of the median has the pure colour of the many.
    const columns = columnsOf(find(picture, RARITIES[0]!));
    expect(Math.max(...columns.values())).toBeLessThan(20);
  });

  test("says what it is of, however long that is, and that times are in UTC", async () => {
    const words = (picture: Picture, from: number, to: number) => {
      let count = 0;
      for (let y = 4; y < 40; y += 1)
        for (let x = from; x < to; x += 1) if (picture.at(x, y) !== BACKGROUND) count += 1;
      return count;
    };
    const titled = (title: string) => draw(historyOf(DAY, [sale(HOUR, 100)], { texts: { ...TEXTS, title } }));
    const [none, short, long] = [
      await titled(""),
      await titled("Cinder Seed"),
      await titled("Cinder Seed ".repeat(40)),
    ];
    expect(words(none, 0, 700)).toBe(0);
    expect(words(none, 700, 1_000)).toBeGreaterThan(200);
    expect(words(short, 0, 700)).toBeGreaterThan(200);
    // The zone stays legible beside it.
    expect(words(long, 860, 1_000)).toBe(words(none, 860, 1_000));
  });

  test("without sales says so, and has neither prices nor bars", async () => {
    const empty = await draw(historyOf(30 * DAY, []));
    const other = await draw(historyOf(30 * DAY, [], { texts: { ...TEXTS, none: "-" } }));
    const words = (picture: Picture) => find(picture, 0xf2f3f5, { top: 0 }).length;
    expect(words(empty)).toBeGreaterThan(words(other) + 100);
    expect([BAR, PLAIN, WHITE].map((colour) => find(empty, colour).length)).toEqual([0, 0, 0]);
    expect(await draw(historyOf(30 * DAY, [sale(31 * DAY, 100)])).then(words)).toBe(words(empty));
  });

  test("of very many sales is drawn, and no larger than Discord takes", async () => {
    const sales = Array.from({ length: 100_000 }, (_, index) =>
      sale((index * 90 * DAY) / 100_000, 1_000 * (1 + ((index * 7_919) % 1_000) / 1_000), { quality: index % 6 }),
    );
    const png = await drawnBy(charts, historyOf(90 * DAY, sales));
    expect(png.length).toBeLessThan(1_000_000);
  });
});

describe("pictures", () => {
  const history = (unit: number) => historyOf(DAY, [sale(HOUR, unit)]);
  afterEach(() => {
    vi.restoreAllMocks();
  });

  test("of the same history are drawn once, at the same time and later", async () => {
    const drawing = new Charts();
    const [first, second] = await Promise.all([drawing.priceHistory(history(1)), drawing.priceHistory(history(1))]);
    expect(second).toBe(first);
    expect(await drawing.priceHistory(history(1))).toBe(first);
  });

  test.each<[string, Partial<PriceHistory>]>([
    ["sales", { sales: [sale(HOUR, 2)] }],
    ["odd sales", { sales: [sale(HOUR, 1, { odd: true })] }],
    ["amounts", { sales: [sale(HOUR, 1, { amount: 2 })] }],
    ["period", { from: new Date(NOW - 7 * DAY) }],
    ["reach", { reachesTo: new Date(NOW - HOUR) }],
    ["language", { locale: "ru" }],
    ["texts", { texts: { ...TEXTS, median: "Middle" } }],
  ])("of other %s are others", async (_, change) => {
    const drawing = new Charts();
    const one = await drawnBy(drawing, history(1));
    expect(Buffer.from(await drawnBy(drawing, { ...history(1), ...change })).equals(one)).toBe(false);
  });

  test("are kept up to fifty: the one used longest ago goes first", async () => {
    const drawing = new Charts();
    const drawn = [];
    for (let unit = 1; unit <= 50; unit++) drawn.push(await drawing.priceHistory(history(unit)));
    expect(await drawing.priceHistory(history(1))).toBe(drawn[0]);
    await drawing.priceHistory(history(51));
    expect(await drawing.priceHistory(history(1))).toBe(drawn[0]);
    expect(await drawing.priceHistory(history(2))).not.toBe(drawn[1]);
  });

  test("are encoded two at once, however many are requested", async () => {
    const canvases = Object.getPrototypeOf(library.createCanvas(1, 1)) as { encode: (type: "png") => Promise<Buffer> };
    const { encode } = canvases;
    let [running, most] = [0, 0];
    vi.spyOn(canvases, "encode").mockImplementation(async function (this: typeof canvases, type) {
      most = Math.max(most, ++running);
      try {
        return await encode.call(this, type);
      } finally {
        running--;
      }
    });
    const drawing = new Charts();
    const pictures = await Promise.all(Array.from({ length: 7 }, (_, n) => drawing.priceHistory(history(n + 1))));
    expect(new Set(pictures).size).toBe(7);
    expect(most).toBe(2);
  });

  test("requested all at once are drawn, or refused when too many wait: none fails", async () => {
    // More than are kept.
    const drawing = new Charts({ mostWaiting: 51 });
    const asked = Array.from({ length: 60 }, (_, n) => drawing.priceHistory(history(n + 1)));
    const pictures = await Promise.all(asked);
    const drawn = pictures.filter((picture) => picture !== undefined);
    expect(drawn.length).toBeGreaterThanOrEqual(51);
    expect(drawn.length).toBeLessThan(60);
    expect(new Set(drawn).size).toBe(drawn.length);
    // Later there is room again.
    expect(await drawing.priceHistory(history(60))).toBeDefined();
  });

  test("that cannot be drawn fail, and are tried again", async () => {
    const drawing = new Charts();
    const broken = { ...history(1), locale: "no such locale" };
    for (let time = 0; time < 3; time++) await expect(drawing.priceHistory(broken)).rejects.toThrow(RangeError);
    // Places that failures took are free again.
    await drawing.priceHistory(history(1));
  });
});
