import {
  escape,
  UserError,
  type Account,
  type Context,
  type Suggest,
  type TextOption,
} from "../../src/kernel/index.js";
import { NotFoundError, type CharacterInfo, type StalcraftError } from "@zonewire/stalcraft";
import { regionOption } from "./region.js";
import { partsOfTitle, unescaped } from "./title.js";
import { unknownTo } from "./unknown.js";

/** A character's name; longer than any that the game gives. */
export const NAME_LENGTH = 32;
/** How long the first suggestions wait for the API, in milliseconds; later ones show what is known. */
const PATIENCE_MS = 1_000;

/** The characters of a linked account in a region; while the API does not answer, those that it named last. */
export function ownCharacters(account: Account, region: string, { known, userId, signal }: Context) {
  return known.characters(region, { userId, account }, { signal });
}

/** Says of a character that there is none, or none any more, or that it is hidden. */
export const unknownCharacter = unknownTo("character", ({ name: asked, region, error: cause }, _context, pressed) => {
  const name = escape(asked);
  if (cause instanceof NotFoundError && cause.reason === "hidden")
    return new UserError("error.profile-hidden", { name }, { cause });
  return pressed
    ? new UserError("error.character-gone", { name, region: escape(region), ...pressed }, { cause })
    : new UserError("error.character-unknown", { name }, { cause });
});

/** Room for any title that names a character. */
const TITLE_LENGTH = 100;

/**
 * A name as it is typed, or out of the title of a card: `Vesper · EU`, `Friends of Vesper · EU`. Of a comparison it is the
 * `place` one. `longest`: what goes on into the ids of buttons.
 */
export function characterName<T extends string | undefined>(
  option: TextOption<T>,
  { place = "first", longest = NAME_LENGTH }: { readonly place?: "first" | "second"; readonly longest?: number } = {},
): TextOption<T> {
  return {
    ...option,
    maxLength: TITLE_LENGTH,
    read(value, context) {
      const name = option.read(typeof value === "string" ? nameIn(value, place, context) : value, context);
      if (name !== undefined && name.length > longest) {
        throw new UserError("error.character-unknown", { name: escape(name) });
      }
      return name;
    },
  };
}

function nameIn(text: string, place: "first" | "second", { t }: Context): string {
  const title = unescaped(text);
  const { [place]: compared } =
    partsOfTitle(title, ["first", "second", "region"], ({ first = "", second = "", region = "" }) =>
      t("character.comparison", { first, second, region }),
    ) ?? {};
  const { name } =
    partsOfTitle(title, ["name", "region"], ({ name: whose = "", region = "" }) =>
      t("friends.title", { name: whose, region }),
    ) ??
    partsOfTitle(title, ["name"], ({ name: about = "" }) => t("operations.title", { about })) ??
    {};
  return (compared ?? name ?? title).split(" · ", 1)[0] ?? title;
}

/** Offers the caller's own characters of the region, where they have linked an account. Any other name can be typed. */
export const suggestOwn: Suggest = (text, context, { region }) =>
  suggestFrom(text, context, regionOption().read(region, context));

/** The same where only one's own can be meant: a region left out is then that of the main character. */
export const suggestFriendsOf: Suggest = (text, context, { region }) =>
  suggestFrom(text, context, region === undefined ? undefined : regionOption().read(region, context));

/** Where one's own characters are sought when no region is named: where the main one is, else the caller's usual one. */
export function ownRegion({ character }: Account, context: Context): string {
  return character?.region ?? context.region;
}

/** As they were last known: the API may be slow. */
async function suggestFrom(text: string, context: Context, region: string | undefined) {
  const { recalled, userId } = context;
  const wanted = text.toLowerCase();
  let main: string | undefined;
  const read = async (): Promise<string[]> => {
    const account = await context.findAccount();
    if (!account) return [];
    const where = region ?? ownRegion(account, context);
    if (account.character?.region === where) main = account.character.name;
    const own = await account.use((token) => context.stalcraft.characters(where).getAll({ token }));
    return own.map(({ information: { name } }) => name);
  };
  const own = await recalled.characters.get(ownKey(userId, region), read, PATIENCE_MS);
  return (own ?? (main === undefined ? [] : [main]))
    .filter((name) => name.toLowerCase().includes(wanted))
    .map((name) => ({ name, value: name }));
}

/**
 * With whom somebody plays in a region, as far as that is known at once: their main character, else the first one there.
 * @param region undefined: wherever the main one is, or the caller's usual one
 */
export async function likelyCharacter(
  region: string | undefined,
  context: Context,
): Promise<{ readonly name: string; readonly region: string } | undefined> {
  const { recalled, stalcraft, userId } = context;
  const account = await context.findAccount();
  if (!account) return undefined;
  const main = account.character ?? undefined;
  const where = region ?? main?.region ?? context.region;
  if (main?.region === where) return { name: main.name, region: where };
  const read = async () => {
    const own = await account.use((token) => stalcraft.characters(where).getAll({ token }));
    return own.map(({ information: { name } }) => name);
  };
  const [name] = (await recalled.characters.get(ownKey(userId, where), read, PATIENCE_MS)) ?? [];
  return name === undefined ? undefined : { name, region: where };
}

function ownKey(userId: string, region = ""): string {
  return `${userId} ${region}`;
}

/** Forgets which characters somebody has, and what was read with their accounts. */
export function forgetOwn({ recalled, known, userId }: Pick<Context, "recalled" | "known" | "userId">): void {
  known.forget(userId);
  recalled.characters.forget(ownKey(userId));
}

/** The character that an answer is about, chosen by `chosenCharacter`. */
export interface ChosenCharacter {
  readonly character: CharacterInfo;
  /** All of the region. */
  readonly own: readonly CharacterInfo[];
  readonly region: string;
  /** Why the API did not tell: the characters are those that it named last. */
  readonly outage: StalcraftError | undefined;
}

/**
 * The character used when none is named: the main one, else the first of the region.
 * @param region undefined: that of the main character, or the caller's usual one
 * @throws UserError when there is none in the region.
 */
export async function chosenCharacter(
  account: Account,
  region: string | undefined,
  context: Context,
): Promise<ChosenCharacter> {
  const main = account.character;
  const where = region ?? ownRegion(account, context);
  const { value: own, outage } = await ownCharacters(account, where, context);
  // By its id, because characters can be renamed.
  const character = own.find(({ information: { id } }) => id === main?.id) ?? own[0];
  if (!character) throw new UserError("error.no-own-character", { region: where });
  return { character, own, region: where, outage };
}
