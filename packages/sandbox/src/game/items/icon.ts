import { deflateSync } from "node:zlib";
import type { Item, RankColor } from "../world/item.js";
import { subkey, unit } from "../world/random.js";
import { crc32 } from "./crc32.js";

const SIZE = 64;
const FILLS: Readonly<Record<RankColor, readonly [red: number, green: number, blue: number]>> = {
  DEFAULT: [0x8a, 0x8f, 0x94],
  RANK_NEWBIE: [0x6f, 0xa8, 0x5a],
  RANK_STALKER: [0x4c, 0x86, 0xc6],
  RANK_VETERAN: [0xa0, 0x5c, 0xc0],
  RANK_MASTER: [0xc8, 0x4a, 0x4a],
  RANK_LEGEND: [0xd8, 0xa8, 0x3a],
  QUEST_ITEM: [0x3a, 0xb0, 0xa8],
};

/** A small PNG with transparent ground: a rounded shape of the item's own, filled with its rank's colour. */
export function iconOf(item: Item): Buffer {
  const key = subkey(0, item.id);
  const corners = 3 + Math.floor(unit(key, 1) * 6);
  const depth = 0.08 + unit(key, 2) * 0.2;
  const turn = unit(key, 3) * Math.PI;
  const fill = [...FILLS[item.color], 255];
  const clear = [0, 0, 0, 0];
  const rows = Array.from({ length: SIZE }, (_, y) => {
    const pixels = Array.from({ length: SIZE }, (__, x) => {
      const [dx, dy] = [x - SIZE / 2 + 0.5, y - SIZE / 2 + 0.5];
      const edge = SIZE * (0.42 - depth * (0.5 + 0.5 * Math.cos(corners * (Math.atan2(dy, dx) + turn))));
      return Math.hypot(dx, dy) < edge ? fill : clear;
    });
    // The leading 0 of each row: no filter.
    return [0, ...pixels.flat()];
  });
  return png(SIZE, Buffer.from(rows.flat()));
}

function png(size: number, scanlines: Buffer): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  // 8 bits per channel, red green blue alpha.
  head.set([8, 6], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", deflateSync(scanlines)), chunk("IEND")]);
}

function chunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
