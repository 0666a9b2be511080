import { NotPossibleError, type OpenModal } from "../discord/index.js";

const KEPT = 100;

/** Modals on people's screens, by the interaction that opened them; the newest hundred. */
export class OpenModals {
  readonly #byInteraction = new Map<string, OpenModal>();

  add(modal: OpenModal): void {
    this.#byInteraction.set(modal.interaction.id, modal);
    const [oldest] = this.#byInteraction.keys();
    if (this.#byInteraction.size > KEPT && oldest !== undefined) this.#byInteraction.delete(oldest);
  }

  /** @throws NotPossibleError */
  get(interaction: string): OpenModal {
    const modal = this.#byInteraction.get(interaction);
    if (modal === undefined) throw new NotPossibleError("there is no such modal, or it was closed");
    return modal;
  }
}
