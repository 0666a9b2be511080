import { el } from "./dom.js";
import { dots, drawMessage, drawOnlyYou, drawShell } from "./draw-message.js";
import type { Reader } from "./draw-markdown.js";
import type { Message, PlaygroundEvent } from "./protocol.js";
import type { Texts } from "./texts.js";

/** What a person can do to the messages that are shown. Resolves once the bot acknowledged it. */
export interface ChatActions {
  readonly click: (message: string, customId: string) => Promise<unknown>;
  readonly select: (message: string, customId: string, values: readonly string[]) => Promise<unknown>;
}

interface ChatOptions {
  readonly list: HTMLElement;
  /** The element that scrolls. */
  readonly pane: HTMLElement;
  readonly reader: Reader;
  readonly texts: Texts;
  readonly actions: ChatActions;
}

/** The column of messages: one element for each, in the order in which they came. */
export class Chat {
  readonly #options: ChatOptions;
  readonly #shown = new Map<string, HTMLElement>();
  readonly #dismissed = new Set<string>();

  constructor(options: ChatOptions) {
    this.#options = options;
  }

  apply(event: PlaygroundEvent): void {
    switch (event.kind) {
      case "history":
        this.#keepingBottom(() => {
          for (const id of this.#shown.keys()) this.#remove(id);
          for (const message of event.messages) this.#show(message);
        });
        break;
      case "created":
      case "updated":
        this.#keepingBottom(() => {
          this.#show(event.message);
        });
        break;
      case "deleted":
        this.#remove(event.id);
        break;
      case "failed":
        this.#keepingBottom(() => {
          this.#showFailure(event);
        });
        break;
      case "commands":
        break;
    }
  }

  /** A line for a command that was sent and not yet acknowledged; the returned function takes it away. */
  sending(person: string, command: string): () => void {
    const { reader, texts, list, pane } = this.#options;
    const body = el("p", { class: "thinking" }, dots(), texts.sending);
    const author = { name: reader.place.bot.name, app: true };
    const line = { author, at: Date.now(), command: { person, name: command }, body, ephemeral: false };
    const drawn = drawShell(line, reader, texts);
    list.append(drawn);
    pane.scrollTop = pane.scrollHeight;
    return () => {
      drawn.remove();
    };
  }

  #show(message: Message): void {
    if (this.#dismissed.has(message.id)) return;
    const { reader, texts, actions, list } = this.#options;
    const before = this.#shown.get(message.id);
    const act = (done: Promise<unknown>) => {
      void this.#busy(message.id, done);
    };
    const drawn = drawMessage(message, reader, texts, {
      click: (customId) => {
        act(actions.click(message.id, customId));
      },
      select: (customId, values) => {
        act(actions.select(message.id, customId, values));
      },
      dismiss: () => {
        this.#dismissed.add(message.id);
        this.#remove(message.id);
      },
    });
    const focused = before?.contains(document.activeElement) === true ? document.activeElement : null;
    if (before === undefined) list.append(drawn);
    else before.replaceWith(drawn);
    this.#shown.set(message.id, drawn);
    if (focused instanceof HTMLElement) refocus(drawn, before, focused);
  }

  /** Components rest while the bot has not answered a press. */
  async #busy(id: string, done: Promise<unknown>): Promise<void> {
    const article = this.#shown.get(id);
    article?.querySelector(".failure")?.remove();
    article?.setAttribute("aria-busy", "true");
    await done;
    article?.removeAttribute("aria-busy");
  }

  #showFailure({ interaction, at, reason, command, message }: Extract<PlaygroundEvent, { kind: "failed" }>): void {
    const { reader, texts, list } = this.#options;
    const { bot } = reader.place;
    if (message !== undefined) {
      const line = el("p", { class: "failure", role: "alert", title: reason }, texts.interactionFailed);
      this.#shown.get(message)?.querySelector(".message-body")?.append(line);
      return;
    }
    const body = el(
      "div",
      { class: "message-body" },
      el("p", { class: "failure", role: "alert", title: reason }, texts.noResponse),
    );
    const person = reader.viewer.name;
    const used = command === undefined ? undefined : { person, name: command };
    body.append(
      drawOnlyYou(texts, () => {
        this.#remove(interaction);
      }),
    );
    const drawn = drawShell(
      { author: { name: bot.name, app: true }, at, command: used, body, ephemeral: true },
      reader,
      texts,
    );
    this.#shown.set(interaction, drawn);
    list.append(drawn);
  }

  #remove(id: string): void {
    this.#shown.get(id)?.remove();
    this.#shown.delete(id);
  }

  /** Whoever reads the newest message goes on seeing the newest; whoever reads an older one is left there. */
  #keepingBottom(change: () => void): void {
    const { pane } = this.#options;
    const atBottom = pane.scrollHeight - pane.scrollTop - pane.clientHeight < 80;
    change();
    if (atBottom) pane.scrollTop = pane.scrollHeight;
  }
}

/** After an edit the focus stays on the component that stands where the focused one stood. */
function refocus(drawn: HTMLElement, before: HTMLElement | undefined, focused: HTMLElement): void {
  const focusable = "button, select, input, a";
  const index = [...(before?.querySelectorAll(focusable) ?? [])].indexOf(focused);
  const successor = drawn.querySelectorAll<HTMLElement>(focusable)[index];
  successor?.focus({ preventScroll: true });
}
