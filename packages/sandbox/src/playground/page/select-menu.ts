import { el, icon } from "./dom.js";
import { drawAvatar } from "./draw-avatar.js";
import type { Reader } from "./draw-markdown.js";
import { isComplete, toggled, typeAhead } from "./menu-choice.js";
import type { Menu, MenuOption } from "./protocol.js";

interface SelectMenuOptions extends Pick<Menu, "placeholder" | "min" | "max" | "options"> {
  /** Of the button, unique on the page. */
  readonly id: string;
  /** What the menu is for. */
  readonly label: string;
  readonly disabled?: boolean;
}

/** Milliseconds after which a further letter begins a new word. */
const WORD_MS = 700;

/**
 * A select menu: a button that opens a list. Arrows, Home, End and letters move in the list; Enter or Space choose;
 * Escape closes it. Where several may be chosen, a button below the list takes them.
 *
 * @param choose told of every choice that is made
 */
export function drawSelectMenu(
  menu: SelectMenuOptions,
  reader: Reader,
  choose: (values: readonly string[]) => void,
): HTMLElement {
  const { id, label, max, options, disabled = false } = menu;
  const { texts } = reader;
  const button = el(
    "button",
    { type: "button", id, class: "menu", disabled, "aria-haspopup": "listbox", "aria-expanded": "false" },
    el("span", { class: "menu-chosen" }),
    icon("m6 9 6 6 6-6"),
  );
  const list = el("div", {
    class: "menu-options",
    role: "listbox",
    tabindex: "0",
    "aria-label": label,
    "aria-multiselectable": max > 1 ? "true" : undefined,
  });
  const popover = el("div", { class: "menu-popover", popover: "auto" }, list);
  button.popoverTargetElement = popover;

  let taken: readonly string[] = options.filter(({ selected }) => selected).map(({ value }) => value);
  /** What is ticked in the open list. */
  let ticked = taken;
  let active = 0;
  const rows = options.map((option, index) => drawOption(option, `${id}-${index}`));
  list.append(...rows);
  const confirm = el("button", { type: "button", class: "button button-primary" }, el("span", {}, texts.done));
  const count = el("span", { class: "hint", "aria-live": "polite" });
  if (max > 1) popover.append(el("div", { class: "menu-confirm" }, count, confirm));

  const show = () => {
    const full = max > 1 && ticked.length >= max;
    for (const [index, { value }] of options.entries()) {
      const is = ticked.includes(value);
      rows[index]?.setAttribute("aria-selected", String(is));
      rows[index]?.setAttribute("aria-disabled", String(full && !is));
      rows[index]?.classList.toggle("active", index === active);
    }
    const row = rows[active];
    if (row) list.setAttribute("aria-activedescendant", row.id);
    row?.scrollIntoView({ block: "nearest" });
    confirm.disabled = !isComplete(ticked, menu);
    count.textContent = `${ticked.length} / ${max}`;
  };
  const take = () => {
    taken = ticked;
    showTaken(button, menu, taken);
    popover.hidePopover();
    choose(taken);
  };
  const press = (index: number) => {
    const value = options[index]?.value;
    if (value === undefined) return;
    active = index;
    ticked = toggled(ticked, value, menu);
    show();
    if (max === 1) take();
  };

  let word = "";
  let typedAt = 0;
  const type = (letter: string, at: number) => {
    word = at - typedAt > WORD_MS ? letter : word + letter;
    typedAt = at;
    const labels = options.map((option) => option.label);
    active = typeAhead(labels, word, active) ?? active;
  };
  list.addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey, timeStamp } = event;
    if (key === "Escape" || key === "Tab" || ctrlKey || metaKey || altKey) return;
    event.preventDefault();
    // The page takes what is typed for the command line otherwise.
    event.stopPropagation();
    if (key === "Enter" || key === " ") press(active);
    else if (key === "ArrowDown") active = Math.min(active + 1, options.length - 1);
    else if (key === "ArrowUp") active = Math.max(active - 1, 0);
    else if (key === "Home") active = 0;
    else if (key === "End") active = options.length - 1;
    else if (key.length === 1) type(key, timeStamp);
    show();
  });
  for (const [index, row] of rows.entries()) {
    row.addEventListener("click", () => {
      press(index);
    });
  }
  confirm.addEventListener("click", take);
  button.addEventListener("click", (event) => {
    // It rests while the bot has not answered a press.
    if (button.ariaDisabled === "true") event.preventDefault();
  });
  button.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    button.click();
  });

  const follow = () => {
    place(popover, button);
  };
  popover.addEventListener("beforetoggle", ({ newState }) => {
    const open = newState === "open";
    button.setAttribute("aria-expanded", String(open));
    if (!open) {
      window.removeEventListener("resize", follow);
      document.removeEventListener("scroll", follow, true);
      return;
    }
    // On the page from the start, it would ask for the page's own focus.
    list.autofocus = true;
    ticked = taken;
    active = Math.max(
      0,
      options.findIndex(({ value }) => taken.includes(value)),
    );
    follow();
    show();
    window.addEventListener("resize", follow);
    document.addEventListener("scroll", follow, true);
  });
  popover.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !popover.contains(relatedTarget)) popover.hidePopover();
  });
  showTaken(button, menu, taken);
  return el("div", { class: "menu-box" }, button, popover);
}

function drawOption({ label, description, emoji, sort }: MenuOption, id: string): HTMLElement {
  const signs = { text: emoji, role: "@", channel: "#", person: drawAvatar(label) };
  const sign = signs[sort];
  return el(
    "div",
    { class: "menu-option", role: "option", id },
    sign === undefined ? undefined : el("span", { class: "sign", "aria-hidden": "true" }, sign),
    el(
      "span",
      { class: "menu-words" },
      el("span", { class: "menu-label" }, sort === "role" ? label.replace(/^@/, "") : label),
      description === undefined ? undefined : el("span", { class: "menu-about" }, description),
    ),
    el("span", { class: "tick", "aria-hidden": "true" }),
  );
}

/** What is chosen, on the button; what the menu is for when that is nothing. */
function showTaken(button: HTMLElement, { label, max, options }: SelectMenuOptions, taken: readonly string[]): void {
  const shown = options.filter(({ value }) => taken.includes(value));
  const names = shown.map((option) => [option.emoji, option.label].filter(Boolean).join(" "));
  const unseen = (text: string) => el("span", { class: "unseen" }, text);
  const parts = names.flatMap((name, index) => [
    unseen(index === 0 ? `${label}: ` : ", "),
    el("bdi", max > 1 ? { class: "several" } : {}, name),
  ]);
  const place = button.querySelector(".menu-chosen");
  place?.classList.toggle("empty", names.length === 0);
  place?.replaceChildren(...(parts.length > 0 ? parts : [label]));
}

/** Below the button, or above it when there is more room. */
function place({ style }: HTMLElement, button: HTMLElement): void {
  const { top, bottom, left, width } = button.getBoundingClientRect();
  const [gap, enough] = [4, 320];
  const below = window.innerHeight - bottom;
  const under = below >= enough || below >= top;
  style.left = `${left}px`;
  style.width = `${width}px`;
  style.top = under ? `${bottom + gap}px` : "auto";
  style.bottom = under ? "auto" : `${window.innerHeight - top + gap}px`;
  style.maxHeight = `${Math.min(enough, (under ? below : top) - 2 * gap)}px`;
}
