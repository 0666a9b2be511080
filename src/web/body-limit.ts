import type { Context, Next } from "hono";
import { HTTPException } from "hono/http-exception";

/**
 * Refuses bodies of more than `largest` bytes with 413, and broken ones with 400. Hono's own middleware cannot take a
 * body without a length from the requests of our server: it fails where these are to be answered.
 */
export function bodyLimit(largest: number) {
  return async ({ req }: Context, next: Next): Promise<void> => {
    if (Number(req.header("content-length") ?? 0) > largest) throw new HTTPException(413);
    if (req.header("transfer-encoding") !== undefined && req.method !== "GET" && req.method !== "HEAD") {
      req.raw = await whole(req.raw, largest);
    }
    await next();
  };
}

async function whole(request: Request, largest: number): Promise<Request> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const body: AsyncIterable<Uint8Array> | Uint8Array[] = request.body ?? [];
  try {
    for await (const part of body) {
      size += part.length;
      if (size > largest) throw new HTTPException(413);
      parts.push(part);
    }
    const { url, method, headers } = request;
    return new Request(url, { method, headers, body: Buffer.concat(parts) });
  } catch (error) {
    // The rest did not come, or it is a method that takes no body.
    throw error instanceof HTTPException ? error : new HTTPException(400);
  }
}
