import { crc32, deflateSync } from "node:zlib";

/** By what a picture's pixels name their colours: one byte for a place in a palette, or four for red, green, blue, alpha. */
export type Colours = { readonly palette: Buffer } | "rgba";

const SIGNATURE = Buffer.from("89504e470d0a1a0a", "hex");
/** As the format numbers them. */
const [PALETTE, RGBA] = [3, 6];

/** A PNG of eight bits a channel. `pixels` are its rows from the top, without gaps; a palette is three bytes a colour. */
export function png(width: number, pixels: Buffer, colours: Colours): Buffer {
  const stride = width * (colours === "rgba" ? 4 : 1);
  const height = pixels.length / stride;
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, colours === "rgba" ? RGBA : PALETTE], 8);
  // A 0 before each row says that it is not filtered.
  const rows = Buffer.alloc((stride + 1) * height);
  for (let row = 0; row < height; row++) pixels.copy(rows, row * (stride + 1) + 1, row * stride, (row + 1) * stride);
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", head),
    ...(colours === "rgba" ? [] : [chunk("PLTE", colours.palette)]),
    chunk("IDAT", deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(data.length, 0);
  named.copy(framed, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}
