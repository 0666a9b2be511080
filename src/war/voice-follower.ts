import type { WarStore } from "../store/index.js";
import { MINUTE_MS, type Clock } from "../time.js";
import { Woken } from "../watch/index.js";

interface VoiceFollowerOptions {
  readonly presence: Pick<WarStore["presence"], "running" | "sawVoice">;
  /** Who sits in the voice channels of a server; undefined: this process does not know. */
  readonly inVoice: (guildId: string) => readonly { readonly userId: string; readonly channelId: string }[] | undefined;
  readonly clock: Clock;
  readonly onFailure: (error: unknown) => void;
}

/** Of what was between two looks that are further apart nothing is said: somebody may have been at another process. */
const LONGEST_MS = MINUTE_MS;

/** While wars run, writes down who sits in voice, as the gateway tells this process; it looks whenever it is woken. */
export class VoiceFollower extends Woken {
  readonly #options: VoiceFollowerOptions;
  /** When each war was looked at last, by our clock. */
  #looked = new Map<string, number>();

  constructor(options: VoiceFollowerOptions) {
    super(options.clock, options.onFailure);
    this.#options = options;
  }

  protected async round(): Promise<undefined> {
    const { presence, inVoice, clock } = this.#options;
    const looked = new Map<string, number>();
    for (const { warId, guildId, voiceChannelId } of await presence.running()) {
      const all = inVoice(guildId);
      if (!all) continue;
      const people = all
        .filter(({ channelId }) => voiceChannelId === null || channelId === voiceChannelId)
        .map(({ userId: personId }) => ({ personId, present: true }));
      const now = clock.now();
      const before = this.#looked.get(warId) ?? -Infinity;
      const sinceMs = now - before > LONGEST_MS ? 0 : now - before;
      await presence.sawVoice({ warId, sinceMs, people, whole: true });
      looked.set(warId, now);
    }
    this.#looked = looked;
  }
}
