import { z } from "zod";
import {
  card,
  defineCommand,
  definePager,
  escape,
  lines,
  optionalText,
  page,
  stateOf,
  UserError,
  type Account,
  type Context,
  type View,
} from "../src/kernel/index.js";
import { InvalidRequestError, UnauthorizedError } from "@zonewire/stalcraft";
import {
  characterName,
  chosenCharacter,
  NAME_LENGTH,
  ownRegion,
  suggestFriendsOf,
  unknownCharacter,
} from "./options/character.js";
import { namedRegionOption } from "./options/region.js";
import { numbered } from "./format/numbered.js";
import { inOrder } from "./format/order.js";

const PER_PAGE = 20;

interface Asked {
  readonly character: string;
  readonly region: string;
}

const pager = definePager({
  command: "friends",
  audience: "owner",
  access: "user",
  state: stateOf({ character: z.string(), region: z.string() }),
  show,
});

export default defineCommand({
  name: "friends",
  topic: "topic.clan",
  visibility: "private",
  access: "user",
  options: {
    character: characterName(
      optionalText({ maxLength: NAME_LENGTH, suggest: suggestFriendsOf, unknown: unknownCharacter }),
    ),
    region: namedRegionOption(),
  },
  components: pager.components,
  modals: pager.modals,
  async run({ options: { character, region } }, context) {
    if (character !== undefined) {
      return show({ character, region: region ?? ownRegion(context.account, context) }, 0, context);
    }
    const meant = await chosenCharacter(context.account, region, context);
    return show({ character: meant.character.information.name, region: meant.region }, 0, context);
  },
});

async function show(asked: Asked, wanted: number, context: Context & { account: Account }): Promise<View> {
  const { t } = context;
  const friends = inOrder(await readFriends(asked, context), (name) => name, context);
  const shown = page(friends, wanted, PER_PAGE);
  const embed = card({
    title: t("friends.title", { name: escape(asked.character), region: asked.region }),
    description: lines(t("friends.count", { friends: friends.length }), ...numbered(shown, escape, context)),
  });
  return { embeds: [embed], components: pager.buttons(asked, shown, context) };
}

/** @throws UserError when the character is not the caller's own. */
async function readFriends({ character, region }: Asked, context: Context & { account: Account }): Promise<string[]> {
  const { stalcraft, signal, account } = context;
  try {
    return await account.use((token) => stalcraft.friends(region).getAll(character, { token, signal }));
  } catch (error) {
    if (!(error instanceof UnauthorizedError || error instanceof InvalidRequestError)) throw error;
    const params = { name: escape(character), account: escape(account.login) };
    throw new UserError("error.not-your-character", params, { cause: error });
  }
}
