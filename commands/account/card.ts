import type { Link } from "../../src/accounts/index.js";
import { card, COLOURS, escape, lines, time, type Context } from "../../src/kernel/index.js";

export interface AccountModel {
  /** The main one first. */
  readonly links: readonly Link[];
  /** The id of a link that turned out to be of no use just now. */
  readonly broken: string | undefined;
  /** Whether the characters of the main account could be read, as far as they were wanted. */
  readonly complete: boolean;
}

/** The caller's linked accounts. */
export function accountCard({ links, broken, complete }: AccountModel, { t, told }: Context) {
  const isBroken = ({ id, state }: Link) => state === "dead" || id === broken;
  return card({
    title: t("account.title"),
    colour: links.some(isBroken) ? COLOURS.alert : COLOURS.good,
    note: complete ? undefined : t("account.characters-unknown"),
    fields: links.map((link) => {
      const { login, isMain, character, linkedAt } = link;
      return {
        name: isMain && links.length > 1 ? t("account.main", { login: escape(login) }) : escape(login),
        value: lines(
          isBroken(link) && t("account.dead"),
          character
            ? t("account.character", { name: escape(character.name), region: escape(character.region) })
            : t("account.no-character"),
          t("account.since", { when: time(told(linkedAt), "R") }),
        ),
      };
    }),
  });
}
