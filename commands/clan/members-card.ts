import { DAY_MS } from "../../src/time.js";
import { card, escape, time, type Context } from "../../src/kernel/index.js";
import type { Clan, ClanMember } from "@zonewire/stalcraft";
import { underWarning } from "../format/last-known.js";
import { dataAge } from "../format/moment.js";
import { rankName } from "../format/rank.js";
import type { LastLogins } from "./last-logins.js";
import type { Roster } from "./read-roster.js";
import type { Sort } from "./roster.js";

/** Marks who has not been in the game for more than this many days. */
const ABSENT = "💤";
const ABSENT_DAYS = 7;

/** A page of a roster. */
interface Lines {
  readonly sort: Sort;
  readonly members: readonly ClanMember[];
  /** How many come before. */
  readonly from: number;
  /** How many there are on all pages. */
  readonly of: number;
}

export function rosterCard(
  { clan, readAt, outage, logins }: Roster,
  region: string,
  { members, from, of, sort }: Lines,
  context: Context,
) {
  const { t, number } = context;
  const lines = members.map((member, index) => `${number(from + index + 1)}\\. ${memberLine(member, logins, context)}`);
  const oldestReading = oldest(readAt, logins?.readAt);
  const absent = members.some(({ name }) => isAbsent(logins?.times.get(name), context));
  const unread = of - (logins?.times.size ?? of);
  return card({
    title: rosterTitle(clan, region, context),
    description: underWarning(
      [`${t("members.count", { members: of })} · ${t(`members.sort-${sort}`)}`, ...lines].join("\n"),
      outage,
      oldestReading,
      context,
    ),
    note:
      members.length > 0
        ? [
            dataAge(oldestReading, context),
            ...(absent ? [t("members.absent", { mark: ABSENT, days: ABSENT_DAYS })] : []),
            ...(unread > 0 && logins?.exhausted ? [exhausted(unread, logins, context)] : []),
          ].join(" · ")
        : undefined,
  });
}

/** What is shown while last logins are read. */
export function readingCard(clan: Clan, read: number, total: number, { t, number }: Context) {
  return card({
    title: t("clan.title", { tag: escape(clan.tag), name: escape(clan.name) }),
    description: t("members.reading", { read: number(read), total: number(total) }),
  });
}

function rosterTitle(clan: Clan, region: string, { t }: Context): string {
  return t("members.title", { tag: escape(clan.tag), name: escape(clan.name), region });
}

function memberLine({ name, rank, joinTime }: ClanMember, logins: LastLogins | undefined, context: Context): string {
  const { t } = context;
  const who = `**${escape(name)}** — ${rankName(rank, context)}`;
  if (!logins) return `${who} · ${t("members.joined", { when: time(joinTime, "D") })}`;
  if (!logins.times.has(name)) return `${who} · …`;
  const seen = logins.times.get(name);
  const mark = isAbsent(seen, context) ? `${ABSENT} ` : "";
  return `${mark}${who} · ${seen ? t("members.seen", { when: time(seen, "R") }) : t("character.never-seen")}`;
}

function isAbsent(seen: Date | undefined, { now }: Context): boolean {
  return seen !== undefined && now.getTime() - seen.getTime() > ABSENT_DAYS * DAY_MS;
}

function oldest(one: Date, other: Date | undefined): Date {
  return other && other < one ? other : one;
}

function exhausted(unread: number, logins: LastLogins | undefined, { t, told }: Context): string {
  const until = logins?.exhausted?.until;
  return until
    ? t("members.unread-until", { members: unread, when: time(told(until), "R") })
    : t("members.unread", { members: unread });
}
