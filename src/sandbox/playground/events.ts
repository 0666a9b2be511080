import { InteractionType } from "discord-api-types/v10";
import type { Clock } from "../../clock.js";
import type { Actor, DiscordEvent, DiscordSimulator, Message as StoredMessage } from "../discord/index.js";
import type { Message, PlaygroundEvent } from "./page/protocol.js";

export const HEARTBEAT_MS = 15_000;
/** Events not yet read after which a reader is cut off. It reconnects and is given the history again. */
const MAX_UNREAD = 500;

interface EventsOptions {
  readonly discord: DiscordSimulator;
  readonly actor: Actor;
  readonly view: (message: StoredMessage) => Message;
  readonly clock: Clock;
}

/** What happens before this person's eyes, as server-sent events. Ends when it is cancelled. */
export function eventStream({ discord, actor, view, clock }: EventsOptions): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let unsubscribe: (() => void) | undefined;
  let stopBeating: (() => void) | undefined;
  const stop = () => {
    unsubscribe?.();
    stopBeating?.();
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
          stopBeating = clock.setTimeout(() => {
            beat();
            write(": still here\n\n");
          }, HEARTBEAT_MS);
        };
        unsubscribe = discord.subscribe((happened) => {
          const event = eventFor(happened, actor, view);
          if (event) send(event);
        });
        beat();
        send({ kind: "history", messages: actor.messages().map(view) });
      },
      cancel: stop,
    },
    new CountQueuingStrategy({ highWaterMark: MAX_UNREAD }),
  );
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
