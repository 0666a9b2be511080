import {
  button,
  defineComponent,
  defineConfirmation,
  escape,
  row,
  stateOf,
  time,
  UserError,
  type Context,
} from "../../src/kernel/index.js";
import { z } from "zod";
import { priceRule, subjectOf, type ListedWatch, type Scope } from "../../src/watch/index.js";
import { HOUR_MS } from "../../src/time.js";
import { ALERT_BUTTONS } from "../alert-cards/buttons.js";
import { priceRuleText } from "../format/price-rule.js";
import { itemWithId } from "../options/item.js";

/** Whose watches can be meant. */
type ScopeOf = (context: Context) => Scope;

/** Of a person, whatever server they are in; of the server where the button is pressed by somebody who may manage it. */
const SCOPES: Readonly<Record<keyof typeof ALERT_BUTTONS, ScopeOf>> = {
  private: ({ userId }) => ({ ownerId: userId }),
  server: ({ guildId }) => {
    if (guildId === undefined) throw new UserError("error.server-only");
    return { guildId };
  },
};

/** What the buttons under alerts about prices do. */
export function priceActions(whose: keyof typeof ALERT_BUTTONS) {
  const { snooze, pause, resume, remove } = ALERT_BUTTONS[whose];
  const scopeOf = SCOPES[whose];
  const resumeButton = (watch: string, context: Context) =>
    row(button({ label: context.t("price-alert.resume"), customId: resume.customId({ watch }, context) }));
  const removal = defineConfirmation({
    command: remove.command,
    action: "delete",
    state: stateOf<{ watch: string }>({ watch: z.string() }),
    label: "price-alert.delete",
    async run({ watch }, context) {
      await context.watching.remove(watch, scopeOf(context));
      return { content: context.t("price-alert.deleted") };
    },
  });
  return [
    defineComponent({
      ...snooze,
      async run({ state: { watch, hours } }, context) {
        const { watching, t, told } = context;
        const scope = scopeOf(context);
        await watching.snooze(watch, scope, hours * HOUR_MS);
        const { snoozedUntil } = found(await watching.get(watch, scope));
        const when = snoozedUntil ? time(told(snoozedUntil), "t") : "";
        return { content: t("price-alert.snoozed", { when }), components: [resumeButton(watch, context)] };
      },
    }),
    defineComponent({
      ...pause,
      async run({ state: { watch } }, context) {
        found(await context.watching.pause(watch, scopeOf(context)));
        return { content: context.t("price-alert.paused"), components: [resumeButton(watch, context)] };
      },
    }),
    defineComponent({
      ...resume,
      async run({ state: { watch } }, context) {
        found(await context.watching.resume(watch, scopeOf(context)));
        return { content: context.t("price-alert.running") };
      },
    }),
    defineComponent({
      ...remove,
      async run({ state: { watch } }, context) {
        const listed = found(await context.watching.get(watch, scopeOf(context)));
        const content = context.t("price-alert.delete-question", nameOf(listed, context));
        return { content, components: [removal.buttons({ watch }, context)] };
      },
    }),
    ...removal.components,
  ];
}

/** @throws UserError when there is no such watch. */
function found<T>(watch: T | false | undefined): T {
  if (watch === false || watch === undefined) throw new UserError("error.alert-gone");
  return watch;
}

function nameOf(watch: ListedWatch, context: Context) {
  const subject = subjectOf(watch);
  const rule = priceRule.safeParse(watch.rule).data;
  const item = subject.kind === "price" ? itemWithId(subject.itemId, subject.region, context).name : watch.subject;
  return { item: escape(item), rule: rule ? priceRuleText(rule, context) : subject.region };
}
