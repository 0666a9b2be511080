import { card, dotted, escape, lines, time, type Context, type Page } from "../../src/kernel/index.js";
import type { Clan, ClanMember } from "@zonewire/stalcraft";
import { underWarning } from "../format/last-known.js";
import { dataAge } from "../format/moment.js";
import { numbered } from "../format/numbered.js";
import { rankName } from "../format/rank.js";
import { isAbsent, type LastLogins } from "./last-logins.js";
import type { Roster, Selection } from "./roster.js";

/** Marks who has been absent for more than this many days. */
const ABSENT = "💤";
export const ABSENT_DAYS = 7;

export function rosterCard(roster: Roster, selection: Selection, shown: Page<ClanMember>, context: Context) {
  const { clan, readAt, outage, logins, ofRank } = roster;
  const { t } = context;
  const oldestReading = oldest(readAt, logins?.readAt);
  const marked = shown.items.some((member) => isAbsent(member, ABSENT_DAYS, logins, context));
  const unread = ofRank - (logins?.times.size ?? ofRank);
  const { absent, sort, region } = selection;
  const members = roster.shown.length;
  return card({
    title: rosterTitle(clan, region, context),
    description: underWarning(
      lines(
        dotted(
          absent === undefined ? t("members.count", { members }) : t("members.count-absent", { members, days: absent }),
          t(`members.sort-${sort}`),
        ),
        ...numbered(shown, (member) => memberLine(member, logins, context), context),
      ),
      outage,
      oldestReading,
      context,
    ),
    note:
      ofRank > 0
        ? dotted(
            dataAge(oldestReading, context),
            marked && t("members.absent", { mark: ABSENT, days: ABSENT_DAYS }),
            unread > 0 && logins?.exhausted && exhausted(unread, logins, context),
          )
        : undefined,
  });
}

function rosterTitle(clan: Clan, region: string, { t }: Context): string {
  return t("members.title", { tag: escape(clan.tag), name: escape(clan.name), region });
}

function memberLine(member: ClanMember, logins: LastLogins | undefined, context: Context): string {
  const { t } = context;
  const { name, rank, joinTime } = member;
  const who = `**${escape(name)}** — ${rankName(rank, context)}`;
  if (!logins) return dotted(who, t("members.joined", { when: time(joinTime, "D") }));
  if (!logins.times.has(name)) return dotted(who, "…");
  const seen = logins.times.get(name);
  const mark = isAbsent(member, ABSENT_DAYS, logins, context) ? `${ABSENT} ` : "";
  return mark + dotted(who, seen ? t("members.seen", { when: time(seen, "R") }) : t("character.never-seen"));
}

export function oldest(one: Date, other: Date | undefined): Date {
  return other && other < one ? other : one;
}

export function exhausted(unread: number, logins: LastLogins | undefined, { t, told }: Context): string {
  const until = logins?.exhausted?.until;
  return until
    ? t("members.unread-until", { members: unread, when: time(told(until), "R") })
    : t("members.unread", { members: unread });
}
