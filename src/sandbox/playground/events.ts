import { InteractionType } from "discord-api-types/v10";
import type { Clock } from "../../clock.js";
import type { Actor, DiscordEvent, DiscordSimulator, Message as StoredMessage } from "../discord/index.js";
import type { Began, Message, PlaygroundEvent, Step } from "./page/protocol.js";
import type { RequestMemory } from "./request-memory.js";
import { beganOf, discordStep, type Trail } from "./trail.js";
import type { WorldControls } from "./world-controls.js";

export const HEARTBEAT_MS = 15_000;
/** Events not yet read after which a reader is cut off. It reconnects and is given the history again. */
const MAX_UNREAD = 500;
/** Interactions whose requests are still told. */
const MAX_DEEDS = 50;

interface EventsOptions {
  readonly discord: DiscordSimulator;
  readonly actor: Actor;
  readonly view: (message: StoredMessage) => Message;
  readonly world: WorldControls | undefined;
  readonly trail: Trail | undefined;
  readonly clock: Clock;
  readonly memory: RequestMemory;
  /** Called when nothing more is told, perhaps twice. */
  readonly ended: () => void;
}

/** What happens before this person's eyes, as server-sent events. Ends when it is cancelled. */
export function eventStream(options: EventsOptions): ReadableStream<Uint8Array> {
  const { discord, actor, view, world, trail, clock, memory, ended } = options;
  const encoder = new TextEncoder();
  const subscriptions: (() => void)[] = [];
  let stopBeating: (() => void) | undefined;
  const stop = () => {
    for (const unsubscribe of subscriptions) unsubscribe();
    stopBeating?.();
    ended();
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const write = (text: string) => {
          controller.enqueue(encoder.encode(text));
          if ((controller.desiredSize ?? 0) > 0) return;
          stop();
          controller.close();
        };
        const send = (event: PlaygroundEvent) => {
          write(`data: ${JSON.stringify(event)}\n\n`);
        };
        const beat = () => {
          stopBeating = clock.setBackgroundTimeout(() => {
            beat();
            write(": still here\n\n");
          }, HEARTBEAT_MS);
        };
        const deeds = new Deeds();
        const tell = (happened: DiscordEvent) => {
          const event = deeds.eventFor(happened, actor) ?? eventFor(happened, actor, view);
          if (event) send(event);
        };
        const tellStep = (step: Step) => {
          if (deeds.has(step.interaction)) send(step);
        };
        const tellWorld = () => {
          if (world) send({ kind: "world", world: world.state() });
        };
        subscriptions.push(discord.subscribe(tell));
        if (trail) subscriptions.push(trail.subscribe(tellStep));
        if (world) subscriptions.push(world.subscribe(tellWorld));
        beat();
        send({ kind: "history", messages: actor.messages().map(view) });
        for (const event of memory.of(actor.standpoint)) {
          if (event.kind === "began") deeds.add(event.interaction, event.at);
          send(event);
        }
      },
      cancel: stop,
    },
    new CountQueuingStrategy({ highWaterMark: MAX_UNREAD }),
  );
}

/** What a person did lately: the interactions whose requests are told, with the moments of their beginning. */
class Deeds {
  readonly #since = new Map<string, number>();

  has(interaction: string): boolean {
    return this.#since.has(interaction);
  }

  add(interaction: string, since: number): void {
    this.#since.set(interaction, since);
    const [oldest] = this.#since.keys();
    if (this.#since.size > MAX_DEEDS && oldest !== undefined) this.#since.delete(oldest);
  }

  /** Undefined: no deed of this person here, nor a request that one caused. */
  eventFor(event: DiscordEvent, { standpoint }: Actor): Began | Step | undefined {
    if (event.type === "interaction" && event.phase === "sent") {
      const { interaction } = event;
      if (interaction.user !== standpoint.user || interaction.channel !== standpoint.channel) return undefined;
      this.add(interaction.id, interaction.createdAt);
      return beganOf(interaction);
    }
    if (event.type !== "request" || event.request.interactionId === undefined) return undefined;
    const { interactionId: interaction } = event.request;
    const since = this.#since.get(interaction);
    return since === undefined ? undefined : discordStep(event.request, { interaction, since });
  }
}

/** Undefined: not for this person's eyes. */
function eventFor(event: DiscordEvent, actor: Actor, view: EventsOptions["view"]): PlaygroundEvent | undefined {
  const { user, channel } = actor.standpoint;
  switch (event.type) {
    case "message": {
      const { message, change } = event;
      if (message.channel !== channel || (message.visibleTo ?? user) !== user) return undefined;
      return change === "deleted" ? { kind: "deleted", id: message.id } : { kind: change, message: view(message) };
    }
    case "interaction": {
      const { id, type, name, createdAt, failure, source } = event.interaction;
      const mine = event.interaction.user === user && event.interaction.channel === channel;
      if (!mine || failure === undefined || type === InteractionType.ApplicationCommandAutocomplete) return undefined;
      const command = type === InteractionType.ApplicationCommand ? name : undefined;
      return { kind: "failed", interaction: id, at: createdAt, reason: failure, command, message: source?.id };
    }
    case "commands":
      return { kind: "commands" };
    case "request":
    case "problem":
    case "gateway":
      return undefined;
  }
}
