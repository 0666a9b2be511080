import type { ChildProcess } from "node:child_process";
import { generateKeyPairSync, sign } from "node:crypto";
import { DiscordSimulator } from "@zonewire/sandbox/discord";
import { Pool } from "undici";
import { z } from "zod";
import { processorTime } from "./built-bot.js";
import { startChild, stopChild } from "./child.js";
import { median, percentile, printTable, round } from "./table.js";

const PAIRS = 21;
const BATCH = 1_000;
const WARM_UP = 4_000;
const AT_ONCE = 32;
/** Few, so that reading what each of them has chosen, twice a minute, weighs the same on a slow machine as on a fast one. */
const PEOPLE = 10n;

/**
 * Interactions over HTTP, answered in the response: the built bot compared with a bare handler of Hono's that checks the same
 * signatures, each in a process of its own. They get a batch in turns. Requests are signed before the time is taken.
 */
export async function benchHttp(): Promise<void> {
  const driver = new Driver();
  const game = await startChild("game.ts", {});
  const { url, token } = z.object({ url: z.string(), token: z.string() }).parse(game.message);
  const discord = await DiscordSimulator.start();
  const bare = await Contestant.start(driver, "bare-http.js", {});
  const access = { API_URL: discord.restUrl, TOKEN: discord.token, GAME_URL: url, GAME_TOKEN: token };
  const real = await Contestant.start(driver, "zonewire-bot.js", access);
  const ratios: number[] = [];
  for (let pair = 0; pair < PAIRS; pair++) {
    const order = pair % 2 === 0 ? [bare, real] : [real, bare];
    for (const contestant of order) await contestant.batch(BATCH);
    ratios.push(real.last / bare.last);
  }
  for (const contestant of [bare, real]) await contestant.stop();
  await stopChild(game.child);
  await discord.close();
  printTable(
    `/regions over HTTP, ${PAIRS} batches of ${BATCH} in turns, ${AT_ONCE} at once (aim: median of ratios 0.80)`,
    ["who", "per second", "p50 ms", "p99 ms", "processor µs each", "deferred", "ratio"],
    [
      ["bare hono", ...bare.figures(), ""],
      ["zonewire", ...real.figures(), round(median(ratios), 2)],
    ],
  );
}

interface Signed {
  readonly body: Buffer;
  readonly headers: Record<string, string>;
}

/** Makes interactions as Discord sends them, each another one, and signs them. */
class Driver {
  readonly publicKey: string;
  readonly #key;
  #next = 0n;

  constructor() {
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    this.publicKey = Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url").toString("hex");
    this.#key = privateKey;
  }

  /** Of people who have just typed `/regions`. */
  make(count: number): Signed[] {
    const now = Date.now();
    const timestamp = String(Math.floor(now / 1_000));
    // By their ids they are of the next hour. So the bot counts from their arrival, and not how long they wait here.
    const first = BigInt(now + 3_600_000 - 1_420_070_400_000) << 22n;
    return Array.from({ length: count }, () => {
      const id = first + (this.#next++ & 0x3fffffn);
      const user = {
        id: String(200_000_000_000_000_000n + (this.#next % PEOPLE)),
        username: "wren",
        global_name: "Wren",
      };
      const body = Buffer.from(
        JSON.stringify({
          ...{ id: String(id), application_id: "100000000000000001", type: 2, token: `t0ken-${id}`, version: 1 },
          ...{
            guild_id: "300000000000000001",
            channel_id: "400000000000000001",
            locale: "en-US",
            guild_locale: "en-US",
          },
          ...{ context: 0, authorizing_integration_owners: { 0: "300000000000000001" }, entitlements: [] },
          ...{ app_permissions: "2248473465835073", attachment_size_limit: 10_485_760, entitlement_sku_ids: [] },
          data: { id: "500000000000000001", name: "regions", type: 1 },
          guild: { id: "300000000000000001", locale: "en-US", features: [] },
          channel: { id: "400000000000000001", type: 0, name: "general", guild_id: "300000000000000001", flags: 0 },
          member: { user, roles: [], permissions: "2248473465835073", joined_at: "2024-05-01T12:00:00Z", nick: null },
        }),
      );
      const signature = sign(null, Buffer.concat([Buffer.from(timestamp), body]), this.#key).toString("hex");
      const headers = { "x-signature-ed25519": signature, "x-signature-timestamp": timestamp };
      return { body, headers: { ...headers, "content-type": "application/json" } };
    });
  }
}

class Contestant {
  readonly #driver: Driver;
  readonly #name: string;
  readonly #child: ChildProcess;
  readonly #pool: Pool;
  readonly #rates: number[] = [];
  readonly #costs: number[] = [];
  #times: number[] = [];
  #later = 0;

  private constructor(driver: Driver, name: string, child: ChildProcess, url: string) {
    this.#driver = driver;
    this.#name = name;
    this.#child = child;
    this.#pool = new Pool(url, { connections: AT_ONCE });
  }

  static async start(driver: Driver, name: string, env: Record<string, string>): Promise<Contestant> {
    const { child, message } = await startChild(name, { ...env, PUBLIC_KEY: driver.publicKey });
    const { url } = z.object({ url: z.string() }).parse(message);
    const contestant = new Contestant(driver, name, child, url);
    await contestant.#run(WARM_UP);
    [contestant.#times, contestant.#later] = [[], 0];
    return contestant;
  }

  /** Answers a second in the last batch. */
  get last(): number {
    return this.#rates.at(-1) ?? NaN;
  }

  async batch(count: number): Promise<void> {
    const before = await processorTime(this.#child.pid);
    this.#rates.push((count / (await this.#run(count))) * 1_000);
    this.#costs.push((((await processorTime(this.#child.pid)) - before) / count) * 1e6);
  }

  figures(): string[] {
    const times = this.#times.sort((a, b) => a - b);
    const latencies = [round(percentile(times, 0.5), 1), round(percentile(times, 0.99), 1)];
    return [round(median(this.#rates)), ...latencies, round(median(this.#costs)), String(this.#later)];
  }

  async stop(): Promise<void> {
    await this.#pool.close();
    await stopChild(this.#child);
  }

  /** Milliseconds that it took. */
  async #run(count: number): Promise<number> {
    const waiting = this.#driver.make(count);
    const started = performance.now();
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let next = waiting.pop(); next; next = waiting.pop()) {
          const sentAt = performance.now();
          const { statusCode, body } = await this.#pool.request({ path: "/interactions", method: "POST", ...next });
          const text = await body.text();
          // Type 5, or a 202: the machine has so much else to do that the answer comes later.
          if (!text.startsWith('{"type":4')) this.#later++;
          if (statusCode > 202) throw new Error(`${this.#name}: ${statusCode} ${text.slice(0, 200)}`);
          this.#times.push(performance.now() - sentAt);
        }
      }),
    );
    return performance.now() - started;
  }
}
