import { nameOf, type Glossary } from "../../src/items/index.js";
import type { Told } from "../../src/last-known.js";
import {
  card,
  escape,
  heading,
  HeadingLevel,
  lines,
  time,
  type CardField,
  type Context,
} from "../../src/kernel/index.js";
import type { CharacterClan, FullCharacterInfo } from "@zonewire/stalcraft";
import type { PastPeriod } from "../options/period.js";
import { allianceName } from "../format/alliance.js";
import { underWarning } from "../format/last-known.js";
import { dataAge } from "../format/moment.js";
import { rankName } from "../format/rank.js";
import { mainGains } from "./growth.js";
import type { Past } from "./past.js";
import { categoryName, isBetter, mainFigures, type Figure } from "./statistics.js";

/** Who a character is, and the figures most people look for. */
export function overviewCard(
  { value: character, outage }: Told<FullCharacterInfo>,
  region: string,
  glossary: Glossary,
  context: Context,
) {
  const { t, locale } = context;
  const achievements = character.displayedAchievements.map((id) =>
    escape(nameOf(glossary.achievements.get(id) ?? { id, names: {} }, locale)),
  );
  return card({
    title: profileTitle(character, region, context),
    description: underWarning(escape(character.status), outage, character.receivedAt, context),
    note: dataAge(character.receivedAt, context),
    fields: [
      { name: t("character.alliance"), value: allianceName(character.alliance, context), inline: true },
      { name: t("character.last-login"), value: lastSeen(character.lastLogin, context), inline: true },
      { name: t("character.clan"), value: clanAndRank(character.clan, context), inline: true },
      ...mainFigures(character.stats, context).map(
        (figure) => figure && { name: figure.name, value: figure.value, inline: true },
      ),
      achievements.length > 0 ? { name: t("character.achievements"), value: achievements.join(", ") } : undefined,
    ],
  });
}

/** A page of one category of statistics. */
export function categoryCard(
  { value: character, outage }: Told<FullCharacterInfo>,
  region: string,
  category: string,
  figures: readonly Figure[],
  context: Context,
) {
  return card({
    title: profileTitle(character, region, context),
    description: underWarning(
      lines(
        heading(escape(categoryName(category, context)), HeadingLevel.Three),
        ...figures.map(({ name, value }) => `${name} — **${value}**`),
      ),
      outage,
      character.receivedAt,
      context,
    ),
    note: dataAge(character.receivedAt, context),
  });
}

/** What grew of two characters in a period; undefined: of that one nothing can be shown to everybody. */
interface Pasts {
  readonly period: PastPeriod;
  readonly of: readonly [Past | undefined, Past | undefined];
}

type Pair = readonly [Told<FullCharacterInfo>, Told<FullCharacterInfo>];

/** Two characters next to each other, the better figure of each line in bold. */
export function comparisonCard(pair: Pair, region: string, pasts: Pasts | undefined, context: Context) {
  const { t } = context;
  const [first, second] = [pair[0].value, pair[1].value];
  const outage = pair[0].outage ?? pair[1].outage;
  const receivedAt = first.receivedAt < second.receivedAt ? first.receivedAt : second.receivedAt;
  const short = { ...context, brief: true };
  const [one, other] = [mainFigures(first.stats, short), mainFigures(second.stats, short)];
  // Both columns have the same lines, so that they stand level.
  const names = one.map((figure, place) => (figure ?? other[place])?.name);
  const column = ({ username }: FullCharacterInfo, rows: readonly string[]): CardField => ({
    name: escape(username),
    value: lines(...rows),
    inline: true,
  });
  const who = (character: FullCharacterInfo) =>
    column(character, [
      clanAndRank(character.clan, context, ", "),
      allianceName(character.alliance, context),
      t("card.pair", { name: t("character.last-login"), value: lastSeen(character.lastLogin, context) }),
    ]);
  const figures = (character: FullCharacterInfo, own: MainFigures, others: MainFigures) => {
    const rows = names.flatMap((name, place) =>
      name === undefined ? [] : [t("card.pair", { name, value: marked(own[place], others[place]) })],
    );
    return rows.length > 0 ? column(character, rows) : undefined;
  };
  const compared = [figures(first, one, other), figures(second, other, one)];
  return card({
    title: t("character.comparison", { first: escape(first.username), second: escape(second.username), region }),
    description: underWarning("", outage, receivedAt, context),
    // A name that needs two lines moves no figure: these begin below, level with each other.
    fields: [
      who(first),
      who(second),
      compared.some(Boolean)
        ? { name: t("character.overview"), value: verdict(pair, [one, other], context) }
        : undefined,
      ...compared,
      ...(pasts ? growthFields(pair, pasts, region, context) : []),
    ],
    note: dataAge(receivedAt, context),
  });
}

/** What grew of each, level with each other, under since when. */
function growthFields(
  pair: Pair,
  { period, of: [past, otherPast] }: Pasts,
  region: string,
  context: Context,
): CardField[] {
  const { t } = context;
  const glossary = context.items.glossary(region);
  const short = { ...context, brief: true };
  const gains = (progress: Past | undefined) => mainGains(progress?.stats ?? [], glossary, short);
  const [one, other] = [gains(past), gains(otherPast)];
  const [first, second] = [pair[0].value, pair[1].value];
  const column = ({ username }: FullCharacterInfo, progress: Past | undefined, own: Gains, others: Gains) => ({
    name: escape(username),
    value: progress
      ? lines(
          t("compare.between", { from: time(progress.from, "d"), until: time(progress.until, "d") }),
          ...own.flatMap((figure, place) => {
            const name = (figure ?? others[place])?.name;
            const against = past && otherPast ? others[place] : figure;
            return name === undefined ? [] : [t("card.pair", { name, value: marked(figure, against) })];
          }),
        )
      : t("compare.no-past"),
    inline: true,
  });
  return [
    {
      name: t("compare.growth", { period: t(`history.period.${period}`) }),
      value: past && otherPast ? verdict(pair, [one, other], context) : t("compare.nothing"),
    },
    column(first, past, one, other),
    column(second, otherPast, other, one),
  ];
}

type Gains = ReturnType<typeof mainGains>;
type MainFigures = ReturnType<typeof mainFigures>;
type Figures = readonly (Figure | undefined)[];

/** What bold means, where anything is bold. */
function verdict([first, second]: Pair, [one, other]: readonly [Figures, Figures], { t }: Context): string {
  if (first.value.uuid === second.value.uuid) return t("compare.same");
  const isAhead = (own: Figures, others: Figures) =>
    own.some((figure, place) => figure && isBetter(figure, others[place]));
  return isAhead(one, other) || isAhead(other, one) ? t("character.better") : t("compare.nobody-ahead");
}

/** Bold when it is better than the other one's. */
function marked(figure: Figure | undefined, other: Figure | undefined): string {
  if (!figure) return "—";
  return isBetter(figure, other) ? `**${figure.value}**` : figure.value;
}

function profileTitle({ username }: FullCharacterInfo, region: string, { t }: Context): string {
  return t("character.title", { name: escape(username), region });
}

function lastSeen(lastLogin: Date | undefined, { t }: Context): string {
  return lastLogin ? time(lastLogin, "R") : t("character.never-seen");
}

/** A clan and the place in it; `between` the two. */
export function clanAndRank(clan: CharacterClan | undefined, context: Context, between = "\n"): string {
  if (!clan) return context.t("character.no-clan");
  const { info, member } = clan;
  return `**[${escape(info.tag)}]** ${escape(info.name)}${between}${rankName(member.rank, context)}`;
}
