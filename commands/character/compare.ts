import { defineSubcommand, requiredText } from "../../src/kernel/index.js";
import { characterName, NAME_LENGTH, suggestOwn, unknownCharacter } from "../options/character.js";
import { regionOption } from "../options/region.js";
import { comparisonCard } from "./card.js";

const name = requiredText({ maxLength: NAME_LENGTH, suggest: suggestOwn, unknown: unknownCharacter });

export const compare = defineSubcommand({
  name: "compare",
  visibility: "public",
  options: { first: characterName(name), second: characterName(name, { place: "second" }), region: regionOption() },
  async run({ options: { first, second, region } }, context) {
    const { known, signal } = context;
    const pair = await Promise.all([
      known.profile(region, first, { signal }),
      known.profile(region, second, { signal }),
    ]);
    return { embeds: [comparisonCard(pair, region, context)] };
  },
});
