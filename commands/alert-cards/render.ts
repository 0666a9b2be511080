import { lines, row, type View } from "../../src/kernel/index.js";
import type { Alert, PriceEvent, AlertKind } from "../../src/watch/index.js";
import type { TitleContext } from "../watches/entries.js";
import { alertButtons } from "./buttons.js";
import { emissionAlert } from "./emission.js";
import { noticeAlert } from "./notice.js";
import { priceAlert } from "./price.js";
import { rolesAlert } from "./roles.js";
import { rosterAlert } from "./roster.js";

/** Something that is told, and of which watch. */
export interface ToldAlert {
  readonly alert: Alert;
  /** Null: of none in particular. */
  readonly watchId: string | null;
  /** Null: it is private. */
  readonly guildId: string | null;
}

/**
 * One message that tells all of these, the earliest first; matches of one watch are one card. Undefined: there is nothing left
 * to tell. Only a message about one watch has buttons: under a digest nobody could say which of them belong to what.
 */
export function alertMessage(told: readonly ToldAlert[], context: TitleContext): View | undefined {
  const views = together(told).flatMap((group) => viewOf(group, context) ?? []);
  const [first, ...others] = views;
  if (!first || others.length === 0) return first;
  return { content: lines(...views.map(({ content }) => content)), embeds: views.flatMap(({ embeds = [] }) => embeds) };
}

type Group = readonly [ToldAlert, ...ToldAlert[]];

function together(told: readonly ToldAlert[]): Group[] {
  const groups: [ToldAlert, ...ToldAlert[]][] = [];
  for (const one of told) {
    const { watchId, alert } = one;
    const same = groups.find(
      ([first]) =>
        alert.kind === "price" && first.alert.kind === "price" && watchId !== null && first.watchId === watchId,
    );
    if (same) same.push(one);
    else groups.push([one]);
  }
  return groups;
}

function viewOf(group: Group, context: TitleContext): View | undefined {
  const [{ alert, watchId, guildId }] = group;
  /** Under what the alert itself leads to. */
  const changeable = (kind: AlertKind, { components = [], ...view }: View): View => ({
    ...view,
    components:
      watchId === null ? components : [...components, row(...alertButtons(kind, { watchId, guildId }, context))],
  });
  switch (alert.kind) {
    case "emission":
      return changeable("emission", emissionAlert(alert, context));
    case "roster":
      return changeable("roster", rosterAlert(alert, context));
    case "roles":
      return rolesAlert(alert, context);
    case "price":
      return priceAlert(group.flatMap(pricesOf), { watchId: watchId ?? "", guildId }, context);
    case "war":
      // What it says is read when it is sent, by who sends it.
      return undefined;
    case "notice":
      return noticeAlert(alert, context);
  }
}

function pricesOf({ alert }: ToldAlert): PriceEvent[] {
  return alert.kind === "price" ? [alert] : [];
}
