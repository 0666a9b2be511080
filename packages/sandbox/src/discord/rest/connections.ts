import type { Socket } from "node:net";

/** Counts connections by their use: one counts from its first request on. */
export class Connections {
  readonly #open = new Set<Socket>();
  /** The most that were open at once. */
  highest = 0;
  /** All there ever were. */
  total = 0;

  get open(): number {
    return this.#open.size;
  }

  use(socket: Socket): void {
    if (this.#open.has(socket)) return;
    this.#open.add(socket);
    this.total += 1;
    this.highest = Math.max(this.highest, this.#open.size);
    socket.once("close", () => this.#open.delete(socket));
  }
}
