import { UserError, type Context } from "../../src/kernel/index.js";
import type { AddedWatch, NewWatch, Stage } from "../../src/watch/index.js";

type Delivery = Omit<NewWatch, "subject" | "rule" | "lifetimeDays">;

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
  const { guildId, ownerId, target, roleId, crosspost, locale } = delivery;
  const scope = guildId === null ? { ownerId } : { guildId };
  const rule = { stages: [...stages] };
  const before = (await watching.list(scope)).filter(
    (watch) => watch.kind === "emission" && watch.subject === region && watch.target === target,
  );
  const isSame = (watch: (typeof before)[number]) =>
    watch.roleId === roleId &&
    watch.crosspost === crosspost &&
    watch.locale === locale &&
    JSON.stringify(watch.rule) === JSON.stringify(rule);
  for (const watch of before) if (!isSame(watch)) await watching.remove(watch.id, scope);
  const added = await watching.add({ ...delivery, subject: { kind: "emission", region }, rule });
  if (added.kind === "limit")
    throw new UserError(guildId === null ? "error.watch-limit" : "error.alert-limit", { limit: added.limit });
  return { ...added, existed: before.length > 0 };
}
