import { z } from "zod";
import type { ClanList } from "../../src/clans/index.js";
import {
  card,
  definePager,
  defineSubcommand,
  escape,
  stateOf,
  type Context,
  type View,
} from "../../src/kernel/index.js";
import { regionOption } from "../options/region.js";
import { dataAge } from "../terms/moment.js";

const PER_PAGE = 10;
/** How long to wait for a list that is still being read, in milliseconds. */
const PATIENCE_MS = 5_000;

const pager = definePager({
  command: "clan list",
  audience: "copied",
  state: stateOf({ region: z.string() }),
  show: ({ region }, page, context) => show(region, page, context),
});

export const list = defineSubcommand({
  name: "list",
  visibility: "public",
  options: { region: regionOption() },
  components: pager.components,
  modals: pager.modals,
  run: ({ options }, context) => show(options.region, 0, context),
});

async function show(region: string, wanted: number, context: Context): Promise<View> {
  const clans = await context.clans.read(region, PATIENCE_MS);
  const pages = Math.max(1, Math.ceil(clans.clans.length / PER_PAGE));
  const page = Math.min(wanted, pages - 1);
  return {
    embeds: [listCard(clans, region, page, context)],
    components: pager.buttons({ region }, page, pages, context),
  };
}

function listCard({ clans, total, complete, readAt }: ClanList, region: string, page: number, context: Context) {
  const { t, number } = context;
  const from = page * PER_PAGE;
  const lines = clans
    .slice(from, from + PER_PAGE)
    .map(
      ({ tag, name, level, levelPoints, memberCount }, index) =>
        `${number(from + index + 1)}\\. **[${escape(tag)}]** ${escape(name)} — ` +
        t("clan.line", { level: number(level), points: number(levelPoints), members: memberCount }),
    );
  const reading = complete ? undefined : t("clan.still-reading", { read: number(clans.length), total: number(total) });
  return card({
    title: t("clan.list-title", { region, clans: total }),
    description: lines.length > 0 ? lines.join("\n") : t("clan.none"),
    note: [dataAge(readAt, context), reading].filter(Boolean).join(" · "),
  });
}
