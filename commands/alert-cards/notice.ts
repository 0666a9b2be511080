import { button, card, COLOURS, escape, row, time, type View } from "../../src/kernel/index.js";
import type { NoticeEvent } from "../../src/watch/index.js";
import { KEEP } from "../watches/keep.js";
import { watchTitle, type TitleContext } from "../watches/entries.js";

/** What the bot has to say about a watch itself. */
export function noticeAlert(event: NoticeEvent, context: TitleContext): View {
  const { t } = context;
  const { watched: kind, subject, rule, at } = event;
  const what = escape(watchTitle({ kind, subject, rule }, context));
  switch (event.notice) {
    case "test":
      return { embeds: [card({ title: what, colour: COLOURS.good, description: t("notice.test") })] };
    case "gone":
      return { embeds: [card({ title: what, colour: COLOURS.alert, description: t("notice.gone") })] };
    case "link": {
      const why = t(event.why === "refused" ? "notice.link-refused" : "notice.link-dead");
      const then = t(event.goesOn === true ? "notice.link-goes-on" : "notice.link-paused");
      return { embeds: [card({ title: what, colour: COLOURS.alert, description: `${why}\n${then}` })] };
    }
    case "expires":
      return {
        embeds: [
          card({
            title: what,
            description: t("notice.expires", { when: at === undefined ? "" : time(new Date(at), "R") }),
          }),
        ],
        components: [
          row(
            button({
              label: t("notice.keep"),
              customId: KEEP.customId({ id: event.watchId }, { userId: "0", locale: context.locale, copy: false }),
            }),
          ),
        ],
      };
  }
}
