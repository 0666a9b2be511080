import { dotted, plain, type MessageContext, type View } from "../../src/kernel/index.js";
import type { Attendance, Roll, War } from "../../src/war/index.js";
import { attendanceReport } from "./attendance-card.js";
import { battleName } from "./battle.js";
import { messageLink, reminderCard } from "./reminder-card.js";
import { signUpCard } from "./sign-up-card.js";

/** What a channel is told of a battle. */
export type ToldWar =
  | { readonly what: "open" | "reminder"; readonly roll: Roll }
  | { readonly what: "attendance"; readonly attendance: Attendance };

/** The message that tells it, in the language of the channel; the one to sign up with is edited to what this gives later. */
export function warMessage(told: ToldWar, context: MessageContext): View {
  switch (told.what) {
    case "open":
      return signUpCard(told.roll, context);
    case "reminder":
      return reminderCard(told.roll, context);
    case "attendance":
      return attendanceReport(told.attendance, context);
  }
}

/** What Discord's scheduled event of a battle says. It has no markup. */
export function eventText(war: War, context: Pick<MessageContext, "t">) {
  const url = messageLink(war);
  return {
    name: plain(battleName(war.terms, context)).slice(0, 100),
    description: url === undefined ? context.t("war.event-about") : context.t("war.event-about-link", { url }),
    location: dotted("STALZONE", war.terms.region ?? undefined).slice(0, 100),
  };
}
