import { UserError, type Context } from "../../src/kernel/index.js";
import type { WatchRecord } from "../../src/watch/index.js";

/**
 * Says where a new private watch is told. With somebody's first one, makes sure that direct messages reach them: only
 * sending one tells.
 * @throws UserError when they do not; the watch is gone then.
 */
export async function requireMessages(
  { watch, existed }: { readonly watch: WatchRecord; readonly existed: boolean },
  { watching, userId, signal, t }: Pick<Context, "watching" | "userId" | "signal" | "t">,
): Promise<string> {
  const scope = { ownerId: userId };
  if (existed || (await watching.list(scope)).length > 1) return t("price-watch.by-message");
  const sent = await watching.test(watch.id, scope, signal);
  if (sent?.kind !== "refused") return t(sent?.kind === "sent" ? "watch.saved-sent" : "watch.saved");
  await watching.remove(watch.id, scope);
  throw new UserError("error.dm-refused");
}
