import { z } from "zod";

const id = z.string().regex(/^\d{1,20}$/);
const person = z
  .object({ user: z.object({ bot: z.boolean().nullish() }).nullish() })
  .nullish()
  .catch(undefined);
const described = z.object({
  id,
  unavailable: z.boolean().nullish().catch(undefined),
  afk_channel_id: id.nullish().catch(undefined),
  voice_states: z
    .array(z.object({ user_id: id, channel_id: id.nullish(), member: person }))
    .nullish()
    .catch(undefined),
});
const moved = z.object({ guild_id: id, user_id: id, channel_id: id.nullish(), member: person });

/** Somebody in a voice channel. */
export interface InVoice {
  readonly userId: string;
  readonly channelId: string;
}

interface ServerVoice {
  /** Who sits there does nothing for long. */
  readonly afkChannelId: string | undefined;
  /** Channels by person. */
  readonly people: Map<string, string>;
}

/**
 * Who sits in which voice channel, as Discord's events say: all of a server from when it is described on. Of a session that was
 * resumed by another process nothing is known, for Discord describes its servers only once.
 */
export class VoiceChannels {
  readonly #servers = new Map<string, ServerVoice>();

  /** A new session: Discord describes its servers anew. */
  ready(covers: (guildId: string) => boolean): void {
    for (const guildId of this.#servers.keys()) if (covers(guildId)) this.#servers.delete(guildId);
  }

  created(data: unknown): void {
    const { data: guild } = described.safeParse(data);
    if (!guild || guild.unavailable === true) return;
    const people = new Map<string, string>();
    for (const state of guild.voice_states ?? [])
      if (typeof state.channel_id === "string" && !isBot(state)) people.set(state.user_id, state.channel_id);
    this.#servers.set(guild.id, { afkChannelId: guild.afk_channel_id ?? undefined, people });
  }

  deleted(data: unknown): void {
    const { data: guild } = described.safeParse(data);
    if (guild) this.#servers.delete(guild.id);
  }

  moved(data: unknown): void {
    const { data: state } = moved.safeParse(data);
    const server = state && this.#servers.get(state.guild_id);
    if (!server || isBot(state)) return;
    if (typeof state.channel_id === "string") server.people.set(state.user_id, state.channel_id);
    else server.people.delete(state.user_id);
  }

  /** Without those who are away from their keyboard; undefined: it is not known. */
  in(guildId: string): readonly InVoice[] | undefined {
    const server = this.#servers.get(guildId);
    return (
      server &&
      [...server.people].flatMap(([userId, channelId]) =>
        channelId === server.afkChannelId ? [] : [{ userId, channelId }],
      )
    );
  }
}

function isBot({ member }: { readonly member?: z.infer<typeof person> }): boolean {
  return member?.user?.bot === true;
}
