const NOT_SENT = new Set<unknown>([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** Whether an error says by its code, as Node and undici have it, that the request never left. */
export function neverSent(error: Error): boolean {
  return "code" in error && NOT_SENT.has(error.code);
}
