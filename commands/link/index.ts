import {
  defineCommand,
  defineComponent,
  linkButton,
  row,
  stateOf,
  time,
  UserError,
  type ContextWith,
  type View,
} from "../../src/kernel/index.js";
import { consentCard } from "./card.js";

/** The button that begins; it takes the place of whatever it hangs on. */
export const beginButton = defineComponent({
  command: "link",
  action: "begin",
  audience: "owner",
  state: stateOf({}),
  access: "reply",
  run: (_press, context) => begin(context),
});

export default defineCommand({
  name: "link",
  topic: "topic.account",
  visibility: "private",
  access: "reply",
  components: [beginButton],
  run: (_input, context) => begin(context),
});

/** Sends the caller to EXBO's page. The answer changes once they have been there. */
async function begin(context: ContextWith<"reply">): Promise<View> {
  const { accounts, userId, userName, locale, reply, t, told } = context;
  const message = { applicationId: reply.applicationId, token: reply.reveal() };
  const beginning = await accounts.begin({ discordId: userId, name: userName, locale }, message);
  switch (beginning.kind) {
    case "not-set-up":
      throw new UserError("error.linking-off");
    case "too-often":
      throw new UserError("error.link-too-often", { when: time(told(beginning.again), "R") });
    case "begun":
      return {
        embeds: [consentCard(beginning.expiresAt, context)],
        components: [row(linkButton({ label: t("link.go"), url: beginning.url }))],
      };
  }
}
