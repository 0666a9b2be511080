import { createHash, randomUUID } from "node:crypto";
import { backoff, MINUTE_MS, type Clock, type Random } from "../../time.js";
import type { ClaimedPanel, PanelOutcome, Panels } from "../../store/index.js";
import type { DeliveringLog } from "./log.js";
import type { Failed, Messenger } from "./messenger.js";
import { Woken } from "./woken.js";

export interface PanelSenderOptions<V> {
  readonly panels: Pick<Panels, "claim" | "note">;
  readonly messenger: Messenger<V>;
  /** What a panel shows now. */
  readonly render: (panel: Pick<ClaimedPanel, "region" | "locale">) => Promise<V>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: DeliveringLog;
}

const LEASE_MS = 60_000;
const AT_ONCE = 50;
/** Discord takes three edits of old messages in six seconds from a channel, and says so only when there are more. */
const APART_MS = 2_200;
const PAUSES = { first: 2_000, longest: 5 * MINUTE_MS };
const STRIKES_MS = [MINUTE_MS, 10 * MINUTE_MS];

/** A panel's place, where it may be shown again. */
const FOR_NOW = new Set(["hidden", "permission", "archived", "threads-full"]);

type Shown = Omit<PanelOutcome, "channelId" | "region">;

/** Keeps panels as they should be: edited when what they show changes and only then, and made anew when somebody deletes one. */
export class PanelSender<V> extends Woken {
  readonly #options: PanelSenderOptions<V>;
  /** Those of panels that may be shown again in a while; each cancels. A clock that is set meanwhile changes nothing. */
  readonly #turns = new Set<() => void>();

  constructor(options: PanelSenderOptions<V>) {
    super(options.clock, (error) => {
      options.log.debug({ err: error }, "panels could not be read");
    });
    this.#options = options;
  }

  override async stop(): Promise<void> {
    for (const cancel of this.#turns) cancel();
    await super.stop();
  }

  /** Shows what is due. Returns 0 where there may be more. */
  protected async round(): Promise<number | undefined> {
    const { panels } = this.#options;
    const lease = randomUUID();
    const claimed = await panels.claim(lease, LEASE_MS, AT_ONCE);
    const channels = new Set(claimed.map(({ channelId }) => channelId));
    const outcomes = await Promise.all(
      [...channels].map((id) => this.#showInTurn(claimed.filter(({ channelId }) => channelId === id))),
    );
    const all = outcomes.flat();
    await panels.note(lease, all);
    // Also of what is shown: what has changed meanwhile has to wait for that.
    for (const { nextInMs } of all) if (nextInMs !== undefined) this.#wakeIn(nextInMs);
    return claimed.length === AT_ONCE ? 0 : undefined;
  }

  #wakeIn(ms: number): void {
    const cancel = this.#options.clock.setBackgroundTimeout(() => {
      this.#turns.delete(cancel);
      this.wake();
    }, ms);
    this.#turns.add(cancel);
  }

  /** Of the panels of one channel, one is edited at a time: the others come in their turn. */
  async #showInTurn(ofOne: readonly ClaimedPanel[]): Promise<PanelOutcome[]> {
    const outcomes: PanelOutcome[] = [];
    let edited = 0;
    for (const panel of ofOne) {
      const { channelId, region, version } = panel;
      const view = await this.#options.render(panel);
      const shownHash = createHash("sha256").update(JSON.stringify(view)).digest("base64url").slice(0, 22);
      const isShown = shownHash === panel.shownHash && panel.messageId !== null;
      let shown: Shown;
      if (isShown) shown = { shownVersion: version, failures: "none" };
      else if (edited > 0) shown = { nextInMs: APART_MS * edited };
      else shown = await this.#show(panel, view, shownHash);
      if (!isShown) edited += 1;
      outcomes.push({ channelId, region, ...shown });
    }
    return outcomes;
  }

  async #show(panel: ClaimedPanel, view: V, shownHash: string): Promise<Shown> {
    const { messenger } = this.#options;
    const done = { shownVersion: panel.version, shownHash, failures: "none", nextInMs: APART_MS } as const;
    if (panel.messageId !== null) {
      const edited = await messenger.edit(panel.channelId, panel.messageId, view);
      if (edited.kind === "done") return done;
      const isLost = edited.kind === "refused" && (edited.reason === "message-gone" || edited.reason === "not-own");
      if (!isLost) return this.#failed(edited, panel);
    }
    const kind = await messenger.kindOf(panel.channelId);
    if (kind.kind !== "found") return this.#failed(kind, panel);
    // Discord takes a few edits an hour there, of any message.
    if (kind.channel === "announcement" || kind.channel === undefined) return { pausedFor: "wrong-channel" };
    const message = { view, silent: true, triedAgoMs: null };
    let posted = await messenger.post(panel.channelId, { ...message, nonce: nonceOf(panel) });
    // Made a moment ago by somebody who could not note it, and deleted since.
    if (posted.kind === "deleted")
      posted = await messenger.post(panel.channelId, { ...message, nonce: nonceOf(panel, randomUUID()) });
    if (posted.kind === "sent") return { ...done, messageId: posted.messageId };
    return posted.kind === "deleted" ? { nextInMs: APART_MS } : this.#failed(posted, panel);
  }

  async #failed(failed: Failed, { channelId, region, guildId, failures }: ClaimedPanel): Promise<Shown> {
    const { messenger, random, log } = this.#options;
    const jitter = 0.5 + random();
    if (failed.kind === "limited") return { nextInMs: failed.waitMs * (1 + random() / 10) };
    if (failed.kind !== "refused")
      return { nextInMs: backoff(Math.min(failures, 20) + 1, PAUSES) * jitter, failures: "one" };
    const { reason, cause } = failed;
    if (reason === "server-gone") {
      log.info({ guildId }, "the bot is not in this server any more: what is watched there waits for its return");
      return { leftServer: guildId };
    }
    const nextInMs = FOR_NOW.has(reason) ? STRIKES_MS[failures] : undefined;
    if (nextInMs !== undefined) return { nextInMs: nextInMs * jitter, failures: "one" };
    const lacks = reason === "hidden" || reason === "permission";
    const pausedFor = (lacks ? await messenger.missingIn(channelId) : undefined) ?? reason;
    log.info(
      { channelId, region, reason: pausedFor, err: cause },
      "a panel is paused: it cannot be shown there any more",
    );
    return { pausedFor };
  }
}

/** A panel that is made twice in a moment is made once. */
function nonceOf({ channelId, region, messageId, version }: ClaimedPanel, again = ""): string {
  const about = [channelId, region, messageId ?? "", version, again].join(":");
  return createHash("sha256").update(about).digest("base64url").slice(0, 25);
}
