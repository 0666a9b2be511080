import { crc32, inflateSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { Charts, type PriceHistory } from "../../src/charts/index.js";
import { loadCanvas, type CanvasLibrary } from "../../src/charts/fonts.js";
import { encodePng } from "../../src/charts/png.js";
import { DAY, HOUR, NOW, historyOf, sale, TEXTS } from "./history.js";

const BACKGROUND = 0x1e1f22;
const WHITE = 0xffffff;
const BAR = 0x6b7890;
const PLAIN = 0x4fc3d9;
const RARITIES = [0xc9ced6, 0x58d068, 0x57a8ff, 0xd07cff, 0xff6464, 0xffc93c, 0xff9130];

let library: CanvasLibrary;
const charts = new Charts();
beforeAll(async () => {
  library = await loadCanvas();
  await charts.warm();
});

interface Picture {
  readonly width: number;
  readonly height: number;
  /** The colour of a pixel, `0xrrggbb`. */
  readonly at: (x: number, y: number) => number;
}

/** The picture, read by another decoder than our encoder. */
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

const draw = async (history: PriceHistory) => look(await charts.priceHistory(history));

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Where a colour is among prices and bars, away from all labels; `top` 0: in the legend, too. */
function find({ width, at }: Picture, colour: number, { top = 110 } = {}): Place[] {
  const places: Place[] = [];
  for (let y = top; y < 508; y++) {
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
  test("is a PNG of 1000 × 560 pixels on a dark ground", async () => {
    const { width, height, at } = await draw(historyOf(DAY, [sale(HOUR, 100)]));
    expect([width, height]).toEqual([1_000, 560]);
    for (const [x, y] of [
      [0, 0],
      [999, 0],
      [0, 559],
      [999, 559],
    ] as const) {
      expect(at(x, y)).toBe(BACKGROUND);
    }
  });

  test("has a point where and when something was sold: later is right, dearer is up", async () => {
    const picture = await draw(historyOf(DAY, [sale(18 * HOUR, 100), sale(6 * HOUR, 300, { quality: 5 })]));
    const at = (quality: number) => middle(find(picture, RARITIES[quality]!, { top: 75 }).filter(({ x }) => x > 130));
    const [early, late] = [at(0), at(5)];
    expect(late.x - early.x).toBeGreaterThan(400);
    expect(early.y - late.y).toBeGreaterThan(50);
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
    const named = RARITIES.map((colour) => find(some, colour, { top: 0 }).some(({ y }) => y < 90));
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

  test("draws the median above many sales and under few", async () => {
    const many = Array.from({ length: 600 }, (_, index) => sale((index * DAY) / 600, 100 + (index % 7)));
    const white = find(await draw(historyOf(DAY, many)), WHITE);
    const columns = new Set(white.map(({ x }) => x));
    expect(columns.size).toBeGreaterThan(800);
    const few = [...Array.from({ length: 23 }, (_, index) => sale((index + 0.5) * HOUR, 100))];
    const picture = await draw(historyOf(DAY, few));
    const { y } = middle(find(picture, PLAIN));
    expect(find(picture, WHITE).filter((place) => Math.abs(place.y - y) < 3).length).toBeGreaterThan(100);
    expect(find(picture, PLAIN).filter((place) => Math.abs(place.y - y) < 1).length).toBeGreaterThan(200);
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
    const png = await charts.priceHistory(historyOf(90 * DAY, sales));
    expect(png.length).toBeLessThan(1_000_000);
  });
});

describe("pictures", () => {
  const history = (unit: number) => historyOf(DAY, [sale(HOUR, unit)]);

  test("of the same history are drawn once, at the same time and later", async () => {
    const drawing = new Charts();
    const [first, second] = await Promise.all([drawing.priceHistory(history(1)), drawing.priceHistory(history(1))]);
    expect(second).toBe(first);
    expect(await drawing.priceHistory(history(1))).toBe(first);
    expect(drawing.counts).toEqual({ drawn: 1, shared: 2 });
  });

  test.each<[string, Partial<PriceHistory>]>([
    ["sales", { sales: [sale(HOUR, 2)] }],
    ["amounts", { sales: [sale(HOUR, 1, { amount: 2 })] }],
    ["period", { from: new Date(NOW - 7 * DAY) }],
    ["reach", { reachesTo: new Date(NOW - HOUR) }],
    ["language", { locale: "ru" }],
    ["texts", { texts: { ...TEXTS, median: "Middle" } }],
  ])("of other %s are others", async (_, change) => {
    const drawing = new Charts();
    const one = await drawing.priceHistory(history(1));
    expect(Buffer.from(await drawing.priceHistory({ ...history(1), ...change })).equals(one)).toBe(false);
    expect(drawing.counts).toEqual({ drawn: 2, shared: 0 });
  });

  test("are kept up to fifty: the one used longest ago goes first", async () => {
    const drawing = new Charts();
    for (let unit = 1; unit <= 50; unit++) await drawing.priceHistory(history(unit));
    await drawing.priceHistory(history(1));
    await drawing.priceHistory(history(51));
    await drawing.priceHistory(history(1));
    expect(drawing.counts).toEqual({ drawn: 51, shared: 2 });
    await drawing.priceHistory(history(2));
    expect(drawing.counts).toEqual({ drawn: 52, shared: 2 });
  });

  test("that cannot be drawn fail, and are tried again", async () => {
    const drawing = new Charts();
    const broken = { ...history(1), locale: "no such locale" };
    await expect(drawing.priceHistory(broken)).rejects.toThrow(RangeError);
    await expect(drawing.priceHistory(broken)).rejects.toThrow(RangeError);
    // Places that failures took are free again.
    await drawing.priceHistory(history(1));
    expect(drawing.counts).toEqual({ drawn: 3, shared: 0 });
  });
});

describe("a PNG", () => {
  test("holds every pixel, and every part of it has its length and its check sum", async () => {
    const pixels = Buffer.from([
      255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 1, 2, 3, 255, 4, 5, 6, 255, 7, 8, 9, 255,
    ]);
    const png = await encodePng(pixels, 3, 2);
    expect(png.subarray(0, 8).toString("hex")).toBe("89504e470d0a1a0a");
    const parts = new Map<string, Buffer>();
    let at = 8;
    while (at < png.length) {
      const length = png.readUInt32BE(at);
      const body = png.subarray(at + 4, at + 8 + length);
      expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(body));
      parts.set(body.toString("latin1", 0, 4), body.subarray(4));
      at += 12 + length;
    }
    expect([...parts.keys()]).toEqual(["IHDR", "IDAT", "IEND"]);
    expect(inflateSync(parts.get("IDAT")!).toString("hex")).toBe(
      "00ff0000ff00ff00ff0000ffff00010203ff040506ff070809ff",
    );
    const picture = await look(png);
    expect([picture.at(0, 0), picture.at(1, 0), picture.at(2, 1)]).toEqual([0xff0000, 0x00ff00, 0x070809]);
  });
});
