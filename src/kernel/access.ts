import type { Account } from "./account.js";
import type { Context } from "./context.js";
import type { Reply } from "./reply.js";

interface Extras {
  /** The caller's linked account; who has none is asked to link one. */
  readonly user: { readonly account: Account };
  /** What changes the answer later, from outside. */
  readonly reply: { readonly reply: Reply };
}

/** What an action, a component or a form may be given beyond the ordinary. */
export type Access = keyof Extras;

/** The context that somebody with this access is given. */
export type ContextWith<A extends Access | undefined> = Context & (A extends Access ? Extras[A] : unknown);

/** @throws UserError when the person has no account to give access to. */
export async function contextWith<A extends Access | undefined>(
  access: A,
  context: Context,
  reply: Reply,
): Promise<ContextWith<A>> {
  const extras = {
    user: async () => ({ account: await context.requireAccount() }),
    reply: () => ({ reply }),
  };
  // Each access adds what Extras names for it, which is what ContextWith says; without one there is nothing to add.
  return (access ? { ...context, ...(await extras[access]()) } : context) as ContextWith<A>;
}
