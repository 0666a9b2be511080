import { z } from "zod";
import {
  defineComponent,
  definePager,
  defineSubcommand,
  menu,
  optionalText,
  page,
  row,
  stateOf,
  type Context,
  type View,
} from "../../src/kernel/index.js";
import type { StalcraftError } from "@zonewire/stalcraft";
import { characterName, chosenCharacter, NAME_LENGTH, suggestOwn, unknownCharacter } from "../options/character.js";
import { namedRegionOption } from "../options/region.js";
import { categoryCard, overviewCard } from "./card.js";
import { categoryName, figuresByCategory } from "./statistics.js";

const PER_PAGE = 20;
/** What the menu has besides the categories: who the character is. */
const OVERVIEW = "overview";

/** Of a character: the overview, or a category of its statistics. */
interface Chapter {
  readonly name: string;
  readonly region: string;
  readonly category: string;
}

const pager = definePager({
  command: "character profile",
  audience: "copied",
  state: stateOf({ name: z.string(), region: z.string(), category: z.string() }),
  show,
});

const choose = defineComponent({
  command: "character profile",
  action: "part",
  audience: "copied",
  state: stateOf({ name: z.string(), region: z.string() }),
  run: ({ state, values: [category = OVERVIEW] }, context) => show({ ...state, category }, 0, context),
});

export const profile = defineSubcommand({
  name: "profile",
  visibility: "public",
  options: {
    name: characterName(optionalText({ maxLength: NAME_LENGTH, suggest: suggestOwn, unknown: unknownCharacter })),
    region: namedRegionOption(),
  },
  components: [choose, ...pager.components],
  modals: pager.modals,
  async run({ options }, context) {
    const { name, region, outage }: Asked =
      options.name === undefined ? await own(options.region, context) : { ...options, name: options.name };
    return show({ name, region: region ?? context.region, category: OVERVIEW }, 0, context, outage);
  },
});

interface Asked {
  readonly name: string;
  readonly region?: string | undefined;
  readonly outage?: StalcraftError | undefined;
}

async function own(asked: string | undefined, context: Context): Promise<Asked> {
  const { character, region, outage } = await chosenCharacter(await context.requireAccount(), asked, context);
  return { name: character.information.name, region, outage };
}

async function show(chapter: Chapter, wanted: number, context: Context, outage?: StalcraftError): Promise<View> {
  const { name, region, category } = chapter;
  const told = await context.known.profile(region, name, { signal: context.signal, outage });
  const character = told.value;
  const glossary = context.items.glossary(region);
  const figures = figuresByCategory(character.stats, glossary, context);
  const options = [
    { label: context.t("character.overview"), value: OVERVIEW, chosen: category === OVERVIEW },
    ...[...figures].map(([value, { length }]) => ({
      label: context.t("character.category", { category: categoryName(value, context), count: length }),
      value,
      chosen: value === category,
    })),
  ];
  const parts = row(menu({ customId: choose.customId({ name, region }, context), options }));
  if (category === OVERVIEW) return { embeds: [overviewCard(told, region, glossary, context)], components: [parts] };
  const shown = page(figures.get(category) ?? [], wanted, PER_PAGE);
  return {
    embeds: [categoryCard(told, region, category, shown.items, context)],
    components: [parts, ...pager.buttons(chapter, shown, context)],
  };
}
