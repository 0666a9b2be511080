/** Event streams of one reader (a person at one address): more than anybody has windows. */
export const MOST_OF_ONE = 8;
/** Every message is told to each stream, so their number bounds what an event costs. */
export const MOST_STREAMS = 100;

/** How many event streams are open, and whose. */
export class OpenStreams {
  readonly #byReader = new Map<string, number>();
  #count = 0;

  /** Takes a place for one more stream of `reader`; the returned function frees it. Undefined: there are too many. */
  open(reader: string): (() => void) | undefined {
    const own = this.#byReader.get(reader) ?? 0;
    if (own >= MOST_OF_ONE || this.#count >= MOST_STREAMS) return undefined;
    this.#byReader.set(reader, own + 1);
    this.#count += 1;
    let isOpen = true;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      this.#count -= 1;
      const left = (this.#byReader.get(reader) ?? 1) - 1;
      if (left === 0) this.#byReader.delete(reader);
      else this.#byReader.set(reader, left);
    };
  }
}
