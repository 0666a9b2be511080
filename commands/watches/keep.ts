import { z } from "zod";
import { card, COLOURS, defineAddress, defineComponent, stateOf, time, UserError } from "../../src/kernel/index.js";

/** The button under the word that a watch is about to end. It hangs on a message that nobody asked for. */
export const KEEP = defineAddress({
  command: "watch list",
  action: "keep",
  audience: "apart",
  state: stateOf<{ id: string }>({ id: z.string() }),
});

/** A private watch lives on, if it belongs to whoever presses. */
export const keep = defineComponent({
  ...KEEP,
  async run({ state: { id } }, { watching, userId, t, told }) {
    const own = { ownerId: userId };
    const watch = (await watching.touch(id, own)) ? await watching.get(id, own) : undefined;
    if (!watch) throw new UserError("error.watch-gone");
    const { expiresAt } = watch;
    return {
      embeds: [
        card({
          title: t("notice.kept"),
          colour: COLOURS.good,
          description: expiresAt ? t("watches.ends", { when: time(told(expiresAt), "R") }) : "",
        }),
      ],
    };
  },
});
