import { z } from "zod";
import {
  card,
  COLOURS,
  defineComponent,
  defineConfirmation,
  defineSubcommand,
  dotted,
  escape,
  lines,
  menu,
  paragraphs,
  row,
  stateOf,
  UserError,
  type Context,
  type View,
} from "../../src/kernel/index.js";
import { readOwnCharacters, type OwnCharacter } from "../account/characters.js";
import { namedRegionOption } from "../options/region.js";

/** So many have room in a menu. */
const MOST = 25;

/** A character of the caller's, as a menu carries it. */
const chosen = z.tuple([z.string(), z.uuid()]);

const choose = defineComponent({
  command: "privacy object",
  action: "choose",
  audience: "owner",
  state: stateOf({ region: z.string().optional() }),
  async run({ state, values: [value = ""] }, context) {
    const read = chosen.safeParse(value.split("/"));
    if (!read.success) throw new UserError("error.panel-expired");
    const [region, id] = read.data;
    const own = await characterOf(region, id, context);
    if (!(await objected([own], context)).has(keyOf(own))) return ask(own, context);
    await context.history.allow(region, id);
    return show(state.region, "allowed", context);
  },
});

const confirmation = defineConfirmation({
  command: "privacy object",
  action: "confirm",
  state: stateOf({ region: z.string(), id: z.uuid() }),
  label: "objection.confirm",
  async run({ region, id }, context) {
    const { character } = await characterOf(region, id, context);
    await context.history.object(region, id, character.information.name);
    return show(undefined, "objected", context);
  },
});

export const object = defineSubcommand({
  name: "object",
  visibility: "private",
  options: { region: namedRegionOption() },
  components: [choose, ...confirmation.components],
  run: ({ options: { region } }, context) => show(region, undefined, context),
});

/** The caller's characters, and of which of them nothing is kept because they objected. */
async function show(
  region: string | undefined,
  done: "objected" | "allowed" | undefined,
  context: Context,
): Promise<View> {
  const { t } = context;
  const { characters, complete } = await own(region, context);
  const refused = await objected(characters, context);
  const told = characters.slice(0, MOST);
  const description = told.map((one) =>
    dotted(
      `${refused.has(keyOf(one)) ? "🚫 " : ""}**${escape(one.character.information.name)}**`,
      one.region,
      refused.has(keyOf(one)) && t("objection.refused"),
    ),
  );
  return {
    embeds: [
      card({
        title: t("objection.title"),
        colour: done ? COLOURS.good : COLOURS.neutral,
        description: paragraphs(
          lines(done && t(`objection.${done}`), t("objection.what")),
          lines(
            lines(...description) || t("objection.none"),
            !complete && t("objection.incomplete"),
            characters.length > MOST && t("objection.more"),
          ),
        ),
        note: t("objection.note"),
      }),
    ],
    components: [
      row(
        menu({
          customId: choose.customId({ region }, context),
          placeholder: t("objection.choose"),
          options: told.map((one) => ({
            label: dotted(one.character.information.name, one.region),
            value: keyOf(one),
            description: t(refused.has(keyOf(one)) ? "objection.menu-allow" : "objection.menu-object"),
          })),
        }),
      ),
    ],
  };
}

function ask({ region, character: { information } }: OwnCharacter, context: Context): View {
  const { t } = context;
  return {
    embeds: [
      card({
        title: t("objection.title"),
        colour: COLOURS.alert,
        description: t("objection.question", { name: escape(information.name), region }),
      }),
    ],
    components: [confirmation.buttons({ region, id: information.id }, context)],
  };
}

/** Those of every account that the caller has linked and that works. @throws UserError who has linked none is asked to */
async function own(region: string | undefined, context: Context) {
  const links = (await context.accounts.links(context.userId)).filter(({ state }) => state === "live");
  if (links.length === 0) await context.requireAccount();
  const read = await Promise.all(
    links.map(async (link) => readOwnCharacters(await context.requireAccount(link), context)),
  );
  const all = read.flatMap(({ characters }) => characters);
  return {
    characters: all.filter((one) => region === undefined || one.region === region),
    complete: read.every(({ complete }) => complete),
  };
}

/** @throws UserError when the caller has no such character any more */
async function characterOf(region: string, id: string, context: Context): Promise<OwnCharacter> {
  const { characters } = await own(region, context);
  const found = characters.find(({ character }) => character.information.id === id);
  if (!found) throw new UserError("error.own-character-gone");
  return found;
}

/** The keys of those of which nothing is kept. */
async function objected(characters: readonly OwnCharacter[], { history }: Context): Promise<ReadonlySet<string>> {
  const objections = await history.objections(
    characters.map(({ region, character }) => ({ region, characterId: character.information.id })),
  );
  return new Set(objections.map(({ region, characterId }) => `${region}/${characterId}`));
}

function keyOf({ region, character: { information } }: OwnCharacter): string {
  return `${region}/${information.id}`;
}
