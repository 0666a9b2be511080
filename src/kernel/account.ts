import { UserError } from "./errors.js";
import type { PlainTextKey } from "./texts.js";

/** An account elsewhere that a Discord user has linked. The bot says what else is known of it, with `declare module`. */
export interface LinkedAccount {
  /** Of the link. */
  readonly id: string;
  /** Dead: its owner has to link it again before it can be used. */
  readonly state: "live" | "dead";
  /** A fresh access token of it, where it was read along with the account; else `Accounts.token` is asked. */
  readonly token?: (() => Promise<string>) | undefined;
}

/** The caller's main linked account, usable. */
export interface Account extends Omit<LinkedAccount, "state" | "token"> {
  /**
   * Does what `call` does with a fresh access token of this account, once more where that token is refused:
   * `account.use((token) => api.friends(name, { token, signal }))`.
   * @throws UserError when the account has to be linked again; what `call` throws when a renewed token is refused as well,
   *   which may also mean that this account may not see something.
   */
  readonly use: <T>(call: (token: string) => Promise<T>) => Promise<T>;
}

/** Where the kernel finds linked accounts. What it throws is put into words by the router's `diagnose`. */
export interface Accounts {
  /** A person's main account. */
  main(userId: string): Promise<LinkedAccount | undefined>;
  /** A fresh access token of a link. */
  token(linkId: string): Promise<string>;
  /** Whether an error says that a token was refused. */
  isRefusal(error: unknown): boolean;
  /** Another token after this one was refused; the same one where that is known to be good. */
  renewed(linkId: string, refused: string): Promise<string>;
}

/** The person has to link an account first: told with a button that begins it. */
export class LinkNeededError extends UserError<PlainTextKey> {}

/**
 * @param read the person's main account where it is read already
 * @throws LinkNeededError when the person has linked no account, or the link is dead.
 */
export async function requireAccount(
  accounts: Accounts | undefined,
  userId: string,
  read?: LinkedAccount,
): Promise<Account> {
  if (!accounts) throw new UserError("error.linking-off");
  const linked = read ?? (await accounts.main(userId));
  if (!linked) throw new LinkNeededError("error.link-first");
  if (linked.state === "dead") throw new LinkNeededError("error.link-again");
  return usable(linked, accounts);
}

/** Undefined when the person has linked none that works. @param read as above */
export async function findAccount(
  accounts: Accounts | undefined,
  userId: string,
  read?: LinkedAccount,
): Promise<Account | undefined> {
  const linked = read ?? (await accounts?.main(userId));
  return accounts && linked?.state === "live" ? usable(linked, accounts) : undefined;
}

/** Reads a person's main account once, however often it is needed: for one interaction. */
export function readOnce(accounts: Accounts): Accounts {
  const read = new Map<string, Promise<LinkedAccount | undefined>>();
  return {
    main(userId) {
      const main = read.get(userId) ?? accounts.main(userId);
      read.set(userId, main);
      return main;
    },
    token: (linkId) => accounts.token(linkId),
    isRefusal: (error) => accounts.isRefusal(error),
    renewed: (linkId, refused) => accounts.renewed(linkId, refused),
  };
}

function usable({ state: _, token: ownToken, ...account }: LinkedAccount, accounts: Accounts): Account {
  const { id } = account;
  let renewed: string | undefined;
  return {
    ...account,
    async use(call) {
      const token = renewed ?? (await (ownToken ? ownToken() : accounts.token(id)));
      try {
        return await call(token);
      } catch (error) {
        if (!accounts.isRefusal(error)) throw error;
        const another = await accounts.renewed(id, token);
        if (another === token) throw error;
        renewed = another;
        return call(another);
      }
    },
  };
}
