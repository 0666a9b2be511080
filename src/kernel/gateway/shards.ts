import {
  managerToFetchingStrategyOptions,
  SimpleContextFetchingStrategy,
  type IContextFetchingStrategy,
  type IShardingStrategy,
  type WebSocketManager,
} from "@discordjs/ws";
import type { Shard } from "./shard.js";

/**
 * Shards of our own for the library's manager, all in this process. The library's reconnect from several places at once,
 * which leaves two sessions after one refused connection, tries a dead address for ever, and lets an odd packet end the
 * process.
 */
export class Shards implements IShardingStrategy {
  readonly #manager: WebSocketManager;
  readonly #make: (id: number, context: IContextFetchingStrategy) => Shard;
  readonly #shards: Map<number, Shard>;

  /** The shards there are stand in `shards`. */
  constructor(
    manager: WebSocketManager,
    shards: Map<number, Shard>,
    make: (id: number, context: IContextFetchingStrategy) => Shard,
  ) {
    this.#manager = manager;
    this.#shards = shards;
    this.#make = make;
  }

  async spawn(ids: number[]): Promise<void> {
    const options = await managerToFetchingStrategyOptions(this.#manager);
    const context = new SimpleContextFetchingStrategy(this.#manager, options);
    for (const id of ids) this.#shards.set(id, this.#make(id, context));
  }

  /** Resolves when every shard has its session. @throws RefusedError when Discord refuses one for good. */
  async connect(): Promise<void> {
    await Promise.all([...this.#shards.values()].map((shard) => shard.start()));
  }

  async destroy(): Promise<void> {
    const leaving = [...this.#shards.values()].map((shard) => shard.stop());
    this.#shards.clear();
    await Promise.all(leaving);
  }

  send(): Promise<never> {
    return Promise.reject(new Error("nothing is sent over the gateway"));
  }

  /** The shards tell it themselves. */
  fetchStatus(): Promise<never> {
    return Promise.reject(new Error("the state of the shards is not asked here"));
  }
}
