import { defineSubcommand, requiredText, type Context } from "../../src/kernel/index.js";
import { characterName, NAME_LENGTH, suggestOwn, unknownCharacter } from "../options/character.js";
import { daysOf, pastPeriodOption } from "../options/period.js";
import { regionOption } from "../options/region.js";
import { comparisonCard } from "./card.js";
import { isOwn, pastOf, type Past } from "./past.js";

const name = requiredText({ maxLength: NAME_LENGTH, suggest: suggestOwn, unknown: unknownCharacter });

export const compare = defineSubcommand({
  name: "compare",
  visibility: "public",
  options: {
    first: characterName(name),
    second: characterName(name, { place: "second" }),
    region: regionOption(),
    period: pastPeriodOption(),
  },
  async run({ options: { first, second, region, period } }, context) {
    const { known, signal } = context;
    const [one, other] = await Promise.all([
      known.profile(region, first, { signal }),
      known.profile(region, second, { signal }),
    ]);
    if (period === undefined) return { embeds: [comparisonCard([one, other], region, undefined, context)] };
    const [past, otherPast] = await Promise.all([
      openPast(one.value.username, region, daysOf(period), context),
      openPast(other.value.username, region, daysOf(period), context),
    ]);
    return { embeds: [comparisonCard([one, other], region, { period, of: [past, otherPast] }, context)] };
  },
});

/** The past of a character that everybody may see: where its owner has it kept, or is the one who shows it. */
async function openPast(whose: string, region: string, days: number, context: Context): Promise<Past | undefined> {
  const progress = await context.history.progress(region, whose, days);
  if (!progress || progress.from >= progress.until) return undefined;
  return progress.shared || (await isOwn(whose, region, context)) ? pastOf(progress, context) : undefined;
}
