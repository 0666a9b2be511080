import { card, COLOURS, defineConfirmation, defineSubcommand, lines, stateOf } from "../../src/kernel/index.js";
import { forgetOwn } from "../options/character.js";

const confirmation = defineConfirmation({
  command: "privacy delete",
  action: "confirm",
  state: stateOf({}),
  label: "privacy.delete.confirm",
  async run(_state, context) {
    const { notRevoked } = await context.accounts.forget(context.userId);
    context.recentItems.forget(context.userId);
    forgetOwn(context);
    // The language may have been one of the things that were stored.
    const { t } = await context.reread();
    return {
      embeds: [
        card({
          title: t("privacy.deleted.title"),
          colour: COLOURS.good,
          description: t("privacy.deleted.text"),
          note: notRevoked > 0 ? t("privacy.not-revoked", { accounts: notRevoked }) : undefined,
        }),
      ],
    };
  },
});

export const deleteAll = defineSubcommand({
  name: "delete",
  visibility: "private",
  components: confirmation.components,
  async run(_input, context) {
    const { store, userId, t } = context;
    const [data, history] = await Promise.all([store.personal.export(userId), store.personal.history(userId)]);
    if (Object.keys(data).length === 0 && history.length === 0) return { content: t("privacy.nothing") };
    return {
      embeds: [
        card({
          title: t("privacy.delete.title"),
          colour: COLOURS.alert,
          description: lines(
            t("privacy.delete.question", { accounts: data.links?.length ?? 0 }),
            data.watches && t("privacy.delete.watches", { watches: data.watches.length }),
            history.length > 0 && t("privacy.delete.history"),
          ),
        }),
      ],
      components: [confirmation.buttons({}, context)],
    };
  },
});
