import { ExboUnavailableError, LinkAgainError } from "../../src/accounts/index.js";
import type { Account, Context } from "../../src/kernel/index.js";
import { NotFoundError, StalcraftError, type CharacterInfo } from "@zonewire/stalcraft";
import { regionsOf } from "../options/region-list.js";

export interface OwnCharacter {
  readonly region: string;
  readonly character: CharacterInfo;
}

export interface OwnCharacters {
  readonly characters: readonly OwnCharacter[];
  /** False: the API did not answer for every region. */
  readonly complete: boolean;
}

/**
 * An account's characters in all regions.
 * @throws LinkAgainError when the account cannot be used any more; StoreUnavailableError
 */
export async function readOwnCharacters(account: Account, context: Context): Promise<OwnCharacters> {
  const { stalcraft, signal } = context;
  const regions = await regionsOf(context);
  const readings = await Promise.allSettled(
    regions.map(async ({ id: region }) => {
      const own = await account.use((token) => stalcraft.characters(region).getAll({ token, signal }));
      return own.map((character) => ({ region, character }));
    }),
  );
  const failures = readings.flatMap((reading) =>
    reading.status === "rejected" && !(reading.reason instanceof NotFoundError) ? [reading.reason as unknown] : [],
  );
  const again = failures.find((failure) => failure instanceof LinkAgainError);
  const unexpected = failures.find(
    (failure) => !(failure instanceof StalcraftError || failure instanceof ExboUnavailableError),
  );
  if (again ?? unexpected) throw again ?? unexpected;
  return {
    characters: readings.flatMap((reading) => (reading.status === "fulfilled" ? reading.value : [])),
    complete: failures.length === 0,
  };
}
