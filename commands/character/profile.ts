import { card, defineSubcommand, escape, requiredText, time, UserError, type Context } from "../../src/kernel/index.js";
import { InvalidRequestError, NotFoundError, type FullCharacterInfo } from "../../src/stalcraft/index.js";
import { explainMissing, regionOption } from "../options/region.js";
import { allianceName } from "../terms/alliance.js";
import { dataAge } from "../terms/moment.js";
import { rankName } from "../terms/rank.js";
import { mainStatistics } from "./statistics.js";

export const profile = defineSubcommand({
  name: "profile",
  visibility: "public",
  options: { name: requiredText({ maxLength: 32 }), region: regionOption() },
  async run({ options: { name, region } }, context) {
    const params = { name: escape(name) };
    try {
      const character = await context.stalcraft.characters(region).getProfile(name, { signal: context.signal });
      return { embeds: [profileCard(character, region, context)] };
    } catch (error) {
      if (error instanceof NotFoundError && error.reason === "hidden")
        throw new UserError("error.profile-hidden", params, { cause: error });
      // A name that the API will not even look up is a name nobody has.
      if (error instanceof InvalidRequestError)
        throw new UserError("error.character-unknown", params, { cause: error });
      throw await explainMissing(error, region, context, { key: "error.character-unknown", params });
    }
  },
});

function profileCard(character: FullCharacterInfo, region: string, context: Context) {
  const { t } = context;
  const { clan, lastLogin } = character;
  return card({
    title: t("character.title", { name: escape(character.username), region }),
    description: escape(character.status),
    note: dataAge(character.receivedAt, context),
    fields: [
      { name: t("character.alliance"), value: allianceName(character.alliance, context), inline: true },
      {
        name: t("character.last-login"),
        value: lastLogin ? time(lastLogin, "R") : t("character.never-seen"),
        inline: true,
      },
      {
        name: t("character.clan"),
        value: clan
          ? `**[${escape(clan.info.tag)}]** ${escape(clan.info.name)}\n${rankName(clan.member.rank, context)}`
          : t("character.no-clan"),
        inline: true,
      },
      ...mainStatistics(character.stats, context),
    ],
  });
}
