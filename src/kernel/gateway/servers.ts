import { guildEvent, readyGuilds } from "./packets.js";

/** Is notified which servers the bot is in. Rejections are logged. */
export interface Servers {
  /** The bot was added to a server. */
  joined(guildId: string): Promise<void>;
  /** The bot was removed from a server, or the server was deleted; not when a server is out of order for a while. */
  left(guildId: string): Promise<void>;
  /**
   * All servers of a new session, so that one left meanwhile is known by its absence; `covers` says whether the session
   * would have a server, which is so for all of them unless there are several shards.
   */
  present(guildIds: ReadonlySet<string>, covers: (guildId: string) => boolean): Promise<void>;
}

interface Place {
  readonly shard: number;
  readonly shards: number;
}

/** Reads from Discord's events where the bot is. */
export class ServerWatch {
  readonly #servers: Servers;
  readonly #onFailure: (error: unknown) => void;
  /** Servers that Discord has still to describe, which is no news: those of a new session, and those out of order. */
  readonly #expected = new Set<string>();

  constructor(servers: Servers, onFailure: (error: unknown) => void) {
    this.#servers = servers;
    this.#onFailure = onFailure;
  }

  /** A new session, with the servers of its shard. Reports nothing where Discord does not: else every server would count as left. */
  ready(data: unknown, { shard, shards }: Place): void {
    const { data: ready, error } = readyGuilds.safeParse(data);
    if (!ready) {
      this.#onFailure(error);
      return;
    }
    const covers = (guildId: string) => Number((BigInt(guildId) >> 22n) % BigInt(shards)) === shard;
    for (const id of this.#expected) if (covers(id)) this.#expected.delete(id);
    const ids = new Set(ready.guilds.map(({ id }) => id));
    for (const id of ids) this.#expected.add(id);
    this.#tell(this.#servers.present(ids, covers));
  }

  created(data: unknown): void {
    const { data: guild, error } = guildEvent.safeParse(data);
    if (!guild) this.#onFailure(error);
    else if (!this.#expected.delete(guild.id)) this.#tell(this.#servers.joined(guild.id));
  }

  deleted(data: unknown): void {
    const { data: guild, error } = guildEvent.safeParse(data);
    if (!guild) {
      this.#onFailure(error);
    } else if (guild.unavailable) {
      this.#expected.add(guild.id);
    } else {
      this.#expected.delete(guild.id);
      this.#tell(this.#servers.left(guild.id));
    }
  }

  #tell(telling: Promise<void>): void {
    telling.catch(this.#onFailure);
  }
}
