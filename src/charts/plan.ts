import type { SKRSContext2D } from "@napi-rs/canvas";

/** A part of the picture, in pixels. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Where things stand in the picture. */
export interface Plan {
  readonly prices: Area;
  readonly volumes: Area;
  /** The pixel of a time in milliseconds since the epoch. */
  readonly x: (time: number) => number;
  /** The pixel of a price, also of one beyond the axis. */
  readonly y: (price: number) => number;
}

export type Line = readonly (readonly [x: number, y: number])[];

/** Adds a line to the pen's path. */
export function trace(pen: SKRSContext2D, line: Line): void {
  for (const [index, [x, y]] of line.entries()) {
    if (index === 0) pen.moveTo(x, y);
    else pen.lineTo(x, y);
  }
}

/** Draws lines of one colour. */
export function stroke(pen: SKRSContext2D, lines: readonly Line[], width: number, colour: string): void {
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.beginPath();
  for (const line of lines) trace(pen, line);
  pen.stroke();
}

/** Draws within an area only. */
export function within(pen: SKRSContext2D, { left, top, right, bottom }: Area, draw: () => void): void {
  pen.save();
  pen.beginPath();
  pen.rect(left, top, right - left, bottom - top);
  pen.clip();
  draw();
  pen.restore();
}
