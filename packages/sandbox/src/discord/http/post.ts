import { Agent as HttpAgent, request as httpRequest, type ClientRequest } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";

/** What somebody answered to a POST. */
export interface Response {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

/** POSTs over connections that are kept. */
export class Poster {
  readonly #http = new HttpAgent({ keepAlive: true });
  readonly #https = new HttpsAgent({ keepAlive: true });

  /**
   * @param sent called once all of it is on its way
   * @throws Error when no whole answer comes, or when the signal is aborted
   */
  post(
    url: string,
    body: string,
    headers: Readonly<Record<string, string>>,
    { signal, sent }: { readonly signal?: AbortSignal; readonly sent?: (request: ClientRequest) => void } = {},
  ): Promise<Response> {
    const secure = url.startsWith("https:");
    return new Promise((resolve, reject) => {
      const request = (secure ? httpsRequest : httpRequest)(url, {
        agent: secure ? this.#https : this.#http,
        method: "POST",
        headers: {
          ...headers,
          "content-type": "application/json",
          "content-length": Buffer.byteLength(body),
          "user-agent": "Discord-Interactions/1.0 (+https://discord.com)",
        },
        ...(signal && { signal }),
      });
      request.on("error", reject);
      request.on("response", (response) => {
        const parts: Buffer[] = [];
        response.on("error", reject);
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("end", () => {
          resolve({
            status: response.statusCode ?? 0,
            contentType: response.headers["content-type"] ?? "",
            body: Buffer.concat(parts),
          });
        });
      });
      request.end(body, () => sent?.(request));
    });
  }

  close(): void {
    this.#http.destroy();
    this.#https.destroy();
  }
}
