import { beforeAll, describe, expect, test } from "vitest";
import { Charts, type EmissionGaps } from "../../src/charts/index.js";
import { loadCanvas, type CanvasLibrary } from "../../src/charts/fonts.js";
import { shortText } from "../../src/kernel/numbers.js";
import { HOUR, NOW } from "./history.js";

const BAR = 0xff9130;
const charts = new Charts();
let library: CanvasLibrary;
beforeAll(async () => {
  library = await loadCanvas();
});

/** @param hours of each gap, the last of which ends at the end of the picture */
function gapsOf(hours: readonly number[], usual?: EmissionGaps["usual"]): EmissionGaps {
  const ends = hours.map((_, place) => NOW - hours.slice(place + 1).reduce((sum, one) => sum + one, 0) * HOUR);
  return {
    gaps: hours.map((one, place) => ({ until: new Date(ends[place] ?? NOW), ms: one * HOUR })),
    from: new Date(NOW - hours.reduce((sum, one) => sum + one, 0) * HOUR),
    to: new Date(NOW),
    usual,
    locale: "en",
    short: (value, digits) => shortText("en", value, digits),
    texts: {
      title: "Emissions · EU",
      zone: "times in UTC",
      gap: "Gap",
      usual: "80% of gaps",
      hours: (text) => `${text} h`,
    },
  };
}

/** The bars from left to right: how many pixels high each is. */
async function bars(gaps: EmissionGaps): Promise<number[]> {
  const png = await charts.emissionGaps(gaps);
  if (!png) throw new Error("there is no picture");
  const image = await library.loadImage(Buffer.from(png));
  expect([image.width, image.height]).toEqual([1_000, 520]);
  const pen = library.createCanvas(image.width, image.height).getContext("2d");
  pen.drawImage(image, 0, 0);
  const pixels = new DataView(pen.getImageData(0, 0, image.width, image.height).data.buffer);
  const heights: number[] = [];
  let inside = false;
  for (let x = 40; x < image.width; x++) {
    let height = 0;
    // Below the legend, which shows the bars' colour, too.
    for (let y = 95; y < 475; y++) if (pixels.getUint32((y * image.width + x) * 4) >>> 8 === BAR) height += 1;
    if (height > 0 && !inside) heights.push(height);
    if (height > 0) heights[heights.length - 1] = Math.max(height, heights.at(-1) ?? 0);
    inside = height > 0;
  }
  return heights;
}

describe("the picture of the gaps between emissions", () => {
  test("has a bar for each, the longer the higher, and none of them is cut", async () => {
    const [first = 0, second = 0, third = 0, ...others] = await bars(gapsOf([2, 4, 3]));
    expect(others).toEqual([]);
    expect(second / first).toBeCloseTo(2, 1);
    expect(third / first).toBeCloseTo(1.5, 1);
  });

  test("is drawn of one gap, and of a hundred", async () => {
    expect(await bars(gapsOf([3]))).toHaveLength(1);
    const many = Array.from({ length: 100 }, (_, place) => 2 + (place % 3));
    expect(await bars(gapsOf(many, { p10: 2 * HOUR, p90: 4 * HOUR }))).toHaveLength(100);
  });

  test("shows what is usual only where that is known", async () => {
    const plain = await charts.emissionGaps(gapsOf([2, 4, 3]));
    const usual = await charts.emissionGaps(gapsOf([2, 4, 3], { p10: 2 * HOUR, p90: 4 * HOUR }));
    expect(Buffer.from(usual ?? []).equals(Buffer.from(plain ?? []))).toBe(false);
  });
});
