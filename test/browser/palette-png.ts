import { inflateSync } from "node:zlib";
import { png } from "../../packages/sandbox/src/game/items/png.js";

/** A picture's pixels, three bytes each, row by row. */
interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgb: Buffer;
}

const SIGNATURE_LENGTH = 8;
const COLOURS = 256;

/**
 * The same picture in the 256 colours that it has most of, every other one drawn as the nearest of them: a third of the
 * bytes, and nothing to be seen of it in a picture of text on flat ground.
 *
 * @param picture as browsers write it: eight bits a channel, without transparency
 */
export function palettePng(picture: Buffer): Buffer {
  const { width, height, rgb } = read(picture);
  const counts = new Map<number, number>();
  for (let at = 0; at < rgb.length; at += 3) {
    const colour = rgb.readUIntBE(at, 3);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const byCount = [...counts].sort(([a, often], [b, other]) => other - often || a - b).map(([colour]) => colour);
  const palette = byCount.slice(0, COLOURS);
  const index = new Map(byCount.map((colour, at) => [colour, at < COLOURS ? at : nearest(palette, colour)]));

  const pixels = Buffer.alloc(width * height);
  for (let pixel = 0; pixel < pixels.length; pixel++) pixels[pixel] = index.get(rgb.readUIntBE(pixel * 3, 3)) ?? 0;
  const colours = Buffer.alloc(palette.length * 3);
  for (const [at, colour] of palette.entries()) colours.writeUIntBE(colour, at * 3, 3);
  return png(width, pixels, { palette: colours });
}

function nearest(palette: readonly number[], colour: number): number {
  const distance = (other: number) =>
    [16, 8, 0].reduce((sum, shift) => sum + (((other >> shift) & 255) - ((colour >> shift) & 255)) ** 2, 0);
  const distances = palette.map(distance);
  return distances.indexOf(Math.min(...distances));
}

function read(png: Buffer): Pixels {
  const parts: Buffer[] = [];
  for (let at = SIGNATURE_LENGTH; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString("latin1", at + 4, at + 8) === "IDAT")
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  if (png[24] !== 8 || png[25] !== 2) throw new Error("not a picture of three bytes a pixel");
  const filtered = inflateSync(Buffer.concat(parts));
  const stride = width * 3;
  const rgb = Buffer.alloc(stride * height);
  for (let at = 0; at < rgb.length; at++) {
    const [row, column] = [Math.floor(at / stride), at % stride];
    const left = column >= 3 ? (rgb[at - 3] ?? 0) : 0;
    const above = row > 0 ? (rgb[at - stride] ?? 0) : 0;
    const corner = column >= 3 && row > 0 ? (rgb[at - stride - 3] ?? 0) : 0;
    const filter = filtered[row * (stride + 1)] ?? 0;
    const guesses = [0, left, above, (left + above) >> 1, paeth(left, above, corner)];
    rgb[at] = (filtered[at + row + 1] ?? 0) + (guesses[filter] ?? 0);
  }
  return { width, height, rgb };
}

/** The PNG specification's fourth filter: the neighbour nearest to left + above - corner. */
function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const [toLeft, toAbove, toCorner] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}
