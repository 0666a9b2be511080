import type { Logger } from "pino";
import { linkingCard } from "../../commands/link/card.js";
import { Accounts, type ExboSettings, type LinkingResult } from "../accounts/index.js";
import type { Clock } from "../time.js";
import { LOCALES, localeOf, Reply, type View } from "../kernel/index.js";
import type { Mention } from "../kernel/mention.js";
import type { Texts } from "../kernel/texts.js";
import type { Store } from "../store/index.js";
import { CALLBACK_PATH } from "../web/server.js";
import type { WebTexts } from "../web/texts.js";

export interface LinkingWires {
  readonly store: Store;
  readonly exbo: ExboSettings | undefined;
  /** Where people's browsers reach the bot, without a slash at the end. */
  readonly publicUrl: () => string;
  /** Changes an answer that was given earlier. */
  readonly editLater: (reply: Reply, view: View) => Promise<unknown>;
  readonly texts: Texts;
  /** Writes a command so that people can click it. */
  readonly mention: Mention;
  /** Whether the accounts are those of a simulated game. */
  readonly simulated: boolean;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Linked accounts, wired to Discord: when a linking has ended, the message that began it says how. */
export function wireAccounts(wires: LinkingWires): Accounts {
  const { store, exbo, publicUrl, editLater, texts, mention, simulated, clock, log } = wires;
  return new Accounts({
    store,
    exbo,
    clock,
    redirectUri: () => publicUrl() + CALLBACK_PATH,
    async onFinished(result: LinkingResult, message) {
      const t = texts.translator(localeOf(result.locale), mention);
      await editLater(new Reply(message), { embeds: [linkingCard(result, t, { simulated })] });
    },
    onFailure(error) {
      log.warn({ err: error }, "account linking met a failure");
    },
  });
}

/** The bot's texts for the pages of its web server. */
export function webTexts(texts: Texts): WebTexts {
  return { languages: LOCALES, translator: (language) => texts.translator(localeOf(language)) };
}
