import { isIP } from "node:net";
import type { MiddlewareHandler } from "hono";

/**
 * Lets only the page itself in. The server listens on this machine, where every web page that the person has open can
 * send requests to; and a hostile name may point here (DNS rebinding), so the name in the address must be this
 * machine's or a bare IP address. Programs that are no browsers send neither header and may act.
 */
export const sameOrigin: MiddlewareHandler = async (context, next) => {
  const host = context.req.header("host");
  const origin = context.req.header("origin");
  const site = context.req.header("sec-fetch-site");
  const typedByHand = context.req.method === "GET" && site === "none";
  if (host === undefined || !isOwnName(host)) {
    return context.json({ error: "open the page by localhost or by an IP address" }, 403);
  }
  if ((site !== undefined && site !== "same-origin" && !typedByHand) || (origin !== undefined && !isAt(origin, host))) {
    return context.json({ error: "only the playground's own page may ask this" }, 403);
  }
  return next();
};

function isOwnName(host: string): boolean {
  if (!URL.canParse(`http://${host}`)) return false;
  const { hostname } = new URL(`http://${host}`);
  return hostname === "localhost" || isIP(hostname.replace(/^\[|\]$/g, "")) !== 0;
}

function isAt(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === new URL(`http://${host}`).host;
}
