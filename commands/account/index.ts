import { ButtonStyle } from "discord-api-types/v10";
import { z } from "zod";
import { KeyAwayError, LinkAgainError, type Link, type OwnAccount } from "../../src/accounts/index.js";
import {
  button,
  card,
  defineCommand,
  defineComponent,
  menu,
  row,
  stateOf,
  UserError,
  type Context,
  type View,
} from "../../src/kernel/index.js";
import { beginButton } from "../link/index.js";
import { accountCard } from "./card.js";
import { readOwnCharacters, type OwnCharacters, type OwnCharacter } from "./characters.js";

/** The choice of no main character. */
const NONE = "-";

const mainMenu = defineComponent({
  command: "account",
  action: "main",
  audience: "owner",
  state: stateOf({}),
  async run({ values: [linkId = ""] }, context) {
    if (!(await context.accounts.chooseMain(context.userId, linkId))) throw new UserError("error.panel-expired");
    return show(await context.accounts.links(context.userId), context);
  },
});

const characterMenu = defineComponent({
  command: "account",
  action: "character",
  audience: "owner",
  state: stateOf({ linkId: z.uuid() }),
  async run({ state: { linkId }, values: [value] }, context) {
    const { accounts, userId } = context;
    const links = await accounts.links(userId);
    const character = value === NONE ? null : await ownCharacter(value, linkId, links, context);
    if (!(await accounts.chooseCharacter(userId, linkId, character))) throw new UserError("error.panel-expired");
    return show(
      links.map((one) => (one.id === linkId ? { ...one, character } : one)),
      context,
    );
  },
});

export default defineCommand({
  name: "account",
  topic: "topic.account",
  visibility: "private",
  components: [mainMenu, characterMenu],
  run: async (_input, context) => show(await context.accounts.links(context.userId), context),
});

async function show(links: readonly OwnAccount[], context: Context): Promise<View> {
  const { t } = context;
  const [main] = links;
  const link = row(
    button({
      label: t(main ? "account.link-another" : "account.link"),
      customId: beginButton.customId({}, context),
      style: main ? ButtonStyle.Secondary : ButtonStyle.Primary,
    }),
  );
  if (!main) {
    return { embeds: [card({ title: t("account.title"), description: t("account.none") })], components: [link] };
  }
  const own = await readOwn(main, context);
  const broken = own === "link-again" ? main.id : undefined;
  const known: OwnCharacters = own === "link-again" ? { characters: [], complete: true } : own;
  const menus = [
    ...(links.length > 1 ? [row(chooseMain(links, context))] : []),
    ...(known.characters.length > 0 ? [row(chooseCharacter(main, known.characters, context))] : []),
  ];
  return {
    embeds: [accountCard({ links, broken, complete: known.complete }, context)],
    components: [...menus, link],
  };
}

/** The characters of the main account; none when it is known to be dead. */
async function readOwn(main: OwnAccount, context: Context): Promise<OwnCharacters | "link-again"> {
  const account = await context.findAccount(main);
  if (!account) return { characters: [], complete: true };
  try {
    return await readOwnCharacters(account, context);
  } catch (error) {
    if (error instanceof LinkAgainError) return "link-again";
    if (error instanceof KeyAwayError) return { characters: [], complete: false };
    throw error;
  }
}

/** What was chosen, which must be one of the account's own. */
async function ownCharacter(
  value: string | undefined,
  linkId: string,
  [main]: readonly OwnAccount[],
  context: Context,
) {
  const account = await context.requireAccount(main);
  if (account.id !== linkId) throw new UserError("error.panel-expired");
  const { characters } = await readOwnCharacters(account, context);
  const chosen = characters.find((own) => valueOf(own) === value);
  if (!chosen) throw new UserError("error.own-character-gone");
  const { id, name } = chosen.character.information;
  return { id, name, region: chosen.region };
}

const valueOf = ({ region, character }: OwnCharacter) => `${region}/${character.information.id}`;

function chooseMain(links: readonly Link[], context: Context) {
  return menu({
    customId: mainMenu.customId({}, context),
    placeholder: context.t("account.choose-main"),
    options: links.map(({ id, login, isMain }) => ({
      label: login,
      value: id,
      description: isMain ? context.t("account.is-main") : undefined,
      chosen: isMain,
    })),
  });
}

function chooseCharacter({ id, character: main }: Link, characters: readonly OwnCharacter[], context: Context) {
  const options = characters.map((own) => {
    const { information, clan } = own.character;
    return {
      label: information.name,
      value: valueOf(own),
      description: clan ? `${own.region} · [${clan.info.tag}] ${clan.info.name}` : own.region,
      chosen: information.id === main?.id && own.region === main.region,
    };
  });
  const none = { label: context.t("account.no-main-character"), value: NONE };
  return menu({
    customId: characterMenu.customId({ linkId: id }, context),
    placeholder: context.t("account.choose-character"),
    options: main ? [none, ...options] : options,
  });
}
