import { HTTPException } from "hono/http-exception";
import type { Message } from "../discord/index.js";

const LARGEST = 10 * 1024 * 1024;
const PATIENCE_MS = 5_000;
/** Types a browser may show by itself; SVG is not among them, as it can carry scripts. */
const pictures = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

/** @param contentType as a server says it, with or without parameters */
export function isPicture(contentType: string): boolean {
  return pictures.has(mediaType(contentType));
}

function mediaType(contentType: string): string {
  return contentType.split(";")[0]?.trim().toLowerCase() ?? "";
}

/** Every address of a file that the message shows. */
function* mediaOf({ attachments, embeds }: Message): Generator<string | undefined> {
  for (const { url } of attachments) yield url;
  for (const { thumbnail, image, author, footer } of embeds) {
    yield* [thumbnail?.url, image?.url, author?.icon_url, footer?.icon_url];
  }
}

/**
 * A file that a message shows, fetched for the page, which asks no other server (as Discord's media proxy does).
 *
 * @throws HTTPException 404 when the message shows no such file, 502 when it cannot be had
 */
export async function mediaResponse(message: Message, url: string, signal: AbortSignal): Promise<Response> {
  if (![...mediaOf(message)].includes(url)) throw new HTTPException(404, { message: "the message shows no such file" });
  const response = await fetched(url, AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]));
  const type = mediaType(response.headers.get("content-type") ?? "");
  const shown = pictures.has(type);
  return new Response(response.body?.pipeThrough(limited(LARGEST)) ?? null, {
    headers: {
      "content-type": shown ? type : "application/octet-stream",
      "cache-control": "private, max-age=3600",
      ...(shown ? {} : { "content-disposition": "attachment" }),
    },
  });
}

async function fetched(url: string, signal: AbortSignal): Promise<Response> {
  try {
    const response = await fetch(url, { redirect: "error", signal });
    if (response.ok) return response;
    await response.body?.cancel();
  } catch {
    // What went wrong there is none of the page's business.
  }
  throw new HTTPException(502, { message: "the file could not be fetched" });
}

/** Breaks off after this many bytes. */
function limited(most: number): TransformStream<Uint8Array, Uint8Array> {
  let size = 0;
  return new TransformStream({
    transform(chunk, controller) {
      size += chunk.length;
      if (size > most) controller.error(new RangeError("the file is too large"));
      else controller.enqueue(chunk);
    },
  });
}
