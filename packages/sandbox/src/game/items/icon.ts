import type { Item, RankColor } from "../world/item.js";
import { subkey, unit } from "../world/random.js";
import { png } from "./png.js";

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
  const rows = Array.from({ length: SIZE }, (_, y) =>
    Array.from({ length: SIZE }, (__, x) => {
      const [dx, dy] = [x - SIZE / 2 + 0.5, y - SIZE / 2 + 0.5];
      const edge = SIZE * (0.42 - depth * (0.5 + 0.5 * Math.cos(corners * (Math.atan2(dy, dx) + turn))));
      return Math.hypot(dx, dy) < edge ? fill : clear;
    }),
  );
  return png(SIZE, Buffer.from(rows.flat(2)), "rgba");
}
