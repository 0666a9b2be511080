import { Web, type WebOptions } from "../../src/web/server.js";

/** A server on a port of its own, for one test. */
export async function withWeb(options: Partial<WebOptions>, test: (address: string) => Promise<void>): Promise<void> {
  const web = await Web.start({ host: "127.0.0.1", port: 0, missing: () => [], ...options });
  try {
    await test(web.address);
  } finally {
    await web.close();
  }
}
