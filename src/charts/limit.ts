/** Lets at most so many works run at once; the others wait for their turn, in the order in which they came. */
export class Limit {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(atOnce: number) {
    this.#free = atOnce;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
    try {
      return await work();
    } finally {
      // Whoever is next takes this place, before anybody who comes now.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    }
  }
}
