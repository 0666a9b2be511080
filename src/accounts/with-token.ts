import type { Accounts } from "./accounts.js";

/**
 * What `call` does with a fresh access token of a link, once more with another one where the game's API refuses the first.
 * @throws LinkAgainError, StoreUnavailableError, AccountAwayError; what `call` throws when there is no other token
 */
export async function withToken<T>(
  accounts: Pick<Accounts, "token" | "isRefusal" | "renewed">,
  linkId: string,
  call: (token: string) => Promise<T>,
): Promise<T> {
  const token = await accounts.token(linkId);
  try {
    return await call(token);
  } catch (error) {
    if (!accounts.isRefusal(error)) throw error;
    const another = await accounts.renewed(linkId, token);
    if (another === token) throw error;
    return call(another);
  }
}
