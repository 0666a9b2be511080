import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Accounts, type AnswerHandle, type Asker, type LinkingResult } from "../../src/accounts/index.js";
import { LOCALES, type Locale } from "../../src/kernel/locale.js";
import { Texts } from "../../src/kernel/texts.js";
import { GameSimulator, type GameSimulatorOptions } from "@zonewire/sandbox/game";
import { KeyRing, openStore, type Store } from "../../src/store/index.js";
import { CALLBACK_PATH, Web, type WebOptions } from "../../src/web/server.js";
import type { WebTexts } from "../../src/web/texts.js";
import { ManualClock } from "../manual-clock.js";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const wren: Asker = { discordId: "100000000000000001", name: "Wren <b>&", locale: "en" };
export const robin: Asker = { discordId: "100000000000000002", name: "Малиновка", locale: "ru" };
const PEOPLE = [wren, robin];
export const message: AnswerHandle = { applicationId: "900000000000000000", token: "aW50ZXJhY3Rpb24-token" };

/** Tells when somebody waits on it. */
export class WatchedClock extends ManualClock {
  #awaited: { ms: number; resolve: () => void }[] = [];

  override setTimeout(callback: () => void, ms: number): () => void {
    for (const one of this.#awaited) if (one.ms === ms) one.resolve();
    this.#awaited = this.#awaited.filter((one) => one.ms !== ms);
    return super.setTimeout(callback, ms);
  }

  /** Resolves when a timer of `ms` milliseconds is set. */
  waitedOnFor(ms: number): Promise<void> {
    return new Promise((resolve) => this.#awaited.push({ ms, resolve }));
  }
}

export const ringOf = (id: string) => KeyRing.parse(`${id}:${randomBytes(32).toString("base64")}`);

/** A folder for an embedded store, which is taken away at the end. */
export async function folder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), "zonewire-accounts-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

export function openEmbedded(dataDir: string, clock: ManualClock, keys = ringOf("a")): Promise<Store> {
  const settings = { dataDir, databaseUrl: undefined, keys };
  return openStore({ settings, clock, log: { warn: () => undefined } });
}

const loaded = Texts.load(join(import.meta.dirname, "../../locales"));

export async function webTexts(): Promise<WebTexts> {
  const texts = await loaded;
  const isOurs = (language: string): language is Locale => (LOCALES as readonly string[]).includes(language);
  return { languages: LOCALES, translator: (language) => texts.translator(isOurs(language) ? language : "en") };
}

/** The bot's accounts and web server, the simulated EXBO and one store. */
export interface Place {
  readonly clock: ManualClock;
  readonly store: Store;
  readonly simulator: GameSimulator;
  readonly accounts: Accounts;
  readonly web: Web;
  /** What Discord was told, and by what. */
  readonly told: (readonly [LinkingResult, AnswerHandle])[];
  readonly failures: unknown[];
  /** Another process on the same store. */
  readonly another: () => Accounts;
}

export interface PlaceOptions {
  readonly game?: GameSimulatorOptions;
  readonly web?: Partial<WebOptions>;
  readonly notSetUp?: true;
  /** Leaves in the store what the test put there. */
  readonly keep?: true;
}

/** Runs `test` in a new place over `store`, which is emptied of our people afterwards. */
export async function inPlace(
  { store, clock }: { store: Store; clock: ManualClock },
  { game = {}, web: webOptions = {}, notSetUp, keep }: PlaceOptions,
  test: (place: Place) => Promise<void>,
): Promise<void> {
  const simulator = await GameSimulator.start({ clock, tokenLifetime: HOUR, clansPerRegion: 4, ...game });
  const told: [LinkingResult, AnswerHandle][] = [];
  const failures: unknown[] = [];
  const { clientId, clientSecret } = simulator.credentials;
  const another = (): Accounts =>
    new Accounts({
      store,
      exbo: notSetUp ? undefined : { url: simulator.oauthUrl, clientId, clientSecret },
      redirectUri: () => web.address + CALLBACK_PATH,
      clock,
      onFinished: (result, handle) => void told.push([result, handle]),
      onFailure: (error) => failures.push(error),
    });
  const accounts = another();
  const web: Web = await Web.start({
    host: "127.0.0.1",
    port: 0,
    missing: () => [],
    clock,
    linking: { finish: (parameters) => accounts.finish(parameters), texts: await webTexts() },
    onError: (error) => failures.push(error),
    ...webOptions,
  });
  simulator.allowRedirect(web.address + CALLBACK_PATH);
  try {
    await test({ clock, store, simulator, accounts, web, told, failures, another });
  } finally {
    await accounts.close();
    await web.close();
    await simulator.close();
    if (!keep) for (const { discordId } of PEOPLE) await store.personal.delete(discordId).catch(() => undefined);
  }
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export async function get(url: string | URL, headers: Record<string, string> = {}, method = "GET"): Promise<Reply> {
  const response = await fetch(url, { method, headers, redirect: "manual" });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** The address of the consent page that `/link` hands out. */
export async function begin({ accounts }: Pick<Place, "accounts">, asker = wren): Promise<string> {
  const beginning = await accounts.begin(asker, message);
  if (beginning.kind !== "begun") throw new Error(`the linking has not begun: ${beginning.kind}`);
  return beginning.url;
}

/** Presses a button of the consent page, as a browser would; "" denies. Returns where it sends the browser. */
export async function consent(url: string, login: string): Promise<URL> {
  const { text } = await get(url);
  const form = new URLSearchParams({ account: login });
  for (const [, name, value] of text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)) {
    form.set(name!, value!);
  }
  const address = new URL(url);
  const answer = await fetch(address.origin + address.pathname, { method: "POST", body: form, redirect: "manual" });
  return new URL(answer.headers.get("location")!);
}

/** The whole way: `/link`, consent, callback. */
export async function link(place: Pick<Place, "accounts">, asker = wren, login = "marten"): Promise<Reply> {
  return get(await consent(await begin(place, asker), login));
}

/** How often the token endpoint was asked. */
export function tokenRequests({ simulator }: Place): number {
  return simulator.requests.all().filter(({ path }) => path === "/oauth/token").length;
}

/** The links of a person, without what differs in each run. */
export async function linksOf({ store }: Pick<Place, "store">, { discordId }: Asker = wren) {
  return (await store.links.of(discordId)).map(({ login, state, isMain }) => ({ login, state, isMain }));
}
