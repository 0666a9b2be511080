import { NotFoundError, StalcraftError, type API } from "@zonewire/stalcraft";
import { AccountAwayError, LinkAgainError, withToken, type Accounts } from "../accounts/index.js";
import type { OwnNames } from "./ports.js";

interface OwnNamesParts {
  readonly api: Pick<API, "characters">;
  readonly accounts: Pick<Accounts, "token" | "isRefusal" | "renewed">;
}

/** Asks the game for the characters of a linked account, with its own token. */
export function ownNames({ api, accounts }: OwnNamesParts): OwnNames {
  return async (linkId, region, signal) => {
    const read = async (token: string) => {
      const call = { token, priority: "background", asker: null, signal } as const;
      const characters = await api.characters(region).getAll(call);
      return new Set(characters.map(({ information: { name } }) => name));
    };
    try {
      return await withToken(accounts, linkId, read);
    } catch (error) {
      if (error instanceof NotFoundError) return new Set();
      const isSilent = [LinkAgainError, AccountAwayError, StalcraftError].some((kind) => error instanceof kind);
      if (isSilent && !signal.aborted) return undefined;
      throw error;
    }
  };
}
