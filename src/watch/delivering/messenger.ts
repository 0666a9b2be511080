/** A message to be sent; `V` is what is shown. */
export interface Outgoing<V> {
  readonly view: V;
  /** Up to 25 characters, of this message alone: Discord does not make a second one for minutes. */
  readonly nonce: string;
  /** The only one who is pinged. */
  readonly roleId?: string | undefined;
  /** Makes no sound. */
  readonly silent?: boolean | undefined;
  /** How long ago a try began of which it is not known how it ended, in milliseconds; null: there was none. */
  readonly triedAgoMs: number | null;
}

/** Why something was not done, or not for certain. */
export type Failed =
  /** For this reason Discord does not do it. */
  | { readonly kind: "refused"; readonly reason: Refusal; readonly cause: Error }
  /** Not before so many milliseconds; `global`: nothing of the bot. */
  | { readonly kind: "limited"; readonly waitMs: number; readonly global: boolean; readonly cause: Error }
  /** Discord is out of order: nothing was done. */
  | { readonly kind: "away"; readonly cause: Error }
  /** No answer, or one that says nothing: it may have been done. */
  | { readonly kind: "unclear"; readonly cause: Error };

/** What each of them means stands in `kernel/messages/refusals.ts`. */
export type Refusal =
  | "channel-gone"
  | "server-gone"
  | "hidden"
  | "permission"
  | "wrong-channel"
  | "tag-needed"
  | "archived"
  | "locked"
  | "threads-full"
  | "person-gone"
  | "not-accepted"
  | "no-shared-server"
  | "message-gone"
  | "not-own"
  | "blocked"
  | "role-gone"
  | "no-files"
  | "bad";

type Done = { readonly kind: "done" } | Failed;

/** What the sender needs of Discord. Nothing of it rejects. */
export interface Messenger<V> {
  /** `found`: an earlier try had arrived. "deleted": it had been sent, and is gone. */
  post(
    channelId: string,
    message: Outgoing<V>,
  ): Promise<
    | { readonly kind: "sent"; readonly messageId: string; readonly channelId: string; readonly found: boolean }
    | { readonly kind: "deleted" }
    | Failed
  >;
  edit(channelId: string, messageId: string, view: V): Promise<Done>;
  /** Publishes a message of an announcement channel; it may be "limited" for an hour. */
  crosspost(channelId: string, messageId: string): Promise<Done>;
  openDm(userId: string): Promise<{ readonly kind: "opened"; readonly channelId: string } | Failed>;
  /** Undefined: no kind that the bot writes in. */
  kindOf(channelId: string): Promise<{ readonly kind: "found"; readonly channel: string | undefined } | Failed>;
  /** The permission that the bot lacks there, by the key of its name; undefined: none, or nobody knows. */
  missingIn(channelId: string): Promise<string | undefined>;
}

/** What a message is made from. */
export interface Told {
  readonly event: unknown;
  readonly watchId: string | null;
  readonly ownerId: string;
  readonly guildId: string | null;
}

/** Why and in which language a message is written. */
export interface Occasion {
  readonly locale: string;
  /** It had to wait: for the end of quiet hours or of a snooze, or for its watch to go on. */
  readonly held: boolean;
}

/** Writes one message that tells all of these, the first one first. Undefined: there is nothing to tell. */
export type Render<V> = (told: readonly Told[], occasion: Occasion) => Promise<V | undefined> | V | undefined;
