import type { LinkingResult } from "../../src/accounts/index.js";
import { card, COLOURS, escape, paragraphs, time, type Context, type Translate } from "../../src/kernel/index.js";

/** What a person is to know before they go to EXBO's page. */
export function consentCard(expiresAt: Date, { t, told }: Context) {
  return card({
    title: t("link.title"),
    description: paragraphs(t("link.text"), t("link.lends"), t("link.yours")),
    note: t("link.valid", { when: time(told(expiresAt), "R") }),
  });
}

/** How a linking ended: takes the place of the card that began it, and is marked like it where the game is simulated. */
export function linkingCard(result: LinkingResult, t: Translate, { simulated }: { readonly simulated: boolean }) {
  const done = result.kind === "linked" || result.kind === "renewed";
  const login = "login" in result ? escape(result.login) : "";
  return card({
    title: t(`link.${result.kind}.title`),
    colour: done ? COLOURS.good : result.kind === "denied" ? COLOURS.neutral : COLOURS.alert,
    description: t(`link.${result.kind}.text`, { login }),
    note: t(done ? "link.next" : "link.again"),
    footer: simulated ? t("card.simulated") : undefined,
  });
}
