import { el } from "./dom.js";
import type { Began, Step } from "./protocol.js";
import type { Texts } from "./texts.js";

/** Interactions that stay in the list. */
const MOST = 20;

interface Shown {
  readonly drawn: HTMLDetailsElement;
  readonly steps: HTMLOListElement;
  readonly total: HTMLElement;
  readonly drawnSteps: { readonly step: Step; readonly bar: HTMLElement }[];
}

/** What the last interactions asked of Discord and of the game's API, the newest first and open. */
export class RequestsPanel {
  readonly #texts: Texts;
  readonly #list = el("div");
  readonly #empty: HTMLElement;
  readonly #shown = new Map<string, Shown>();

  constructor(panel: HTMLElement, texts: Texts) {
    this.#texts = texts;
    this.#empty = el("p", {}, texts.noRequests);
    panel.append(el("h2", {}, texts.requests), this.#empty, this.#list);
  }

  apply(event: Began | Step): void {
    if (event.kind === "began") this.#begin(event);
    else this.#add(event);
  }

  clear(): void {
    this.#shown.clear();
    this.#list.replaceChildren();
    this.#empty.hidden = false;
  }

  #begin({ interaction, name, what }: Began): void {
    this.#empty.hidden = true;
    for (const { drawn } of this.#shown.values()) drawn.open = false;
    const title = what === "command" || what === "suggestions" ? `/${name}` : readableId(name);
    const total = el("span", { class: "hint" });
    const steps = el("ol");
    const summary = el(
      "summary",
      {},
      el("bdi", {}, title),
      " ",
      el("span", { class: "hint" }, this.#texts.deeds[what]),
    );
    summary.append(" ", total);
    const drawn = el("details", { class: "interaction", open: true }, summary, steps);
    this.#shown.set(interaction, { drawn, steps, total, drawnSteps: [] });
    this.#list.prepend(drawn);
    const [oldest] = this.#shown.keys();
    if (this.#shown.size <= MOST || oldest === undefined) return;
    this.#shown.get(oldest)?.drawn.remove();
    this.#shown.delete(oldest);
  }

  /** The steps stand in the order of their beginnings, each with a bar at its place in the whole time. */
  #add(step: Step): void {
    const shown = this.#shown.get(step.interaction);
    if (shown === undefined) return;
    const { drawnSteps, steps, total } = shown;
    const bar = el("span");
    const drawn = this.#draw(step, bar);
    const after = drawnSteps.findIndex((one) => one.step.after > step.after);
    steps.insertBefore(drawn, after === -1 ? null : (steps.children[after] ?? null));
    drawnSteps.splice(after === -1 ? drawnSteps.length : after, 0, { step, bar });
    const end = Math.max(1, ...drawnSteps.map(({ step: { after: begin, took } }) => begin + took));
    total.textContent = `${end} ms`;
    for (const one of drawnSteps) {
      one.bar.style.marginInlineStart = `${(one.step.after / end) * 100}%`;
      one.bar.style.width = `${Math.max(1, (one.step.took / end) * 100)}%`;
    }
  }

  #draw({ to, request, outcome, status, after, took, body }: Step, bar: HTMLElement): HTMLElement {
    const texts = this.#texts;
    const target = to === "discord" ? "Discord" : texts.game;
    const result = outcome === "sent" ? String(status ?? texts.noAnswer) : texts.outcomes[outcome];
    const bad = outcome === "refused" || (outcome === "sent" && (status === undefined || status >= 400));
    const timing = outcome === "sent" ? `+${after} ms · ${took} ms` : `+${after} ms`;
    return el(
      "li",
      { class: `step to-${to}` },
      el("span", { class: "target" }, target),
      el("code", {}, ...breakable(request)),
      el("span", { class: bad ? "outcome bad" : "outcome" }, result),
      el("span", { class: "timing" }, timing),
      el("span", { class: "duration", "aria-hidden": "true" }, bar),
      body === undefined
        ? undefined
        : el("details", {}, el("summary", {}, texts.body), el("pre", { tabindex: "0" }, body)),
    );
  }
}

/** A long path is broken before its parts rather than within a word. */
function breakable(request: string): (Node | string)[] {
  return request.split(/(?=[/?&])/).flatMap((part) => [el("wbr"), part]);
}

/** The command and the action that a custom id names, without whose it is and its state. */
function readableId(customId: string): string {
  const [version, command, action] = customId.split(":");
  return version === "v1" && command !== undefined && action !== undefined ? `${command}: ${action}` : customId;
}
