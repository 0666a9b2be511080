import { z } from "zod";
import type { ClanList } from "../../src/clans/index.js";
import {
  button,
  card,
  defineComponent,
  definePager,
  defineSubcommand,
  escape,
  menu,
  row,
  stateOf,
  type Context,
  type View,
} from "../../src/kernel/index.js";
import { regionOption } from "../options/region.js";
import { underWarning } from "../format/last-known.js";
import { dataAge } from "../format/moment.js";
import { membersButtons, readClanCard } from "./clan-card.js";

const PER_PAGE = 10;
/** How long to wait for a list that is still being read, in milliseconds. */
const PATIENCE_MS = 5_000;

const pager = definePager({
  command: "clan list",
  audience: "copied",
  state: stateOf({ region: z.string() }),
  show: ({ region }, page, context) => show(region, page, context),
});

const COMMON = { command: "clan list", audience: "copied" } as const;
const pageState = stateOf({ region: z.string(), page: z.coerce.number().int().nonnegative() });

const back = defineComponent({
  ...COMMON,
  action: "back",
  state: pageState,
  run: ({ state }, context) => show(state.region, state.page, context),
});

const open = defineComponent({
  ...COMMON,
  action: "open",
  state: pageState,
  async run({ state, values: [id = ""] }, context) {
    return {
      embeds: [await readClanCard(id, state.region, context)],
      components: [
        row(
          ...membersButtons(id, state.region, context),
          button({ label: context.t("clan.back"), customId: back.customId(state, context) }),
        ),
      ],
    };
  },
});

export const list = defineSubcommand({
  name: "list",
  visibility: "public",
  options: { region: regionOption() },
  components: [...pager.components, open, back],
  modals: pager.modals,
  run: ({ options }, context) => show(options.region, 0, context),
});

async function show(region: string, wanted: number, context: Context): Promise<View> {
  const clans = await context.clans.read(region, PATIENCE_MS);
  const pages = Math.max(1, Math.ceil(clans.clans.length / PER_PAGE));
  const page = Math.min(wanted, pages - 1);
  return {
    embeds: [listCard(clans, region, page, context)],
    components: [...chooser(clans, region, page, context), ...pager.buttons({ region }, page, pages, context)],
  };
}

/** The menu that leads into a clan of the page. */
function chooser({ clans }: ClanList, region: string, page: number, context: Context) {
  const shown = clans.slice(page * PER_PAGE, (page + 1) * PER_PAGE);
  if (shown.length === 0) return [];
  return [
    row(
      menu({
        customId: open.customId({ region, page }, context),
        placeholder: context.t("clan.choose"),
        options: shown.map(({ id, tag, name }) => ({ label: `[${tag}] ${name}`, value: id })),
      }),
    ),
  ];
}

function listCard(
  { clans, total, complete, readAt, outage }: ClanList,
  region: string,
  page: number,
  context: Context,
) {
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
    description: underWarning(lines.length > 0 ? lines.join("\n") : t("clan.none"), outage, readAt, context),
    note: [dataAge(readAt, context), reading].filter(Boolean).join(" · "),
  });
}
