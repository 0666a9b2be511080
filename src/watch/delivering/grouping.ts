import { z } from "zod";
import type { WaitingDelivery } from "../../store/index.js";

/** So many alerts are one message at most: as many cards as fit into one. */
const MOST = 8;
/** Matches of one watch are lines of one card. */
const MOST_OF_A_WATCH = 25;

const known = z.object({ kind: z.string() });

/** What kind of alert a delivery is; "unknown" for one of an older or newer version. */
export function kindOf({ event }: Pick<WaitingDelivery, "event">): string {
  return known.safeParse(event).data?.kind ?? "unknown";
}

/**
 * Cuts deliveries, in their order, into those that become one message: what was held in quiet hours, prices of one watch, and
 * what is published, because Discord allows that rarely. Those of a try whose outcome is not known are cut as that one cut
 * them: with one more among them, Discord would take the message for the one it has, and that one would be lost.
 */
export function grouped(deliveries: readonly WaitingDelivery[]): [WaitingDelivery, ...WaitingDelivery[]][] {
  const groups: [WaitingDelivery, ...WaitingDelivery[]][] = [];
  for (const delivery of deliveries) {
    const group = groups.at(-1);
    const fits = group && group.length < most(group[0], delivery) && belongTogether(group[0], delivery);
    if (fits) group.push(delivery);
    else groups.push([delivery]);
  }
  return groups;
}

function most(a: WaitingDelivery, b: WaitingDelivery): number {
  return areMatches(a, b) ? MOST_OF_A_WATCH : MOST;
}

function belongTogether(a: WaitingDelivery, b: WaitingDelivery): boolean {
  const isSame = a.locale === b.locale && a.roleId === b.roleId && a.crosspost === b.crosspost && a.silent === b.silent;
  const sameTry = a.begunAgoMs === b.begunAgoMs && a.held === b.held;
  // A sign-up message has buttons of its own, and is edited later.
  if (kindOf(a) === "war" || kindOf(b) === "war") return false;
  return isSame && sameTry && (a.held || areMatches(a, b) || (a.crosspost && kindOf(a) === kindOf(b)));
}

function areMatches(a: WaitingDelivery, b: WaitingDelivery): boolean {
  return a.watchId !== null && a.watchId === b.watchId && kindOf(a) === "price" && kindOf(b) === "price";
}
