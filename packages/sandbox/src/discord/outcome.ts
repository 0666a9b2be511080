import type { Interaction } from "./interaction.js";
import type { Message } from "./messages.js";
import type { Choice } from "./validation/commands.js";
import type { Modal } from "./validation/modals.js";

/** A modal on somebody's screen. */
export interface OpenModal extends Modal {
  /** The interaction that it answered. */
  readonly interaction: Interaction;
}

/** What came of an interaction. A live view: later edits and follow-ups show up in it. */
export class Outcome {
  readonly interaction: Interaction;

  constructor(interaction: Interaction) {
    this.interaction = interaction;
  }

  /** How the bot acknowledged it, and how long that took on the simulator's clock. */
  get acknowledgement(): Interaction["acknowledgement"] {
    return this.interaction.acknowledgement;
  }

  /**
   * The answer: the reply, the filled placeholder or the updated message; where that was deleted (or nothing but
   * a follow-up came), the first follow-up.
   */
  get message(): Message | undefined {
    const { original, answered } = this.interaction;
    return answered && original?.deleted === false ? original : this.followUps[0];
  }

  /** Whether only the one who asked sees the answer. */
  get ephemeral(): boolean {
    return this.message?.visibleTo !== undefined;
  }

  /** Follow-ups that are still there, without one that filled the placeholder. */
  get followUps(): readonly Message[] {
    return this.interaction.followUps.filter(({ deleted }) => !deleted);
  }

  /** How many answers are to be seen: the first one and the follow-ups, a modal or an autocomplete counting as one. */
  get answers(): number {
    const { original, answered, modal, choices } = this.interaction;
    const first = (answered && original?.deleted === false) || modal !== undefined || choices !== undefined;
    return Number(first) + this.followUps.length;
  }

  get choices(): readonly Choice[] | undefined {
    return this.interaction.choices;
  }

  get modal(): OpenModal | undefined {
    const { modal } = this.interaction;
    return modal && { ...modal, interaction: this.interaction };
  }

  /** What the person sees instead of an answer. */
  get failure(): string | undefined {
    return this.interaction.failure;
  }
}
