import { z } from "zod";
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
import { HOUR_MS } from "../../src/time.js";
import type { AlertKind } from "../../src/watch/index.js";
import { ALERT_BUTTONS } from "../alert-cards/buttons.js";
import { scopeOf as scopeOfGroup, watchTitle } from "./entries.js";

const GROUPS = { private: "watch", server: "alerts" } as const;

/**
 * What the buttons under alerts do, to a watch of whoever presses, or of the server where they press and which they manage. Each
 * press shows that somebody cares.
 */
export function alertActions(whose: keyof typeof ALERT_BUTTONS, kind: AlertKind) {
  const { snooze, pause, resume, remove } = ALERT_BUTTONS[whose][kind];
  const scopeOf = (context: Context) => scopeOfGroup(GROUPS[whose], context);
  const resumeButton = (watch: string, context: Context) =>
    row(button({ label: context.t("alert.resume"), customId: resume.customId({ watch }, context) }));
  const removal = defineConfirmation({
    command: remove.command,
    action: "delete",
    state: stateOf<{ watch: string }>({ watch: z.string() }),
    label: "alert.delete",
    async run({ watch }, context) {
      await context.watching.remove(watch, scopeOf(context));
      return { content: context.t("alert.deleted") };
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
        return { content: t("alert.snoozed", { when }), components: [resumeButton(watch, context)] };
      },
    }),
    defineComponent({
      ...pause,
      async run({ state: { watch } }, context) {
        found(await context.watching.pause(watch, scopeOf(context)));
        return { content: context.t("alert.paused"), components: [resumeButton(watch, context)] };
      },
    }),
    defineComponent({
      ...resume,
      async run({ state: { watch } }, context) {
        found(await context.watching.resume(watch, scopeOf(context)));
        return { content: context.t("alert.running") };
      },
    }),
    defineComponent({
      ...remove,
      async run({ state: { watch } }, context) {
        const { watching, t } = context;
        const scope = scopeOf(context);
        await watching.touch(watch, scope);
        const listed = found(await watching.get(watch, scope));
        const content = t("alert.delete-question", { what: escape(watchTitle(listed, context)) });
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
