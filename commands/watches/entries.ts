import { dotted, UserError, type Context, type MessageContext } from "../../src/kernel/index.js";
import { emissionRule, priceRule, subjectOf, type ListedWatch, type Panel, type Scope } from "../../src/watch/index.js";
import { itemLabel } from "../format/item-name.js";
import { priceRuleText } from "../format/price-rule.js";
import { stagesText } from "../options/stages.js";

/** Whose: a person's own, by direct message, or those of a server, in its channels. */
export type Group = "watch" | "alerts";

/** Something that tells people by itself: a watch, or a panel. */
export interface Entry {
  /** In menus and in the ids of buttons. */
  readonly id: string;
  /** Without markup. */
  readonly title: string;
  readonly watch?: ListedWatch;
  readonly panel?: Panel;
}

/** What names what is watched, also in a message that nobody asked for. */
export type TitleContext = MessageContext & Pick<Context, "items" | "clans">;

/** @throws UserError where there is no server */
export function scopeOf(group: Group, { userId, guildId }: Pick<Context, "userId" | "guildId">): Scope {
  if (group === "watch") return { ownerId: userId };
  if (guildId === undefined) throw new UserError("error.server-only");
  return { guildId };
}

/** The oldest first; panels come last. */
export async function readEntries(scope: Scope, context: Context): Promise<readonly Entry[]> {
  const { watching, t } = context;
  const [watches, panels] = await Promise.all([
    watching.list(scope),
    "guildId" in scope ? watching.panels(scope.guildId) : [],
  ]);
  return [
    ...watches.map((watch) => ({ id: watch.id, title: watchTitle(watch, context), watch })),
    ...panels.map((panel) => ({
      id: `${panel.channelId}.${panel.region}`,
      title: t("watches.panel", { region: panel.region }),
      panel,
    })),
  ];
}

/** @throws UserError when it is not there any more */
export async function findEntry(id: string, scope: Scope, context: Context): Promise<Entry> {
  const entry = (await readEntries(scope, context)).find((one) => one.id === id);
  if (!entry) throw new UserError("error.watch-gone");
  return entry;
}

/** False: it was not there any more. */
export async function removeEntry({ watch, panel }: Entry, scope: Scope, { watching }: Context): Promise<boolean> {
  if (watch) return watching.remove(watch.id, scope);
  return panel !== undefined && watching.removePanel(panel, panel.guildId);
}

/** What a watch is about, without markup: `Emissions · EU · Start`, `Prima · EU · at most 1,300 ₽ per unit`, `[WT] Watch · EU`. */
export function watchTitle(watch: Pick<ListedWatch, "kind" | "subject" | "rule">, context: TitleContext): string {
  const { t, items, clans } = context;
  const subject = subjectOf(watch);
  const { region } = subject;
  switch (subject.kind) {
    case "emission": {
      const rule = emissionRule.safeParse(watch.rule).data;
      return dotted(t("watches.emissions"), region, rule && stagesText(rule.stages, context));
    }
    case "price": {
      const item = items.get(subject.itemId, region);
      const rule = priceRule.safeParse(watch.rule).data;
      const name = item ? itemLabel(item, region, context) : subject.itemId;
      return dotted(name, region, rule && priceRuleText(rule, context));
    }
    case "roster": {
      const clan = clans.find(subject.clanId)?.clan;
      return dotted(clan ? `[${clan.tag}] ${clan.name}` : t("watches.clan"), region);
    }
  }
}
