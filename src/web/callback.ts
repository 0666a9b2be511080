import { getConnInfo } from "@hono/node-server/conninfo";
import { Hono, type Context } from "hono";
import { accepts } from "hono/accepts";
import { getCookie, setCookie } from "hono/cookie";
import { secureHeaders } from "hono/secure-headers";
import type { LinkingResult } from "../accounts/index.js";
import { MINUTE_MS, type Clock } from "../time.js";
import { RateLimit } from "../rate-limit.js";
import { cookieName, FinishedPages, TOLD_AGAIN_S } from "./finished-page.js";
import { brokenPage, drawPage, STYLE_SOURCE, tooManyPage, type Page } from "./page.js";
import type { Translate, WebTexts } from "./texts.js";

export interface CallbackOptions {
  /** `Accounts.finish`. */
  readonly finish: (parameters: URLSearchParams) => Promise<LinkingResult>;
  readonly texts: WebTexts;
  /** Signs what browsers keep of a finished linking; the same in all processes. Undefined: one of this process. */
  readonly secret?: string | undefined;
  /** Whether browsers come by https, which a proxy in front may hide. */
  readonly secure?: boolean;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

/** Where EXBO sends people back to, below the public address. */
export const CALLBACK_PATH = "/oauth/callback";
/** Requests a minute from one address. Behind a reverse proxy all people share one; a state cannot be guessed anyway. */
const LIMIT = 300;

const STATUS = {
  linked: 200,
  renewed: 200,
  denied: 200,
  invalid: 400,
  taken: 409,
  "exbo-failed": 502,
  "store-failed": 503,
} as const satisfies Record<LinkingResult["kind"], number>;

/** The page on which a linking ends. Its address holds a code and a state: it is never stored, cached or passed on. */
export function callbackRoute({ finish, texts, secret, secure = false, clock, onError }: CallbackOptions): Hono {
  const finished = new FinishedPages(secret);
  /** Linkings that are being finished: who reloads meanwhile waits for the same end. */
  const underWay = new Map<string, Promise<LinkingResult>>();
  const finishOnce = async (context: Context, parameters: URLSearchParams): Promise<LinkingResult> => {
    const header = (name: string) => context.req.header(name);
    if (header("sec-fetch-mode") !== "navigate") return finish(parameters);
    const browser = [getConnInfo(context).remote.address, header("user-agent"), parameters].join("\n");
    const running = underWay.get(browser) ?? finish(parameters).finally(() => underWay.delete(browser));
    underWay.set(browser, running);
    return running;
  };
  const limit = new RateLimit({ limit: LIMIT, window: MINUTE_MS, clock });
  const speak = (context: Context, known?: string): [string, Translate] => {
    const language =
      texts.languages.find((one) => one === known) ??
      accepts(context, { header: "Accept-Language", supports: [...texts.languages], default: "en" });
    return [language, texts.translator(language)];
  };
  const draw = async (context: Context, status: (typeof STATUS)[LinkingResult["kind"]] | 429 | 500, page: Page) =>
    context.html(await drawPage(page), status);

  const app = new Hono();
  app.use(
    // Only here: what else is served has a policy of its own.
    CALLBACK_PATH,
    secureHeaders({
      referrerPolicy: "no-referrer",
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: [STYLE_SOURCE],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    }),
    async (context, next) => {
      await next();
      context.res.headers.set("cache-control", "no-store");
    },
  );
  app.onError((error, context) => {
    onError(error);
    return draw(context, 500, brokenPage(...speak(context)));
  });
  app.all(CALLBACK_PATH, async (context) => {
    // A look at the headers must not use up a state.
    if (context.req.method !== "GET") return context.body(null, 405, { allow: "GET" });
    const again = limit.take(getConnInfo(context).remote.address ?? "");
    if (again !== undefined) {
      context.header("retry-after", String(Math.ceil((again - clock.now()) / 1_000)));
      return draw(context, 429, tooManyPage(...speak(context)));
    }
    const parameters = new URL(context.req.url).searchParams;
    const cookie = cookieName(parameters);
    const before = finished.recall(getCookie(context, cookie), parameters, clock.now());
    const result = before ?? (await finishOnce(context, parameters));
    const memory = before ? undefined : finished.remember(result, parameters, clock.now());
    // Without a path of its own it is for this folder, under whatever path a proxy has put the bot.
    const only = { path: "", httpOnly: true, sameSite: "Lax", secure, maxAge: TOLD_AGAIN_S } as const;
    if (memory !== undefined) setCookie(context, cookie, memory, only);
    const [language, t] = speak(context, result.locale);
    return draw(context, STATUS[result.kind], { language, ...resultPage(result, t) });
  });
  return app;
}

function resultPage(result: LinkingResult, t: Translate): Omit<Page, "language"> {
  const failed = { mood: "bad", note: t("web.again") } as const;
  switch (result.kind) {
    case "linked":
      return { ...linkedPage(result, t), title: t("web.linked.title"), text: t("web.linked.text") };
    case "renewed":
      return { ...linkedPage(result, t), title: t("web.renewed.title"), text: t("web.renewed.text") };
    case "denied":
      return { mood: "calm", title: t("web.denied.title"), text: t("web.denied.text"), note: t("web.again") };
    case "taken":
      return {
        mood: "bad",
        title: t("web.taken.title"),
        facts: [[t("web.exbo-account"), result.login]],
        text: t("web.taken.text"),
      };
    case "invalid":
      return { ...failed, title: t("web.invalid.title"), text: t("web.invalid.text") };
    case "exbo-failed":
      return { ...failed, title: t("web.exbo-failed.title"), text: t("web.exbo-failed.text") };
    case "store-failed":
      return { ...failed, title: t("web.store-failed.title"), text: t("web.store-failed.text") };
  }
}

/** Names both accounts, so that the person who consented sees for which account. */
function linkedPage({ asker, login }: { asker: { name: string }; login: string }, t: Translate) {
  const facts = [[t("web.discord-account"), asker.name] as const, [t("web.exbo-account"), login] as const];
  return { mood: "good", facts, note: t("web.linked.not-you") } as const;
}
