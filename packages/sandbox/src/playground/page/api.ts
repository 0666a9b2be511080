import type { Guard } from "./guard.js";
import {
  answer,
  choices,
  commands,
  event,
  place,
  refusal,
  wishes,
  world,
  type Answer,
  type Choice,
  type Command,
  type Fields,
  type Place,
  type PlaygroundEvent,
  type Trouble,
  type Wish,
  type World,
} from "./protocol.js";

export interface Viewer {
  /** Undefined: the first person. */
  readonly person: string | undefined;
  /** Undefined: the first channel. */
  readonly channel: string | undefined;
  readonly locale: string;
}

export interface LotToAdd {
  readonly item: string;
  readonly region: string;
  readonly unitPrice: number;
  readonly amount: number;
  readonly quality: number;
  readonly level: number;
}

export type WorldChange =
  | { readonly speed: number }
  | { readonly trouble: Trouble }
  | { readonly emission: string }
  | { readonly endEmission: string }
  | { readonly lot: LotToAdd };

/** How long to wait after a refused stream of events; twice as long after each further one. */
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;

type Values = Readonly<Record<string, Choice["value"]>>;

/** The page's server, asked on behalf of one person. Every method rejects with an Error whose message can be shown. */
export class Api {
  readonly #viewer: Viewer;

  constructor(viewer: Viewer) {
    this.#viewer = viewer;
  }

  place(): Promise<Place> {
    return this.#ask(place, `/api/place?${this.#query()}`);
  }

  commands(): Promise<readonly Command[]> {
    return this.#ask(commands, `/api/commands?${this.#query()}`);
  }

  slash(command: string, options: Values): Promise<Answer> {
    return this.#act(answer, "slash", { command, options });
  }

  autocomplete(command: string, option: string, typed: string, options: Values, signal: AbortSignal) {
    return this.#act(choices, "autocomplete", { command, option, typed, options }, signal);
  }

  click(message: string, customId: string): Promise<Answer> {
    return this.#act(answer, "click", { message, customId });
  }

  select(message: string, customId: string, values: readonly string[]): Promise<Answer> {
    return this.#act(answer, "select", { message, customId, values });
  }

  submit(interaction: string, fields: Fields): Promise<Answer> {
    return this.#act(answer, "submit", { interaction, fields });
  }

  changeWorld(change: WorldChange): Promise<World> {
    return this.#ask(world, "/api/world", posted(change));
  }

  wishes(): Promise<readonly Wish[]> {
    return this.#ask(wishes, `/api/wishes?${this.#query()}`);
  }

  addWished(wish: string): Promise<World> {
    return this.#act(world, "wishes", { wish });
  }

  /** Calls `happened` for everything from now on, the history first, and again after a lost connection. */
  events(happened: (event: PlaygroundEvent) => void, connected: (is: boolean) => void, pause = FIRST_PAUSE_MS): void {
    const source = new EventSource(`/api/events?${this.#query()}`);
    source.addEventListener("open", () => {
      pause = FIRST_PAUSE_MS;
      connected(true);
    });
    source.addEventListener("error", () => {
      connected(false);
      // A browser gives up by itself after a refusal: of a proxy while the bot starts again, or of one window too many.
      if (source.readyState === EventSource.CLOSED)
        setTimeout(() => {
          this.events(happened, connected, Math.min(pause * 2, LONGEST_PAUSE_MS));
        }, pause);
    });
    source.addEventListener("message", ({ data }: MessageEvent<string>) => {
      const told: unknown = JSON.parse(data);
      if (event(told)) happened(told);
    });
  }

  #query(): string {
    const { person, channel, locale } = this.#viewer;
    const where = { ...(person !== undefined && { person }), ...(channel !== undefined && { channel }) };
    return new URLSearchParams({ locale, ...where }).toString();
  }

  #act<T>(guard: Guard<T>, what: string, body: object, signal?: AbortSignal): Promise<T> {
    return this.#ask(guard, `/api/${what}`, { ...posted({ ...this.#viewer, ...body }), ...(signal && { signal }) });
  }

  async #ask<T>(guard: Guard<T>, path: string, init?: RequestInit): Promise<T> {
    const response = await fetch(path, init);
    const body: unknown = await response.json();
    if (!response.ok) throw new Error(refusal(body) ? body.error : `status ${response.status}`);
    if (!guard(body)) throw new Error("the server's answer has another shape");
    return body;
  }
}

function posted(body: object): RequestInit {
  return { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
