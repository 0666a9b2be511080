import { isFinal, type Interaction } from "./interaction.js";
import { Outcome } from "./outcome.js";
import type { Waiting } from "./waiting.js";

/** Waits for one interaction each, so that thousands of them do not look at one another's news. */
export class Outcomes {
  readonly #waiting: Waiting;
  readonly #looks = new Map<Interaction, Set<() => void>>();

  constructor(waiting: Waiting) {
    this.#waiting = waiting;
  }

  /** Something became of an interaction. */
  happened(interaction: Interaction): void {
    for (const look of this.#looks.get(interaction) ?? []) look();
  }

  async of(interaction: Interaction, until: "answered" | "acknowledged"): Promise<Outcome> {
    const group = new Set<() => void>();
    this.#looks.set(interaction, group);
    try {
      const over = () =>
        isFinal(interaction) || (until === "acknowledged" && interaction.acknowledgement !== undefined);
      const what = () => `an answer to "${interaction.name}" (so far: ${interaction.acknowledgement?.kind ?? "sent"})`;
      await this.#waiting.until(what, over, {}, group);
    } finally {
      this.#looks.delete(interaction);
    }
    return new Outcome(interaction);
  }
}
