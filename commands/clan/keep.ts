import { z } from "zod";
import {
  button,
  card,
  COLOURS,
  defineComponent,
  defineSubcommand,
  escape,
  lines,
  optionalChoice,
  row,
  stateOf,
  time,
  type Context,
  type View,
} from "../../src/kernel/index.js";
import type { Kept } from "../../src/history/index.js";
import { underWarning } from "../format/last-known.js";
import { optionalClanOption } from "../options/clan.js";
import { namedRegionOption } from "../options/region.js";
import { bare, clanId } from "./clan-id.js";
import { askedClan, readMembersOf, type Found, type WithAccount } from "./roster.js";

const SWITCH = ["on", "off"] as const;
type Wanted = (typeof SWITCH)[number];

const change = defineComponent({
  command: "clan keep",
  action: "switch",
  audience: "owner",
  access: "user",
  state: stateOf({ clan: clanId, region: z.string(), wanted: z.enum(SWITCH) }),
  run: ({ state: { wanted, ...place } }, context) => show(place, wanted, context),
});

export const keep = defineSubcommand({
  name: "keep",
  visibility: "private",
  access: "user",
  options: {
    switch: optionalChoice(SWITCH.map((value) => ({ value, name: `switch.${value}` as const }))),
    clan: optionalClanOption(),
    region: namedRegionOption(),
  },
  components: [change],
  run: async ({ options: { switch: wanted, clan, region } }, context) =>
    show(await askedClan(clan, region, context), wanted, context),
});

/** Whether the past of a clan is kept, after what is wanted is done. Only somebody in the clan decides that. */
async function show(found: Found, wanted: Wanted | undefined, context: WithAccount): Promise<View> {
  const { history, userId, t } = context;
  const { clan: id, region } = found;
  const { clan, outage, readAt } = await readMembersOf(found, context);
  if (wanted === "on") await history.keep(region, id, userId);
  if (wanted === "off") await history.unkeep(region, id, userId);
  const kept = await history.keptBy(region, id, userId);
  const others = kept ? kept.keepers - Number(kept.byMe) : 0;
  const next: Wanted = kept?.byMe ? "off" : "on";
  return {
    embeds: [
      card({
        title: t("clan-keep.title", { tag: escape(clan.tag), name: escape(clan.name), region }),
        colour: kept ? COLOURS.good : COLOURS.neutral,
        description: underWarning(
          lines(
            keptText(kept, context),
            kept?.byMe && t("clan-keep.by-you"),
            others > 0 && t("clan-keep.by-others", { others }),
            kept?.byAlerts && t("clan-keep.by-alerts"),
            t("clan-keep.what"),
          ),
          outage,
          readAt,
          context,
        ),
        note: t("clan-keep.objection"),
      }),
    ],
    components: [
      row(
        button({
          label: t(`clan-keep.switch-${next}`),
          customId: change.customId({ ...bare({ clan: id, region }), wanted: next }, context),
        }),
      ),
    ],
  };
}

function keptText(kept: Kept | undefined, { t, told }: Context): string {
  if (!kept) return t("clan-keep.off");
  return kept.since ? t("clan-keep.on-since", { since: time(told(kept.since), "D") }) : t("clan-keep.on");
}
