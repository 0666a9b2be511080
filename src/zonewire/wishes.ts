import type { Wishes } from "@zonewire/sandbox/playground";
import { subjectOf, type Watching } from "../watch/index.js";
import { priceRule } from "../watch/price/index.js";

/** The lots that a person and the server where they are wait for, for the sandbox's page: one press puts one up. */
export function wishesOf(watching: () => Pick<Watching, "list">): Wishes {
  return async ({ user, channel }) => {
    const scopes = [{ ownerId: user.id }, ...(channel.guild ? [{ guildId: channel.guild.id }] : [])];
    const watches = (await Promise.all(scopes.map((scope) => watching().list(scope)))).flat();
    return watches.flatMap((watch) => {
      const subject = subjectOf(watch);
      const rule = priceRule.safeParse(watch.rule);
      if (watch.state !== "running" || subject.kind !== "price" || !rule.success) return [];
      return [{ id: watch.id, region: subject.region, item: subject.itemId, ...rule.data }];
    });
  };
}
