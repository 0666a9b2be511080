import { z } from "zod";
import type { ClanEntry, ClanList } from "../../src/clans/index.js";
import {
  button,
  card,
  defineComponent,
  definePager,
  defineSubcommand,
  dotted,
  escape,
  lines,
  menu,
  page,
  row,
  stateOf,
  type Context,
  type Page,
  type View,
} from "../../src/kernel/index.js";
import { regionOption } from "../options/region.js";
import { underWarning } from "../format/last-known.js";
import { dataAge } from "../format/moment.js";
import { numbered } from "../format/numbered.js";
import { membersButtons, readClanCard } from "./info.js";

const PER_PAGE = 10;
/** How long to wait for a list that is still being read, in milliseconds. */
const PATIENCE_MS = 5_000;

const pager = definePager({
  command: "clan list",
  audience: "copied",
  state: stateOf({ region: z.string() }),
  show: ({ region }, wanted, context) => show(region, wanted, context),
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
  const shown = page(clans.clans, wanted, PER_PAGE);
  return {
    embeds: [listCard(clans, region, shown, context)],
    components: [...chooser(shown, region, context), ...pager.buttons({ region }, shown, context)],
  };
}

/** The menu that leads into a clan of the page. */
function chooser({ items, number }: Page<ClanEntry>, region: string, context: Context) {
  if (items.length === 0) return [];
  return [
    row(
      menu({
        customId: open.customId({ region, page: number }, context),
        placeholder: context.t("clan.choose"),
        options: items.map(({ id, tag, name }) => ({ label: `[${tag}] ${name}`, value: id })),
      }),
    ),
  ];
}

function listCard(
  { clans, total, complete, readAt, outage }: ClanList,
  region: string,
  shown: Page<ClanEntry>,
  context: Context,
) {
  const { t, number } = context;
  const described = numbered(
    shown,
    ({ tag, name, level, levelPoints, memberCount }) =>
      `**[${escape(tag)}]** ${escape(name)} — ` +
      t("clan.line", { level: number(level), points: number(levelPoints), members: memberCount }),
    context,
  );
  const reading = complete ? undefined : t("clan.still-reading", { read: number(clans.length), total: number(total) });
  return card({
    title: t("clan.list-title", { region, clans: total }),
    description: underWarning(lines(...described) || t("clan.none"), outage, readAt, context),
    note: dotted(dataAge(readAt, context), reading),
  });
}
