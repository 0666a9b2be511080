export type Stop = () => Promise<void> | void;

/** What has been started, to be stopped the other way round. */
export class Stops {
  readonly #stops: Stop[] = [];
  readonly #onFailure: (error: unknown) => void;
  #stopped: Promise<void> | undefined;

  /** @param onFailure called for each that could not be stopped; the others are stopped anyway */
  constructor(onFailure: (error: unknown) => void) {
    this.#onFailure = onFailure;
  }

  push(stop: Stop): void {
    this.#stops.push(stop);
  }

  /** Stops each once, the last one first, however often it is called. Never rejects. */
  all(): Promise<void> {
    return (this.#stopped ??= this.#run());
  }

  async #run(): Promise<void> {
    for (let stop = this.#stops.pop(); stop; stop = this.#stops.pop()) {
      try {
        await stop();
      } catch (error) {
        this.#onFailure(error);
      }
    }
  }
}
