import { z } from "zod";
import {
  button,
  defineComponent,
  defineModal,
  escape,
  form,
  stateOf,
  UserError,
  type Context,
  type View,
} from "../../src/kernel/index.js";
import { TERMS, type ScheduleTerms } from "../../src/war/index.js";
import { weekdaysText } from "../format/weekdays.js";
import { weekdaysFrom } from "../options/weekdays.js";
import { readTimeOfDay, timeOfDay } from "../quiet/time-of-day.js";
import { serverOf } from "./officers.js";

/** What changes a schedule from below its card. */
export interface ScheduleEditing {
  readonly command: string;
  readonly audience: "owner";
  readonly save: (id: string, changed: (terms: ScheduleTerms) => ScheduleTerms, context: Context) => Promise<View>;
}

/** A form with what of a schedule changes most: its days, its time and its length, when one can sign up and the reminder. */
export function scheduleForm({ save, ...common }: ScheduleEditing) {
  const state = stateOf<{ id: string }>({ id: z.string() });

  const open = defineComponent({
    ...common,
    action: "edit",
    state,
    async run({ state: { id } }, context) {
      const { t } = context;
      const schedule = await context.wars.schedule(id, serverOf(context));
      if (!schedule) throw new UserError("error.war-schedule-gone");
      const { terms } = schedule;
      const field = (name: "days" | "time" | "length" | "opens" | "reminder", value: string, maxLength = 10) => ({
        name,
        label: t(`war.form-${name}`),
        maxLength,
        required: true,
        value,
      });
      return form({
        customId: submit.customId({ id }, context),
        title: t("war.form-title"),
        fields: [
          field("days", weekdaysText(terms.days, context), 60),
          field("time", timeOfDay(terms.at), 20),
          field("length", String(terms.lengthMinutes)),
          field("opens", String(terms.leadMinutes / 60)),
          field("reminder", String(terms.reminderMinutes ?? 0)),
        ],
      });
    },
  });

  const submit = defineModal({
    ...common,
    action: "edited",
    state,
    run({ state: { id }, fields }, context) {
      const { days = "", time = "", length = "", opens = "", reminder = "" } = fields;
      const at = readTimeOfDay(time);
      if (at === undefined) throw new UserError("error.time-of-day", { text: escape(time) });
      const minutes = whole(reminder, 0, TERMS.reminder.max, context);
      const changed = {
        days: [...weekdaysFrom(days, context)],
        at,
        lengthMinutes: whole(length, TERMS.length.min, TERMS.length.max, context),
        leadMinutes: Math.round(numberIn(opens, TERMS.lead.min / 60, TERMS.lead.max / 60, context) * 60),
        reminderMinutes: minutes === 0 ? null : Math.max(TERMS.reminder.min, minutes),
      };
      return save(id, (terms) => ({ ...terms, ...changed }), context);
    },
  });

  return {
    components: [open],
    modals: [submit],
    button: (id: string, context: Context) =>
      button({ label: context.t("war.change"), customId: open.customId({ id }, context) }),
  };
}

/** @throws UserError when it is none between these */
function numberIn(text: string, min: number, max: number, { number }: Context): number {
  const typed = text.trim().replace(",", ".");
  const value = /^\d{1,6}(?:\.\d{1,3})?$/.test(typed) ? Number(typed) : NaN;
  if (!(value >= min && value <= max))
    throw new UserError("error.war-number", { text: escape(text), min: number(min), max: number(max) });
  return value;
}

function whole(text: string, min: number, max: number, context: Context): number {
  return Math.round(numberIn(text, min, max, context));
}
