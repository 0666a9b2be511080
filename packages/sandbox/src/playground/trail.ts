import { AsyncLocalStorage } from "node:async_hooks";
import { InteractionType } from "discord-api-types/v10";
import type { Clock } from "../clock.js";
import type { DiscordEvent, Interaction } from "../discord/index.js";
import type { Began, Step } from "./page/protocol.js";

/** What the client of the game's API tells of a call. */
interface Call {
  /** With its query. */
  readonly path: string;
}

type Listener = (step: Step) => void;

/** Longer bodies are cut off. */
const LONGEST_BODY = 20_000;

/**
 * Which requests to the game's API belong to which interaction: those made while it was being answered. To be given to the
 * API's client as its observer.
 */
export class Trail {
  readonly #clock: Clock;
  readonly #following = new AsyncLocalStorage<{ readonly interaction: string; readonly since: number }>();
  readonly #listeners = new Set<Listener>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Does `work`, and takes every call that it makes, now or later, for the interaction's. */
  follow<T>(interaction: { readonly id: string; readonly createdAt: number }, work: () => T): T {
    return this.#following.run({ interaction: interaction.id, since: interaction.createdAt }, work);
  }

  request({ path, status, duration }: Call & { readonly status: number | undefined; readonly duration: number }): void {
    this.#tell(path, "sent", { status, took: duration });
  }

  cacheHit({ path }: Call): void {
    this.#tell(path, "cached");
  }

  joined({ path }: Call): void {
    this.#tell(path, "joined");
  }

  refused({ path }: Call): void {
    this.#tell(path, "refused");
  }

  /** Calls `listener` for every call to the game from now on; the returned function ends it. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #tell(
    path: string,
    outcome: Step["outcome"],
    { status, took }: { status?: number | undefined; took: number } = { took: 0 },
  ) {
    const current = this.#following.getStore();
    if (current === undefined) return;
    const { interaction, since } = current;
    const after = Math.max(0, this.#clock.now() - took - since);
    const step: Step = {
      kind: "step",
      interaction,
      to: "game",
      request: `GET ${path}`,
      outcome,
      status,
      after,
      took,
      body: undefined,
    };
    for (const listener of this.#listeners) listener(step);
  }
}

const kinds: Readonly<Record<number, Began["what"]>> = {
  [InteractionType.ApplicationCommand]: "command",
  [InteractionType.ApplicationCommandAutocomplete]: "suggestions",
  [InteractionType.MessageComponent]: "component",
  [InteractionType.ModalSubmit]: "form",
};

export function beganOf({ id, name, type, createdAt }: Interaction): Began {
  return { kind: "began", interaction: id, name, what: kinds[type] ?? "command", at: createdAt };
}

/** A request of the bot to Discord. Its route is told, as its path holds the interaction's token. */
export function discordStep(
  { method, route, status, body, files, at, afterMs }: Extract<DiscordEvent, { type: "request" }>["request"],
  { interaction, since }: { interaction: string; since: number },
): Step {
  const sent = files.length === 0 ? body : { body, files };
  return {
    kind: "step",
    interaction,
    to: "discord",
    request: `${method} ${route}`,
    outcome: "sent",
    status: status === 0 ? undefined : status,
    after: Math.max(0, at - since),
    took: afterMs,
    body: sent === undefined ? undefined : JSON.stringify(sent, undefined, 2).slice(0, LONGEST_BODY),
  };
}
