import { UserError, type Account, type Context, type Suggest } from "../../src/kernel/index.js";
import type { CharacterInfo } from "../../src/stalcraft/index.js";
import { regionOption } from "./region.js";

/** A character's name; longer than any that the game gives. */
export const NAME_LENGTH = 32;

/** The characters of a linked account in a region. */
export async function ownCharacters(account: Account, region: string, context: Context): Promise<CharacterInfo[]> {
  const { stalcraft, signal } = context;
  return account.use((token) => stalcraft.characters(region).getAll({ token, signal }));
}

/** Offers the caller's own characters of the region, where they have linked an account. Any other name can be typed. */
export const suggestOwn: Suggest = (text, context, { region }) =>
  suggestFrom(text, context, () => regionOption().read(region, context));

/** The same where only one's own can be meant: a region left out is then that of the main character. */
export const suggestFriendsOf: Suggest = (text, context, { region }) =>
  suggestFrom(text, context, (account) =>
    region === undefined ? ownRegion(account, context) : regionOption().read(region, context),
  );

/** Where one's own characters are sought when no region is named: where the main one is, else the caller's usual one. */
export function ownRegion({ character }: Account, context: Context): string {
  return character?.region ?? context.region;
}

async function suggestFrom(text: string, context: Context, regionOf: (account: Account) => string) {
  const wanted = text.trim().toLowerCase();
  try {
    const account = await context.findAccount();
    if (!account) return [];
    const own = await ownCharacters(account, regionOf(account), context);
    return own
      .map(({ information: { name } }) => ({ name, value: name }))
      .filter(({ name }) => name.toLowerCase().includes(wanted));
  } catch {
    // Nobody can be told here, and the name can be typed all the same.
    return [];
  }
}

export interface Meant {
  readonly character: CharacterInfo;
  /** All of the region. */
  readonly own: readonly CharacterInfo[];
  readonly region: string;
}

/**
 * The own character that is meant where none is named: the main one, else the first of the region.
 * @param region undefined: that of the main character, or the caller's usual one
 * @throws UserError when there is none in the region.
 */
export async function meantCharacter(account: Account, region: string | undefined, context: Context): Promise<Meant> {
  const main = account.character;
  const where = region ?? ownRegion(account, context);
  const own = await ownCharacters(account, where, context);
  // By its id, because characters can be renamed.
  const character = own.find(({ information: { id } }) => id === main?.id) ?? own[0];
  if (!character) throw new UserError("error.no-own-character", { region: where });
  return { character, own, region: where };
}
