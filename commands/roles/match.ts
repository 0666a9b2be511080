import {
  card,
  COLOURS,
  defineSubcommand,
  escape,
  optionalPerson,
  requiredText,
  UserError,
  type Context,
  type Suggest,
} from "../../src/kernel/index.js";
import { fold } from "../../src/fold.js";
import { clanKeyOf, type MatchResult } from "../../src/roles/index.js";
import { NAME_LENGTH } from "../options/character.js";
import { clanLabel, discordError, memberMention, officerOf, roleMention, serverOf } from "./server.js";

/** Members of whom nobody knows who plays them come first. */
const suggest: Suggest = async (text, context) => {
  const { guildId, roles } = context;
  if (guildId === undefined) return [];
  const [rosters, matches] = await Promise.all([roles.rosters(guildId), roles.matches(guildId)]);
  const known = new Set(matches.map((one) => `${clanKeyOf(one)}:${one.name}`));
  const wanted = fold(text);
  return rosters
    .flatMap((roster) => roster.members.map(({ name }) => ({ name, known: known.has(`${clanKeyOf(roster)}:${name}`) })))
    .filter(({ name }) => fold(name).includes(wanted))
    .sort((a, b) => Number(a.known) - Number(b.known))
    .slice(0, 25)
    .map(({ name }) => ({ name, value: name }));
};

/** Somebody who manages roles says who plays a member of the clan; without a person, that nobody does. */
export const match = defineSubcommand({
  name: "match",
  visibility: "private",
  permission: "manage-roles",
  options: { character: requiredText({ maxLength: NAME_LENGTH, suggest }), person: optionalPerson() },
  async run({ options: { character, person } }, context) {
    if (!person) return unmatched(character, context);
    const { t, roles, signal } = context;
    if (person.seen?.isBot === true) throw new UserError("error.roles-bot");
    if (person.seen?.isMember === false)
      throw new UserError("error.roles-not-here", { person: memberMention(person.id) });
    const result = await roles.match(serverOf(context), character, person.id, officerOf(context), signal);
    if (result.kind !== "matched") throw refusal(result, character);
    return {
      embeds: [
        card({
          title: escape(clanLabel(result.clan, context)),
          colour: COLOURS.good,
          description: t("roles.matched", { name: escape(character), person: memberMention(person.id) }),
        }),
      ],
    };
  },
});

async function unmatched(character: string, context: Context) {
  const { t, roles } = context;
  const gone = await roles.unmatch(serverOf(context), character);
  if (!gone) throw new UserError("error.roles-unmatched", { name: escape(character) });
  if (gone.origin === "link")
    throw new UserError("error.roles-proved", { name: escape(character), person: memberMention(gone.discordId) });
  return {
    embeds: [
      card({
        title: escape(clanLabel(gone, context)),
        colour: COLOURS.good,
        description: t("roles.unmatched", { name: escape(character), person: memberMention(gone.discordId) }),
      }),
    ],
  };
}

function refusal(result: Exclude<MatchResult, { readonly kind: "matched" }>, character: string): UserError {
  const name = escape(character);
  switch (result.kind) {
    case "unknown":
      return new UserError("error.roles-no-member", { name });
    case "too-high":
      return new UserError("error.roles-too-high", { role: roleMention(result.roleId) });
    case "proved":
      return new UserError("error.roles-proved", { name, person: memberMention(result.userId) });
    case "discord":
      return discordError(result.failure);
  }
}
