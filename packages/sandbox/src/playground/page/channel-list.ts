import { el } from "./dom.js";
import type { Channel, Place } from "./protocol.js";
import type { Texts } from "./texts.js";

/** What the page's address calls the direct messages with the bot. */
const DIRECT = "@me";

/** What stands before a channel's name. */
const signs: Readonly<Record<Channel["kind"], string>> = {
  text: "#",
  announcement: "📢",
  voice: "🔊",
  forum: "💬",
  thread: "↳",
};

interface ListOptions {
  readonly list: HTMLElement;
  readonly texts: Texts;
  /** The page's address with another channel. */
  readonly addressOf: (channel: string) => string;
}

/** The channels that the person sees, with the number of new messages in those that the page does not show. */
export class ChannelList {
  readonly #options: ListOptions;
  readonly #news = new Map<string, { count: number; pings: boolean }>();
  #place: Place;

  constructor(place: Place, options: ListOptions) {
    this.#options = options;
    this.#place = place;
    this.#draw();
  }

  /** Channels came, changed or went. */
  update(place: Place): void {
    this.#place = place;
    this.#draw();
  }

  /** A new message came into a channel that is not shown. */
  note(channel: string, pings: boolean): void {
    const before = this.#news.get(channel);
    this.#news.set(channel, { count: (before?.count ?? 0) + 1, pings: pings || before?.pings === true });
    this.#draw();
  }

  #draw(): void {
    const { list, texts } = this.#options;
    const { channel, channels, bot } = this.#place;
    const focused = list.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : undefined;
    const known = new Set(channels.map(({ id }) => id));
    const direct = [...this.#news].filter(([id]) => !known.has(id)).map(([, news]) => news);
    list.replaceChildren(
      el("h2", { id: "channels-title" }, texts.channels),
      el(
        "ul",
        { "aria-labelledby": "channels-title" },
        ...channels.map((one) => this.#item(one, one.id === channel.id)),
      ),
      el("h2", { id: "direct-title" }, texts.directMessages),
      el(
        "ul",
        { "aria-labelledby": "direct-title" },
        el("li", {}, this.#link(DIRECT, "@", bot.name, channel.direct, direct[0])),
      ),
    );
    const again = [...list.querySelectorAll("a")].find((link) => link.getAttribute("href") === focused);
    again?.focus({ preventScroll: true });
  }

  #item({ id, name, kind, address, parent }: Channel, current: boolean): HTMLElement {
    const { texts } = this.#options;
    // In a forum itself nobody writes: its posts stand below it.
    const shown =
      kind === "forum"
        ? el("span", { class: "forum" }, sign(signs[kind]), el("span", {}, name))
        : this.#link(address, signs[kind], name, current, current ? undefined : this.#news.get(id));
    shown.title = texts.kinds[kind];
    return el("li", { class: parent === undefined ? undefined : "within" }, shown);
  }

  #link(
    address: string,
    mark: string,
    name: string,
    current: boolean,
    news: { count: number; pings: boolean } | undefined,
  ): HTMLElement {
    const { texts, addressOf } = this.#options;
    const said = news && texts.newHere.replace("{count}", String(news.count));
    const badge = news && el("span", { class: news.pings ? "count pings" : "count", title: said }, String(news.count));
    return el(
      "a",
      { href: addressOf(address), "aria-current": current ? "page" : undefined, class: news && "unread" },
      sign(mark),
      el("span", { class: "name" }, name),
      badge,
    );
  }
}

function sign(mark: string): HTMLElement {
  return el("span", { class: "sign", "aria-hidden": "true" }, mark);
}
