import { z } from "zod";
import {
  card,
  definePager,
  defineSubcommand,
  escape,
  lines,
  page,
  stateOf,
  time,
  type Account,
  type Context,
  type View,
} from "../../src/kernel/index.js";
import type { CharacterInfo } from "@zonewire/stalcraft";
import { ownCharacters } from "../options/character.js";
import { regionOption } from "../options/region.js";
import { inOrder } from "../format/order.js";
import { underWarning } from "../format/last-known.js";
import { dataAge } from "../format/moment.js";
import { clanAndRank } from "./card.js";

const PER_PAGE = 10;

const pager = definePager({
  command: "character list",
  audience: "owner",
  access: "user",
  state: stateOf({ region: z.string() }),
  show: ({ region }, wanted, context) => show(region, wanted, context),
});

export const list = defineSubcommand({
  name: "list",
  // Which characters belong to one person is theirs to tell.
  visibility: "private",
  access: "user",
  options: { region: regionOption() },
  components: pager.components,
  modals: pager.modals,
  run: ({ options }, context) => show(options.region, 0, context),
});

async function show(region: string, wanted: number, context: Context & { account: Account }): Promise<View> {
  const { account, t } = context;
  const { value: own, outage } = await ownCharacters(account, region, context);
  const isMain = ({ information }: CharacterInfo) => information.id === account.character?.id;
  const sorted = inOrder(own, ({ information }) => information.name, context).sort(
    (a, b) => Number(isMain(b)) - Number(isMain(a)),
  );
  const shown = page(sorted, wanted, PER_PAGE);
  const fields = shown.items.map((character) => ({
    name: `${isMain(character) ? "★ " : ""}${escape(character.information.name)}`,
    value: lines(
      clanAndRank(character.clan, context),
      t("character.created", { when: time(character.information.creationTime, "D") }),
    ),
  }));
  const embed = card({
    title: t("character.list-title", { account: escape(account.login), region }),
    description: underWarning(
      t(own.length === 0 ? "character.none-own" : "character.count", { characters: own.length }),
      outage,
      own.receivedAt,
      context,
    ),
    note: own.length > 0 ? dataAge(own.receivedAt, context) : undefined,
    fields,
  });
  return { embeds: [embed], components: pager.buttons({ region }, shown, context) };
}
