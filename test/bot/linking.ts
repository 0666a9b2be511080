import { ComponentType } from "discord-api-types/v10";
import type { Actor, Message, Outcome } from "@zonewire/sandbox/discord";
import type { Bot } from "./bot.js";

export interface Page {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** What a browser shows of an address. */
export async function visit(address: string | URL, headers: Record<string, string> = {}): Promise<Page> {
  const response = await fetch(address, { headers, redirect: "manual" });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** Where the link button of a message leads. */
export function linkOf(message: Message | undefined): string {
  const button = partsOf(message).find((part) => part.type === ComponentType.Button && part.url !== undefined);
  if (button?.type !== ComponentType.Button || button.url === undefined) throw new Error("the message has no link");
  return button.url;
}

export function partsOf(message: Message | undefined) {
  return (message?.components ?? []).flatMap((row) => (row.type === ComponentType.ActionRow ? row.components : []));
}

/** Fills in the form of the consent page, as a browser does; an empty login denies. Returns where it sends the browser. */
export async function consent(address: string, login: string): Promise<URL> {
  const { text } = await visit(address);
  const form = new URLSearchParams({ account: login });
  for (const [, name, value] of text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)) {
    form.set(name!, value!);
  }
  const { origin, pathname } = new URL(address);
  const answer = await fetch(origin + pathname, { method: "POST", body: form, redirect: "manual" });
  return new URL(answer.headers.get("location")!);
}

export interface Linked {
  readonly outcome: Outcome;
  readonly callback: URL;
  readonly page: Page;
}

/** The whole way: `/link`, the consent page, the callback, and the private message once it has changed. */
export async function link(bot: Bot, person: Actor = bot.as(), login = "marten"): Promise<Linked> {
  const outcome = await person.slash("link");
  const before = JSON.stringify(outcome.message?.embeds);
  const callback = await consent(linkOf(outcome.message), login);
  const page = await visit(callback);
  await bot.discord.until("the private message to change", () => JSON.stringify(outcome.message?.embeds) !== before);
  return { outcome, callback, page };
}

/** The select menu of a message whose custom id has this part. */
export function menuOf(message: Message | undefined, part: string) {
  const menu = partsOf(message).find((one) => one.type === ComponentType.StringSelect && one.custom_id.includes(part));
  if (menu?.type !== ComponentType.StringSelect) throw new Error(`the message has no menu ${part}`);
  return { customId: menu.custom_id, options: menu.options };
}
