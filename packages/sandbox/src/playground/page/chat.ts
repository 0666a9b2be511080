import { dots, el, find } from "./dom.js";
import { componentId } from "./draw-components.js";
import { drawMessage, drawOnlyYou, drawShell } from "./draw-message.js";
import type { Reader } from "./draw-markdown.js";
import { continues, startsDay, type Line } from "./grouping.js";
import type { Message, PlaygroundEvent } from "./protocol.js";
import { formatTime } from "./timestamp.js";

/** What a person can do to the messages that are shown. Resolves once the bot acknowledged it. */
export interface ChatActions {
  readonly click: (message: string, customId: string) => Promise<unknown>;
  readonly select: (message: string, customId: string, values: readonly string[]) => Promise<unknown>;
}

interface ChatOptions {
  readonly list: HTMLElement;
  /** The element that scrolls. */
  readonly pane: HTMLElement;
  /** Leads to the newest message; shown when there are new ones out of sight. */
  readonly jump: HTMLElement;
  readonly reader: Reader;
  readonly actions: ChatActions;
}

interface Shown {
  readonly line: Line;
  readonly element: HTMLElement;
  /** The line above the first message of a day. */
  readonly divider: HTMLElement | undefined;
}

/** The column of messages: one element for each, in the order in which they came. */
export class Chat {
  readonly #options: ChatOptions;
  readonly #shown = new Map<string, Shown>();
  readonly #dismissed = new Set<string>();
  /** Components whose press the bot has not acknowledged, by message. */
  readonly #pressed = new Map<string, string>();
  /** Whoever reads the newest message goes on seeing the newest; whoever reads an older one is left there. */
  #following = true;

  constructor(options: ChatOptions) {
    this.#options = options;
    const { pane, list, jump, reader } = options;
    jump.textContent = reader.texts.newMessages;
    jump.addEventListener("click", () => {
      this.#follow();
      pane.focus({ preventScroll: true });
    });
    let height = 0;
    pane.addEventListener("scroll", () => {
      // The list grew since it was scrolled: nobody meant to leave the end.
      if (this.#following && pane.scrollHeight !== height) return;
      this.#following = pane.scrollHeight - pane.scrollTop - pane.clientHeight < 40;
      if (this.#following) jump.hidden = true;
    });
    // Also when a picture arrives late, or the screen's keyboard takes half of the room.
    const sizes = new ResizeObserver(() => {
      height = pane.scrollHeight;
      if (this.#following) pane.scrollTop = height;
    });
    sizes.observe(list);
    sizes.observe(pane);
  }

  apply(event: PlaygroundEvent): void {
    switch (event.kind) {
      case "history":
        for (const id of [...this.#shown.keys()]) this.#remove(id);
        for (const message of event.messages) this.#show(message);
        break;
      case "created":
        this.#show(event.message);
        this.#options.jump.hidden = this.#following;
        break;
      case "updated":
        this.#show(event.message);
        break;
      case "deleted":
        this.#remove(event.id);
        break;
      case "failed":
        this.#showFailure(event);
        break;
      case "commands":
      case "began":
      case "step":
      case "world":
      case "place":
      case "elsewhere":
        return;
    }
    this.#arrange();
  }

  /** A line for a command that was sent and not yet acknowledged; the returned function takes it away. */
  sending(command: string): () => void {
    const { reader } = this.#options;
    const id = `sending-${Date.now()}`;
    const body = el("p", { class: "message-body thinking" }, dots(), reader.texts.sending);
    this.#showShell(id, body, { at: Date.now(), command, ephemeral: false });
    this.#arrange();
    this.#follow();
    return () => {
      this.#remove(id);
      this.#arrange();
    };
  }

  #follow(): void {
    const { pane, jump } = this.#options;
    this.#following = true;
    jump.hidden = true;
    pane.scrollTop = pane.scrollHeight;
  }

  #show(message: Message): void {
    const { id, author, at, ephemeral, command } = message;
    if (this.#dismissed.has(id)) return;
    const { reader, actions } = this.#options;
    const element = drawMessage(message, reader, {
      click: (customId) => {
        this.#press(id, customId, () => actions.click(id, customId));
      },
      select: (customId, values) => {
        this.#press(id, customId, () => actions.select(id, customId, values));
      },
      dismiss: () => {
        this.#dismissed.add(id);
        this.#remove(id);
        this.#arrange();
        find("#command-line input", HTMLElement).focus();
      },
    });
    this.#put(id, element, { author: author.id, at, ephemeral, headed: command !== undefined });
  }

  /** A new one goes to the end, another version of one that is there takes its place and its focus. */
  #put(id: string, element: HTMLElement, line: Line): void {
    const before = this.#shown.get(id);
    const focused = before?.element.contains(document.activeElement) === true ? document.activeElement : null;
    const successor = before && focused ? successorOf(focused, before.element, element) : undefined;
    if (before === undefined) this.#options.list.append(element);
    else before.element.replaceWith(element);
    this.#shown.set(id, { line, element, divider: before?.divider });
    this.#showPressed(id);
    successor?.focus({ preventScroll: true });
  }

  /** Components rest while the bot has not answered a press. */
  #press(id: string, customId: string, act: () => Promise<unknown>): void {
    if (this.#pressed.has(id)) return;
    this.#shown.get(id)?.element.querySelector(".failure")?.remove();
    this.#pressed.set(id, customId);
    this.#showPressed(id);
    void act().finally(() => {
      this.#pressed.delete(id);
      this.#showPressed(id);
    });
  }

  #showPressed(id: string): void {
    const customId = this.#pressed.get(id);
    const pressed = customId === undefined ? undefined : componentId(id, customId);
    for (const button of this.#shown.get(id)?.element.querySelectorAll(".component-row button[id]") ?? []) {
      button.querySelector(".dots")?.remove();
      button.ariaDisabled = pressed === undefined ? null : "true";
      button.ariaBusy = button.id === pressed ? "true" : null;
      if (button.id === pressed) button.append(dots());
    }
  }

  #showFailure({ interaction, at, reason, command, message }: Extract<PlaygroundEvent, { kind: "failed" }>): void {
    const { texts } = this.#options.reader;
    const used = message === undefined ? undefined : this.#shown.get(message);
    const said = used === undefined ? texts.noResponse : texts.interactionFailed;
    const line = el("p", { class: "failure", role: "alert", title: reason }, said);
    if (used !== undefined) {
      used.element.querySelector(".failure")?.remove();
      used.element.querySelector(".message-body")?.append(line);
      return;
    }
    const dismiss = drawOnlyYou(texts, () => {
      this.#remove(interaction);
      this.#arrange();
    });
    this.#showShell(interaction, el("div", { class: "message-body" }, line, dismiss), { at, command, ephemeral: true });
  }

  /** Something that the bot is made to say. */
  #showShell(
    id: string,
    body: HTMLElement,
    { at, command, ephemeral }: { at: number; command: string | undefined; ephemeral: boolean },
  ): void {
    const { reader } = this.#options;
    const { bot, me } = reader.place;
    const used = command === undefined ? undefined : { person: me.name, name: command };
    const element = drawShell({ author: { ...bot, app: true }, at, command: used, body, ephemeral }, reader);
    this.#put(id, element, { author: bot.id, at, ephemeral, headed: used !== undefined });
  }

  #remove(id: string): void {
    const shown = this.#shown.get(id);
    shown?.element.remove();
    shown?.divider?.remove();
    this.#shown.delete(id);
  }

  /** Names the author once above several messages, and the day above its first. */
  #arrange(): void {
    const { locale } = this.#options.reader;
    let before: Line | undefined;
    for (const [id, shown] of this.#shown) {
      const { line, element } = shown;
      element.classList.toggle("continued", continues(line, before));
      const starts = startsDay(line, before);
      if (starts && shown.divider === undefined) {
        const divider = el("p", { class: "day" }, formatTime(line.at, "D", line.at, locale));
        element.before(divider);
        this.#shown.set(id, { line, element, divider });
      } else if (!starts && shown.divider !== undefined) {
        shown.divider.remove();
        this.#shown.set(id, { line, element, divider: undefined });
      }
      before = line;
    }
  }
}

/** What has the focus after an edit: the same component, or the nearest that can have it. */
function successorOf(focused: Element, before: HTMLElement, after: HTMLElement): HTMLElement | undefined {
  const focusable = "button:not(.menu-popover *), a[href]";
  // From an open list back to its menu.
  const source = focused.closest(".menu-box")?.querySelector("button") ?? focused;
  const index = [...before.querySelectorAll(focusable)].indexOf(source);
  const candidates = [...after.querySelectorAll<HTMLElement>(focusable)].map((one, at) => ({ one, at }));
  const usable = candidates.filter(({ one }) => !one.matches(":disabled"));
  const same = usable.find(({ one }) => one.id !== "" && one.id === source.id);
  return (same ?? usable.sort((a, b) => Math.abs(a.at - index) - Math.abs(b.at - index))[0])?.one;
}
