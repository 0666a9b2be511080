import { z } from "zod";
import { defineComponent, menu, row, stateOf, type Context } from "../../src/kernel/index.js";
import type { ScheduleTerms } from "../../src/war/index.js";
import type { ScheduleEditing } from "./schedule-form.js";

const MORE = ["title", "remind-only", "ping-both", "role", "officers", "voice", "clan", "logins"] as const;
type More = (typeof MORE)[number];

/** What a schedule has that options of a command cannot take away again: what of it changes then. */
function changeOf(more: More, terms: ScheduleTerms): Partial<ScheduleTerms> | undefined {
  switch (more) {
    case "title":
      return terms.title === null ? undefined : { title: null };
    case "remind-only":
      return terms.roleId !== null && terms.pingSignUp ? { pingSignUp: false } : undefined;
    case "ping-both":
      return terms.roleId !== null && !terms.pingSignUp ? { pingSignUp: true } : undefined;
    case "role":
      return terms.roleId === null ? undefined : { roleId: null };
    case "officers":
      return terms.officerRoleId === null ? undefined : { officerRoleId: null };
    case "voice":
      return terms.voiceChannelId === null ? undefined : { voiceChannelId: null };
    case "clan":
      return terms.clanId === null ? undefined : { clanId: null };
    case "logins":
      return terms.region === null ? undefined : { region: null, clanId: null };
  }
}

/** A menu of what can be taken away from a schedule, and of when its role is mentioned. */
export function scheduleMore({ save, ...common }: ScheduleEditing) {
  const chosen = defineComponent({
    ...common,
    action: "more",
    state: stateOf<{ id: string }>({ id: z.string() }),
    run({ state: { id }, values: [value] }, context) {
      const more = MORE.find((one) => one === value);
      return save(id, (terms) => ({ ...terms, ...(more && changeOf(more, terms)) }), context);
    },
  });
  return {
    components: [chosen],
    /** Undefined: there is nothing to take away. */
    row(id: string, terms: ScheduleTerms, context: Context) {
      const { t } = context;
      const options = MORE.filter((more) => changeOf(more, terms)).map((more) => ({
        label: t(`war.more-${more}`),
        value: more,
      }));
      if (options.length === 0) return undefined;
      return row(menu({ customId: chosen.customId({ id }, context), placeholder: t("war.choose-more"), options }));
    },
  };
}
