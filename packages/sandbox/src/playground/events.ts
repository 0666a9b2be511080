import { InteractionType } from "discord-api-types/v10";
import type { Clock } from "../clock.js";
import {
  reaches,
  type Actor,
  type DiscordEvent,
  type DiscordSimulator,
  type Message as StoredMessage,
} from "../discord/index.js";
import type { Message, Place, PlaygroundEvent } from "./page/protocol.js";
import type { RequestMemory } from "./request-memory.js";
import type { WorldControls } from "./world-controls.js";

export const HEARTBEAT_MS = 15_000;
/** Events not yet read after which a reader is cut off. It reconnects and is given the history again. */
const MAX_UNREAD = 500;

interface EventsOptions {
  readonly discord: DiscordSimulator;
  readonly actor: Actor;
  readonly view: (message: StoredMessage) => Message;
  readonly place: () => Place;
  readonly world: WorldControls | undefined;
  readonly clock: Clock;
  readonly memory: RequestMemory;
  /** Called when nothing more is told, perhaps twice. */
  readonly ended: () => void;
}

/** What happens before this person's eyes, as server-sent events. Ends when it is cancelled. */
export function eventStream(options: EventsOptions): ReadableStream<Uint8Array> {
  const { discord, actor, world, clock, memory, view, ended } = options;
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
        const tell = (happened: DiscordEvent) => {
          const event = eventFor(happened, options);
          if (event) send(event);
        };
        const tellWorld = () => {
          if (world) send({ kind: "world", world: world.state() });
        };
        subscriptions.push(discord.subscribe(tell), memory.subscribe(actor.standpoint, send));
        if (world) subscriptions.push(world.subscribe(tellWorld));
        beat();
        send({ kind: "history", messages: actor.messages().map(view) });
        for (const event of memory.of(actor.standpoint)) send(event);
      },
      cancel: stop,
    },
    new CountQueuingStrategy({ highWaterMark: MAX_UNREAD }),
  );
}

/** Undefined: not for this person's eyes. */
function eventFor(event: DiscordEvent, { discord, actor, view, place }: EventsOptions): PlaygroundEvent | undefined {
  const { user, channel } = actor.standpoint;
  switch (event.type) {
    case "message": {
      const { message, change } = event;
      if ((message.visibleTo ?? user) !== user) return undefined;
      if (message.channel !== channel) {
        const isNews = change === "created" && message.author !== user && discord.world.sees(user, message.channel);
        const pings = message.channel.guild === undefined || reaches(message.pings, user, message.channel);
        return isNews ? { kind: "elsewhere", channel: message.channel.id, pings } : undefined;
      }
      if (change === "deleted") return { kind: "deleted", id: message.id };
      return { kind: change === "created" ? "created" : "updated", message: view(message) };
    }
    case "channel":
      return event.channel.guild === discord.guilds[0] ? { kind: "place", place: place() } : undefined;
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
