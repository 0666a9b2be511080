import { createRequire } from "node:module";
import { setImmediate as nextTurn } from "node:timers/promises";

export type CanvasLibrary = typeof import("@napi-rs/canvas");

/** Latin letters, Cyrillic ones and Hangul: what charts in all languages are written with. */
const FILES = {
  "Chart Latin": "@fontsource/noto-sans/files/noto-sans-latin-500-normal.woff2",
  "Chart Latin Extended": "@fontsource/noto-sans/files/noto-sans-latin-ext-500-normal.woff2",
  "Chart Cyrillic": "@fontsource/noto-sans/files/noto-sans-cyrillic-500-normal.woff2",
  "Chart Korean": "@fontsource/noto-sans-kr/files/noto-sans-kr-korean-500-normal.woff2",
} as const;

/** The paths of the font files. */
function fontFiles(): string[] {
  const { resolve } = createRequire(import.meta.url);
  return Object.values(FILES).map((file) => resolve(file));
}

/** All of them, as CSS names families: what one lacks is looked for in the next. */
export const FAMILIES = Object.keys(FILES)
  .map((family) => `"${family}"`)
  .join(", ");

/** A CSS font stack of this size in pixels that covers every script we draw. */
export function font(pixels: number): string {
  return `${pixels}px ${FAMILIES}`;
}

/**
 * The drawing library with the fonts, loaded once per process: it keeps its fonts for all who use it. Fonts of the
 * machine stay out, so that a picture is the same everywhere.
 */
export async function loadCanvas(): Promise<CanvasLibrary> {
  process.env.DISABLE_SYSTEM_FONTS_LOAD = "1";
  const library = await import("@napi-rs/canvas");
  const { GlobalFonts } = library;
  const paths = fontFiles();
  for (const [index, family] of Object.keys(FILES).entries()) {
    const path = paths[index] ?? "";
    // A font is unpacked on this thread, once to be known and once to be written with: others get their turns between.
    await nextTurn();
    if (!GlobalFonts.has(family) && !GlobalFonts.registerFromPath(path, family))
      throw new Error(`the font ${path} cannot be read`);
  }
  const pen = library.createCanvas(1, 1).getContext("2d");
  for (const family of Object.keys(FILES)) {
    await nextTurn();
    pen.font = `10px "${family}"`;
    pen.measureText(" ");
  }
  return library;
}
