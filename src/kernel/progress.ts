import { pause, type Clock } from "../time.js";
import type { View } from "./view.js";

const EVERY_MS = 1_000;

/** Shows the newest of many views, at most one a second, between `start` and `end` and at no other time. */
export class Progress {
  readonly #edit: (view: View) => Promise<void>;
  readonly #clock: Clock;
  #state: "waiting" | "idle" | "busy" | "ended" = "waiting";
  #newest: View | undefined;
  #editing: Promise<void> | undefined;
  /** Ends the pause between two views; made for the first of them, as most answers show none. */
  #over: AbortController | undefined;

  constructor(edit: (view: View) => Promise<void>, clock: Clock) {
    this.#edit = edit;
    this.#clock = clock;
  }

  /** Whether anything was shown, or tried to. */
  get begun(): boolean {
    return this.#editing !== undefined;
  }

  show(view: View): void {
    this.#newest = view;
    this.#next();
  }

  start(): void {
    if (this.#state === "waiting") this.#state = "idle";
    this.#next();
  }

  /** Resolves when nothing of it can be shown any more. */
  async end(): Promise<void> {
    this.#state = "ended";
    this.#over?.abort();
    await this.#editing;
  }

  #next(): void {
    const view = this.#newest;
    if (this.#state !== "idle" || !view) return;
    this.#state = "busy";
    this.#newest = undefined;
    this.#over ??= new AbortController();
    // A step that cannot be shown is no loss: another one follows, or the answer.
    this.#editing = this.#edit(view).catch(() => undefined);
    void Promise.all([this.#editing, pause(EVERY_MS, this.#clock, this.#over.signal)]).then(() => {
      if (this.#state === "busy") this.#state = "idle";
      this.#next();
    });
  }
}
