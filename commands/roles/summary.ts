import {
  card,
  COLOURS,
  dotted,
  escape,
  lines,
  time,
  type CardField,
  type Context,
  type View,
} from "../../src/kernel/index.js";
import type { Checked, PersonPlan, Plan, Standing } from "../../src/roles/index.js";
import { csvFile, csvMoment } from "../format/csv.js";
import { plainRankName, rankName } from "../format/rank.js";
import { doubtText, type Doubted } from "./doubt.js";
import { memberMention, roleMention } from "./server.js";
import { nicknameWhy, roleWhy } from "./why.js";

/** Of each part; all of it is in the file. */
const MOST_LINES = 8;

/** Something that a plan says, of which a card shows the first lines. */
interface Part {
  readonly title: string;
  readonly lines: readonly string[];
}

/** Who would get or lose what, and why not; a file has what does not fit. */
export function summaryView(title: string, checked: Checked, context: Context): View {
  const { t } = context;
  const parts = partsOf(checked, context).filter((part) => part.lines.length > 0);
  const isCut = parts.some((part) => part.lines.length > MOST_LINES);
  return {
    embeds: [
      card({
        title,
        colour: doubtsOf(checked.plan).length > 0 ? COLOURS.alert : COLOURS.neutral,
        description: lines(
          ...doubtsOf(checked.plan).map((doubted) => `⚠️ ${doubtText(doubted, context)}`),
          countsLine(checked.plan, context),
        ),
        fields: parts.map((part) => fieldOf(part, context)),
        note: lines(t("roles.who"), isCut && t("roles.file")),
      }),
    ],
    ...(isCut && { files: [planFile(checked.plan, context)] }),
  };
}

export function doubtsOf({ readings }: Plan): readonly Doubted[] {
  return readings.flatMap((reading) => (reading.doubt ? [reading] : []));
}

/** How many changes there are to be made now. */
export function changesIn({ people }: Plan): number {
  return people.reduce(
    (sum, { give, take, nick }) => sum + give.length + take.length + (nick === undefined ? 0 : 1),
    0,
  );
}

function countsLine({ people, right }: Plan, { t }: Context): string {
  const sum = (count: (person: PersonPlan) => number) => people.reduce((all, person) => all + count(person), 0);
  const [give, take] = [sum((person) => person.give.length), sum((person) => person.take.length)];
  const [waiting, nicks] = [sum((person) => person.waiting.length), sum(({ nick }) => (nick === undefined ? 0 : 1))];
  return dotted(
    right > 0 && t("roles.count.right", { people: right }),
    give > 0 && t("roles.count.give", { roles: give }),
    take > 0 && t("roles.count.take", { roles: take }),
    waiting > 0 && t("roles.count.waiting", { roles: waiting }),
    nicks > 0 && t("roles.count.nicknames", { people: nicks }),
  );
}

function partsOf({ plan, strangers }: Checked, context: Context): readonly Part[] {
  const { t, told } = context;
  const { people, absent, unmatched, unread } = plan;
  const of = (line: (person: PersonPlan) => string | undefined) =>
    people.flatMap((person) => {
      const text = line(person);
      return text === undefined ? [] : [`${memberMention(person.member.userId)}: ${text}`];
    });
  const mentions = (roleIds: readonly string[]) =>
    roleIds.length > 0 ? roleIds.map(roleMention).join(" ") : undefined;
  return [
    { title: t("roles.part.give"), lines: of((person) => givenText(person, context)) },
    { title: t("roles.part.take"), lines: of(({ take }) => mentions(take)) },
    {
      title: t("roles.part.waiting"),
      lines: of(({ waiting }) =>
        waiting.length > 0
          ? waiting.map(({ roleId, until }) => `${roleMention(roleId)} ${time(told(new Date(until)), "R")}`).join(", ")
          : undefined,
      ),
    },
    { title: t("roles.part.nicknames"), lines: of(({ nick }) => (nick === undefined ? undefined : escape(nick))) },
    { title: t("roles.part.unable"), lines: unableLines(people, context) },
    {
      title: t("roles.part.outside"),
      lines: people.filter(({ isOutside }) => isOutside).map(({ member }) => memberMention(member.userId)),
    },
    { title: t("roles.part.strangers"), lines: strangerLines(strangers, context) },
    { title: t("roles.part.absent"), lines: absent.map((one) => standingText(one, context)) },
    { title: t("roles.part.unmatched"), lines: unmatched.map((one) => standingText(one, context)) },
    { title: t("roles.part.unread"), lines: unread.map(memberMention) },
  ];
}

function givenText({ give }: PersonPlan, context: Context): string | undefined {
  const [first] = give;
  if (!first) return undefined;
  const roles = give.map(({ roleId }) => roleMention(roleId)).join(" ");
  return `${roles} (${standingText(first.because, context)})`;
}

function standingText({ name, rank }: Pick<Standing, "name" | "rank">, context: Context): string {
  return `${escape(name)}, ${rankName(rank, context)}`;
}

/** Each reason once, with how many it concerns: a role that stands too high does so for all. */
function unableLines(people: readonly PersonPlan[], context: Context): readonly string[] {
  const { t } = context;
  const reasons = people.flatMap(({ unable, member }) =>
    unable.map((one) => ({
      member,
      reason:
        one.what === "nickname" ? nicknameWhy(one.why, context) : roleWhy(one.why, roleMention(one.roleId), context),
    })),
  );
  return [...new Set(reasons.map(({ reason }) => reason))].map((reason) => {
    const whom = reasons.filter((one) => one.reason === reason).map(({ member }) => member.userId);
    const ids = [...new Set(whom)];
    const some = ids.slice(0, 3).map(memberMention).join(" ");
    return `${reason} (${ids.length > 3 ? t("roles.people", { people: ids.length }) : some})`;
  });
}

function strangerLines(strangers: Checked["strangers"], { t }: Context): readonly string[] {
  if (!strangers) return [t("roles.strangers-unknown")];
  return [...strangers].flatMap(([roleId, people]) =>
    people > 0 ? [t("roles.strangers", { role: roleMention(roleId), people })] : [],
  );
}

function fieldOf({ title, lines: all }: Part, { t }: Context): CardField {
  const more = all.length - MOST_LINES;
  return { name: title, value: lines(...all.slice(0, MOST_LINES), more > 0 && t("roles.more", { more })) };
}

/** All of a plan, a line for each role and each member. */
function planFile(plan: Plan, context: Context) {
  const { t, told } = context;
  const people = plan.people.flatMap(({ member: { userId, name }, standings: [first], ...person }) => {
    const who = [userId, name, first?.name ?? "", first ? plainRankName(first.rank, context) : ""];
    return [
      ...person.give.map(({ roleId }) => [t("roles.part.give"), ...who, roleId, ""]),
      ...person.take.map((roleId) => [t("roles.part.take"), ...who, roleId, ""]),
      ...person.waiting.map(({ roleId, until }) => [
        t("roles.part.waiting"),
        ...[...who, roleId, csvMoment(told(new Date(until)))],
      ]),
      ...(person.nick === undefined ? [] : [[t("roles.part.nicknames"), ...who, person.nick, ""]]),
    ];
  });
  const members = (title: string, standings: readonly Standing[]) =>
    standings.map(({ name, rank }) => [title, "", "", name, plainRankName(rank, context), "", ""]);
  const head = [
    ...[t("roles.csv.what"), t("roles.csv.id"), t("roles.csv.member"), t("roles.csv.character")],
    ...[t("members.csv-rank"), t("roles.csv.role"), t("roles.csv.when")],
  ];
  const rest = [...members(t("roles.part.absent"), plan.absent), ...members(t("roles.part.unmatched"), plan.unmatched)];
  return csvFile("roles", [], [head, ...people, ...rest], context);
}
