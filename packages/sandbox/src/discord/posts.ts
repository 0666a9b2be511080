import type { Clock } from "../clock.js";
import { isSilent, type Message, type MessageChange } from "./messages.js";
import { noPings, type Pings } from "./pings.js";
import type { Channel } from "./world.js";

/** Something that happened to a message which the bot sent of its own accord. */
export interface Post {
  /** Counts all of them from 1, in the order in which they happened. */
  readonly number: number;
  readonly change: MessageChange;
  readonly channel: Channel;
  /** As it stands now; what it was then is here beside it. */
  readonly message: Message;
  readonly content: string;
  readonly embeds: Message["embeds"];
  readonly components: Message["components"];
  readonly nonce: string | undefined;
  /** Who was notified. Only a new message notifies anybody. */
  readonly pings: Pings;
  readonly silent: boolean;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
}

/** What the bot sent, edited, deleted and crossposted of its own accord: no answers to interactions. */
export class Posts {
  readonly #clock: Pick<Clock, "now">;
  readonly #limit: number;
  #all: Post[] = [];
  #number = 0;

  /** @param limit how many are kept, the newest */
  constructor(clock: Pick<Clock, "now">, limit: number) {
    this.#clock = clock;
    this.#limit = limit;
  }

  note(change: MessageChange, message: Message): void {
    const { channel, content, embeds, components, nonce } = message;
    const pings = change === "created" ? message.pings : noPings;
    this.#number += 1;
    const told = { number: this.#number, change, channel, message, content, embeds, components, nonce };
    this.#all.push({ ...told, pings, silent: isSilent(message), at: this.#clock.now() });
    if (this.#all.length > 2 * this.#limit) this.#all = this.#all.slice(-this.#limit);
  }

  /** The oldest first. @param of only those of this channel, or only this kind of change */
  list({ channel, change }: { channel?: Channel; change?: MessageChange } = {}): readonly Post[] {
    return this.#all.filter(
      (post) => (channel === undefined || post.channel === channel) && (change === undefined || post.change === change),
    );
  }

  /** Messages that were sent and are kept here, in order. */
  sent(channel?: Channel): readonly Post[] {
    return this.list({ change: "created", ...(channel && { channel }) });
  }

  /** Forgets everything so far; numbers go on. */
  clear(): void {
    this.#all = [];
  }
}
