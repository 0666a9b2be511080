import { z } from "zod";
import type { Link } from "../src/accounts/index.js";
import {
  card,
  COLOURS,
  defineCommand,
  defineComponent,
  defineConfirmation,
  escape,
  menu,
  row,
  stateOf,
  UserError,
  type Context,
  type View,
} from "../src/kernel/index.js";
import { forgetOwn } from "./options/character.js";

const confirmation = defineConfirmation({
  command: "unlink",
  action: "confirm",
  state: stateOf({ linkId: z.uuid() }),
  label: "unlink.confirm",
  async run({ linkId }, context) {
    const { accounts, userId, t } = context;
    const unlinking = await accounts.unlink(userId, linkId);
    if (unlinking.kind === "not-linked") throw new UserError("error.panel-expired");
    forgetOwn(context);
    const login = escape(unlinking.link.login);
    return {
      embeds: [
        card({
          title: t("unlink.done.title"),
          colour: COLOURS.good,
          description: t("unlink.done.text", { login }),
          note: t(unlinking.revoked ? "unlink.revoked" : "unlink.not-revoked"),
        }),
      ],
    };
  },
});

const choice = defineComponent({
  command: "unlink",
  action: "choose",
  audience: "owner",
  state: stateOf({}),
  async run({ values: [linkId] }, context) {
    const links = await context.accounts.links(context.userId);
    const link = links.find(({ id }) => id === linkId);
    if (!link) throw new UserError("error.panel-expired");
    return ask(link, context);
  },
});

export default defineCommand({
  name: "unlink",
  topic: "topic.account",
  visibility: "private",
  components: [choice, ...confirmation.components],
  async run(_input, context) {
    const { accounts, userId, t } = context;
    const links = await accounts.links(userId);
    const [only, ...others] = links;
    if (!only) throw new UserError("error.nothing-linked");
    if (others.length === 0) return ask(only, context);
    return {
      embeds: [card({ title: t("unlink.title"), description: t("unlink.which") })],
      components: [
        row(
          menu({
            customId: choice.customId({}, context),
            placeholder: t("unlink.which"),
            options: links.map(({ id, login }) => ({ label: login, value: id })),
          }),
        ),
      ],
    };
  },
});

function ask({ id, login }: Link, context: Context): View {
  const { t } = context;
  return {
    embeds: [
      card({
        title: t("unlink.title"),
        colour: COLOURS.alert,
        description: t("unlink.question", { login: escape(login) }),
      }),
    ],
    components: [confirmation.buttons({ linkId: id }, context)],
  };
}
