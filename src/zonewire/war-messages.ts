import { warMessage } from "../../commands/war/messages.js";
import type { MessageContext, View } from "../kernel/index.js";
import type { Store } from "../store/index.js";
import { attendees, readRoll } from "../war/index.js";
import type { WarEvent } from "../watch/index.js";

/** Reads what a message about a war shows now; undefined: there is no such war. */
export async function readWarMessage(
  { wars, people }: Pick<ReturnType<Store["warring"]>, "wars" | "people">,
  what: WarEvent["what"],
  warId: string,
): Promise<((context: MessageContext) => View | undefined) | undefined> {
  if (what === "attendance") {
    const found = await wars.evidence(warId);
    const evidence = found && readRoll(found);
    if (!evidence) return undefined;
    const { war } = evidence;
    const { region, clanId } = war.terms;
    const expected = region === null || clanId === null ? [] : await people.inClan(region, clanId, war.guildId);
    return (context) => warMessage({ what, attendance: { war, people: attendees(evidence, expected) } }, context);
  }
  const found = await wars.roll(warId);
  const roll = found && readRoll(found);
  // Nobody is reminded of what will not be; the message to sign up with says so.
  if (!roll || (roll.war.state === "cancelled" && what === "reminder")) return undefined;
  return (context) => warMessage({ what, roll }, context);
}
