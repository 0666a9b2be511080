import { ChannelList } from "./channel-list.js";
import { el, find } from "./dom.js";
import type { Place } from "./protocol.js";
import { languages } from "./languages.js";
import type { Texts } from "./texts.js";

/** Where the page stands: what its address says. A change loads the page again. */
export interface Standing {
  readonly person: string | undefined;
  readonly channel: string | undefined;
  readonly locale: string;
}

function addressOf({ person, channel, locale }: Standing): string {
  const parameters = { ...(person !== undefined && { person }), ...(channel !== undefined && { channel }), locale };
  return `?${new URLSearchParams(parameters).toString()}`;
}

/**
 * Draws what stands around the messages: server, channels, who one is, in which language, theme, side panels. Returns the
 * list of channels, which goes on changing.
 */
export function drawFrame(place: Place, standing: Standing, texts: Texts): ChannelList {
  const { guild, channel, bot } = place;
  const title = channel.direct ? `@${bot.name}` : `#${channel.name}`;
  document.documentElement.lang = standing.locale;
  document.title = `${title} · ${bot.name}`;
  const channelTitle = find("#channel", HTMLElement);
  channelTitle.textContent = channel.direct ? `@ ${bot.name}` : `# ${channel.name}`;
  find("#guild", HTMLElement).textContent = guild;
  find("#simulated", HTMLElement).textContent = place.world === undefined ? "" : texts.simulated;
  find("#welcome", HTMLElement).textContent = place.world === undefined ? texts.welcome : texts.welcomeWithExamples;
  find("#messages", HTMLElement).setAttribute("aria-label", texts.messages);
  find("#pane", HTMLElement).setAttribute("aria-label", texts.messages);
  const channels = new ChannelList(place, {
    list: find("#channels", HTMLElement),
    texts,
    addressOf: (name) => addressOf({ ...standing, channel: name }),
  });
  find("#switches", HTMLElement).append(...drawSwitches(place, standing, texts));
  themeButton(texts);
  drawer("#sidebar", "#toggle-sidebar", texts.openSidebar, false);
  const roomy = window.matchMedia("(width >= 80rem)").matches;
  drawer("#panel", "#toggle-panel", texts.openPanel, kept("panel") === "open" || (kept("panel") === null && roomy));
  return channels;
}

function drawSwitches({ people, me }: Place, standing: Standing, texts: Texts): HTMLElement[] {
  const names = people.map(({ id, name, username, admin }) => ({
    value: username,
    name: admin ? `${name} (${texts.admin})` : name,
    chosen: id === me.id,
  }));
  const tongues = languages.map(({ locale, name }) => ({ value: locale, name, chosen: locale === standing.locale }));
  const change = (to: Partial<Standing>) => {
    location.search = addressOf({ ...standing, ...to });
  };
  return [
    drawSwitch(texts.person, names, (person) => {
      change({ person });
    }),
    drawSwitch(texts.language, tongues, (locale) => {
      change({ locale });
    }),
  ];
}

function drawSwitch(
  label: string,
  choices: readonly { value: string; name: string; chosen: boolean }[],
  choose: (value: string) => void,
): HTMLElement {
  const options = choices.map(({ value, name, chosen }) => el("option", { value, selected: chosen }, name));
  const select = el("select", { autocomplete: "off" }, ...options);
  select.addEventListener("change", () => {
    choose(select.value);
  });
  return el("label", {}, el("span", {}, label), select);
}

const themes = ["system", "light", "dark"] as const;

/** Goes round the themes. What was chosen is kept, and set by theme.ts before the next page is painted. */
function themeButton(texts: Texts): void {
  const button = find("#theme", HTMLElement);
  const names = { system: texts.themeSystem, light: texts.themeLight, dark: texts.themeDark };
  const root = document.documentElement;
  const current = () => themes.find((theme) => theme === root.dataset.theme) ?? "system";
  const show = () => {
    button.title = names[current()];
    button.setAttribute("aria-label", names[current()]);
  };
  button.addEventListener("click", () => {
    const next = themes[(themes.indexOf(current()) + 1) % themes.length] ?? "system";
    if (next === "system") delete root.dataset.theme;
    else root.dataset.theme = next;
    keep("theme", next);
    show();
  });
  show();
}

/** A part of the page that a button opens and closes. Where it lies over the messages, Escape closes it too. */
function drawer(part: string, toggle: string, label: string, opened: boolean): void {
  const drawn = find(part, HTMLElement);
  const button = find(toggle, HTMLElement);
  const set = (open: boolean) => {
    drawn.toggleAttribute("data-open", open);
    button.setAttribute("aria-expanded", String(open));
  };
  button.setAttribute("aria-label", label);
  button.title = label;
  drawn.setAttribute("aria-label", label);
  button.addEventListener("click", () => {
    const open = !drawn.hasAttribute("data-open");
    set(open);
    if (part === "#panel") keep("panel", open ? "open" : "closed");
    if (open) drawn.focus();
  });
  drawn.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || getComputedStyle(drawn).position !== "fixed") return;
    set(false);
    button.focus();
  });
  // The drawer's shade is its own shadow, so a press on it is one on the page behind it.
  document.addEventListener("pointerdown", ({ target }) => {
    const inside = target instanceof Node && (drawn.contains(target) || button.contains(target));
    if (!inside && getComputedStyle(drawn).position === "fixed") set(false);
  });
  set(opened);
}

/** What this browser keeps for the page; a browser that keeps nothing has nothing. */
function kept(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function keep(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // Then it lasts as long as the page.
  }
}
