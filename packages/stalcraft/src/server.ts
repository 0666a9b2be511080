/** Where the API is. */
export const Server = {
  /** The live game. */
  PRODUCTION: "https://eapi.stalzone.com",
  /** Made-up data and real validation; takes only the demo credentials which the official documentation publishes. */
  DEMO: "https://dapi.stalzone.com",
} as const;
export type Server = (typeof Server)[keyof typeof Server];

/** A base address taken apart: what the connection pool needs and what goes before every path. */
export interface BaseAddress {
  readonly origin: string;
  /** "" or "/some/prefix", never ending in a slash. */
  readonly prefix: string;
}

/** @throws TypeError when `address` is not a plain http(s) address. */
export function parseBaseAddress(address: string): BaseAddress {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const plain =
    url !== undefined &&
    (url.protocol === "https:" || url.protocol === "http:") &&
    url.username === "" &&
    url.password === "" &&
    url.search === "" &&
    url.hash === "";
  if (!plain) throw new TypeError("The server must be an http(s) address without user, query or fragment.");
  return { origin: url.origin, prefix: url.pathname.replace(/\/+$/, "") };
}
