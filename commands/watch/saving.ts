import { UserError, type Context } from "../../src/kernel/index.js";
import type { AddedWatch, NewWatch, Stage } from "../../src/watch/index.js";

type Delivery = Omit<NewWatch, "subject" | "rule" | "lifetimeDays" | "alone">;

/**
 * Keeps that emissions of a region are told somewhere. There is one such watch for each place: another one takes the place of
 * the one before.
 * @throws UserError when there are as many watches as there may be
 */
export async function saveEmissionWatch(
  region: string,
  stages: readonly Stage[],
  delivery: Delivery,
  { watching }: Pick<Context, "watching">,
): Promise<Extract<AddedWatch, { readonly kind: "added" }>> {
  const rule = { stages: [...stages] };
  const added = await watching.add({ ...delivery, subject: { kind: "emission", region }, rule, alone: true });
  if (added.kind === "limit")
    throw new UserError(delivery.guildId === null ? "error.watch-limit" : "error.alert-limit", { limit: added.limit });
  return added;
}
