import {
  card,
  COLOURS,
  defineSubcommand,
  dotted,
  localeOf,
  lines,
  optionalChannel,
  requiredChoice,
  time,
  UserError,
  type ChosenChannel,
  type Context,
} from "../../src/kernel/index.js";
import type { ListedWatch } from "../../src/watch/index.js";
import { pausedText, targetText } from "../watches/state.js";
import { serverOf } from "./server.js";

/** Roles follow by themselves, or not any more. */
export const auto = defineSubcommand({
  name: "auto",
  visibility: "private",
  permission: "manage-roles",
  options: {
    switch: requiredChoice([
      { value: "on", name: "roles.on" },
      { value: "off", name: "roles.off" },
    ]),
    reports: optionalChannel(),
  },
  async run({ options: { switch: wanted, reports } }, context) {
    const { t, roles } = context;
    const guildId = serverOf(context);
    if (wanted === "on") {
      if ((await roles.mappings(guildId)).length === 0) throw new UserError("error.roles-unmapped");
      await switchOn(guildId, reports, context);
    } else {
      const watch = await watchOf(guildId, context);
      if (watch) await context.watching.remove(watch.id, { guildId });
    }
    return {
      embeds: [
        card({
          title: t("roles.auto-title"),
          colour: COLOURS.good,
          description: lines(await autoLine(guildId, context), wanted === "on" && t("roles.auto-how")),
        }),
      ],
    };
  },
});

/** Reports go into a channel, or to whoever switches it on. */
async function switchOn(guildId: string, reports: ChosenChannel | undefined, context: Context): Promise<void> {
  const { userId, watching, channels, store, locale } = context;
  const channel = reports && (await channels.require(reports, context));
  const language = (await store.servers.get(guildId))?.language;
  // One for a server: where reports go is chosen anew.
  const before = await watchOf(guildId, context);
  if (before) await watching.remove(before.id, { guildId });
  const added = await watching.add({
    ...{ subject: { kind: "roles", guildId }, guildId, ownerId: userId, rule: {}, alone: true },
    target: channel ? `channel:${channel.id}` : `dm:${userId}`,
    ...{ roleId: null, crosspost: false, silent: false, lifetimeDays: null },
    locale: channel && language ? localeOf(language) : locale,
  });
  if (added.kind === "limit") throw new UserError("error.alert-limit", { limit: added.limit });
}

async function watchOf(guildId: string, { watching }: Context): Promise<ListedWatch | undefined> {
  return (await watching.list({ guildId })).find(({ kind }) => kind === "roles");
}

/** Whether roles follow by themselves, when they did last, and where that is told. */
export async function autoLine(guildId: string, context: Context): Promise<string> {
  const { t, told } = context;
  const watch = await watchOf(guildId, context);
  if (!watch) return t("roles.auto-off");
  if (watch.state === "paused") return dotted(t("roles.auto-off"), pausedText(watch, context));
  return dotted(
    t("roles.auto-on", { where: targetText(watch, context) }),
    watch.lookedAt ? t("roles.auto-looked", { when: time(told(watch.lookedAt), "R") }) : undefined,
  );
}
