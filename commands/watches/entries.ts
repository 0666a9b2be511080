import { dotted, UserError, type Context, type MessageContext } from "../../src/kernel/index.js";
import {
  emissionRule,
  isAlertKind,
  priceRule,
  subjectOf,
  type ListedWatch,
  type Panel,
  type Scope,
  type TestResult,
} from "../../src/watch/index.js";
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
    // Clan wars and roles have commands of their own.
    ...watches
      .filter(({ kind }) => isAlertKind(kind))
      .map((watch) => ({ id: watch.id, title: watchTitle(watch, context), watch })),
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

/** Whatever had stopped it. False: it was not there any more. */
export async function resumeEntry({ watch, panel }: Entry, scope: Scope, { watching }: Context): Promise<boolean> {
  if (watch) return watching.resume(watch.id, scope);
  return panel !== undefined && watching.resumePanel(panel, panel.guildId);
}

/** Sends a real message where it goes. Undefined: it was not there any more. */
export async function testEntry(
  { watch, panel }: Entry,
  scope: Scope,
  { watching, signal }: Context,
): Promise<TestResult | undefined> {
  if (watch) return watching.test(watch.id, scope, signal);
  return panel && watching.testPanel(panel, signal);
}

/** False: it was not there any more. */
export async function removeEntry({ watch, panel }: Entry, scope: Scope, { watching }: Context): Promise<boolean> {
  if (watch) return watching.remove(watch.id, scope);
  return panel !== undefined && watching.removePanel(panel, panel.guildId);
}

/** What a watch is about, without markup: `Emissions · EU · Start`, `Prima · EU · at most 1,300 ₽ per unit`, `[WT] Watch · EU`. */
export function watchTitle(watch: Pick<ListedWatch, "kind" | "subject" | "rule">, context: TitleContext): string {
  const { t, items } = context;
  const subject = subjectOf(watch);
  switch (subject.kind) {
    case "emission": {
      const rule = emissionRule.safeParse(watch.rule).data;
      return dotted(t("watches.emissions"), subject.region, rule && stagesText(rule.stages, context));
    }
    case "price": {
      const { region } = subject;
      const item = items.get(subject.itemId, region);
      const rule = priceRule.safeParse(watch.rule).data;
      const name = item ? itemLabel(item, region, context) : subject.itemId;
      return dotted(name, region, rule && priceRuleText(rule, context));
    }
    case "roster":
      return dotted(clanTitle(subject.clanId, context), subject.region);
    case "war":
      return t("watches.war");
    case "roles":
      return t("watches.roles");
  }
}

function clanTitle(clanId: string, { t, clans }: Pick<TitleContext, "t" | "clans">): string {
  const clan = clans.find(clanId)?.clan;
  return clan ? `[${clan.tag}] ${clan.name}` : t("watches.clan");
}
