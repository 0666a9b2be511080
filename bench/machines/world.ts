import type { ChildProcess } from "node:child_process";
import { z } from "zod";
import { processorTime } from "../built-bot.js";
import { startChild, stopChild } from "../child.js";
import { addresses, counts, fates, type Addresses, type Counts, type Fates, type Order } from "./orders.js";

interface WorldOptions {
  readonly shards: number;
  readonly maxConcurrency: number;
  readonly pointsPerMinute: number;
}

const reply = z.object({ id: z.number(), result: z.unknown().optional(), error: z.string().optional() });

/** The simulated Discord and game, in a process of their own. */
export class SimulatedWorld {
  readonly addresses: Addresses;
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (answer: z.infer<typeof reply>) => void>();
  #asked = 0;

  private constructor(child: ChildProcess, told: Addresses) {
    this.#child = child;
    this.addresses = told;
    child.on("message", (message) => {
      const answer = reply.parse(message);
      this.#waiting.get(answer.id)?.(answer);
      this.#waiting.delete(answer.id);
    });
  }

  static async start({ shards, maxConcurrency, pointsPerMinute }: WorldOptions): Promise<SimulatedWorld> {
    const { child, message } = await startChild("world.ts", {
      SHARDS: String(shards),
      MAX_CONCURRENCY: String(maxConcurrency),
      POINTS_PER_MINUTE: String(pointsPerMinute),
    });
    return new SimulatedWorld(child, addresses.parse(message));
  }

  load(load: Omit<Extract<Order, { do: "load" }>, "do">): Promise<unknown> {
    return this.#ask({ do: "load", ...load });
  }

  async fates(kills: readonly number[] = []): Promise<Fates> {
    return fates.parse(await this.#ask({ do: "fates", kills: [...kills] }));
  }

  watch(channels: number): Promise<unknown> {
    return this.#ask({ do: "watch", channels });
  }

  startEmission(): Promise<unknown> {
    return this.#ask({ do: "emission" });
  }

  async told(): Promise<number[]> {
    return z.array(z.number()).parse(await this.#ask({ do: "told" }));
  }

  async counts(): Promise<Counts> {
    return counts.parse(await this.#ask({ do: "counts" }));
  }

  processorTime(): Promise<number> {
    return processorTime(this.#child.pid);
  }

  close(): Promise<void> {
    return stopChild(this.#child);
  }

  async #ask(order: Order): Promise<unknown> {
    const id = (this.#asked += 1);
    const answer = await new Promise<z.infer<typeof reply>>((resolve) => {
      this.#waiting.set(id, resolve);
      this.#child.send({ id, ...order });
    });
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.result;
  }
}
