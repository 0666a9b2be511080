import type { Interaction, InteractionPhase } from "./interaction.js";
import type { Message, MessageChange } from "./messages.js";
import type { Channel } from "./world.js";
import type { RequestRecord } from "./rest/server.js";

/** Something that happened on the simulated Discord, told as it happens. */
export type DiscordEvent =
  /** Ephemeral ones have `message.visibleTo`; a deferral's placeholder has the Loading flag. */
  | { readonly type: "message"; readonly change: MessageChange; readonly message: Message }
  /** A channel, thread or post of a guild came, changed or went. */
  | { readonly type: "channel"; readonly change: "created" | "updated" | "deleted"; readonly channel: Channel }
  | { readonly type: "interaction"; readonly phase: InteractionPhase; readonly interaction: Interaction }
  /** `guildId` undefined: the list for everywhere. */
  | { readonly type: "commands"; readonly guildId: string | undefined }
  | { readonly type: "request"; readonly request: RequestRecord }
  | { readonly type: "problem"; readonly problem: string }
  /** `connected`: gateway sessions with a connection. */
  | { readonly type: "gateway"; readonly connected: number };

export type DiscordListener = (event: DiscordEvent) => void;
