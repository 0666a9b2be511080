import { escape, time, type Context } from "../../src/kernel/index.js";
import type { RosterChange } from "../../src/watch/index.js";
import { rankName } from "./rank.js";

/** What happened to a member, in a line. */
export function rosterChangeLine(change: RosterChange, context: Pick<Context, "t">): string {
  const { t } = context;
  const name = escape(change.name);
  switch (change.kind) {
    case "joined":
      return t("roster.joined", { name, rank: rankName(change.rank, context) });
    case "left":
      return t("roster.left", {
        name,
        rank: rankName(change.rank, context),
        since: time(new Date(change.joinedAt), "D"),
      });
    case "renamed":
      return t("roster.renamed", { name, was: escape(change.was) });
    case "leader":
      return change.was === undefined
        ? t("roster.leader", { name })
        : t("roster.leader-was", { name, was: escape(change.was) });
    case "promoted":
    case "demoted":
    case "ranked": {
      const ranks = { from: rankName(change.from, context), to: rankName(change.to, context) };
      return t(`roster.${change.kind}`, { name, ...ranks });
    }
  }
}
