import { z } from "zod";
import {
  button,
  card,
  defineComponent,
  definePager,
  defineSubcommand,
  dotted,
  escape,
  lines,
  optionalInteger,
  page,
  row,
  stateOf,
  time,
  type Context,
  type Page,
  type View,
} from "../../src/kernel/index.js";
import type { ClanMember } from "@zonewire/stalcraft";
import { underWarning } from "../format/last-known.js";
import { dataAge } from "../format/moment.js";
import { numbered } from "../format/numbered.js";
import { rankName } from "../format/rank.js";
import { optionalClanOption } from "../options/clan.js";
import { namedRegionOption } from "../options/region.js";
import { bare, clanId } from "./clan-id.js";
import { isAbsent, type LastLogins } from "./last-logins.js";
import { exhausted, oldest } from "./members-card.js";
import { rosterFile } from "./roster-csv.js";
import { askedClan, readRoster, sorted, type Found, type Roster, type WithAccount } from "./roster.js";

const PER_PAGE = 15;
const USUAL_DAYS = 14;
const MOST_DAYS = 365;

interface Query extends Found {
  readonly days: number;
}

const shape = { clan: clanId, region: z.string(), days: z.coerce.number().int().min(1).max(MOST_DAYS) };
const common = { command: "clan inactive", audience: "owner", access: "user" } as const;

const pager = definePager({ ...common, state: stateOf(shape), show });

const readOn = defineComponent({
  ...common,
  action: "more",
  state: stateOf(shape),
  run: ({ state }, context) => show(state, 0, context),
});

const exportFile = defineComponent({
  ...common,
  action: "csv",
  state: stateOf({ ...shape, page: z.coerce.number().int().nonnegative() }),
  async run({ state: { page: wanted, ...query } }, context) {
    const found = await read(query, context);
    const { roster, listed } = found;
    const look = { called: "clan-inactive", unknown: context.t("character.never-seen") };
    return {
      ...view(found, query, wanted, context),
      files: [rosterFile(roster.clan, listed, query.region, roster.logins, context, look)],
    };
  },
});

export const inactive = defineSubcommand({
  name: "inactive",
  // As the list of members.
  visibility: "private",
  access: "user",
  options: {
    days: optionalInteger({ min: 1, max: MOST_DAYS }),
    clan: optionalClanOption(),
    region: namedRegionOption(),
  },
  components: [readOn, exportFile, ...pager.components],
  modals: pager.modals,
  async run({ options: { days = USUAL_DAYS, clan, region } }, context) {
    return show({ ...(await askedClan(clan, region, context)), days }, 0, context);
  },
});

async function show(query: Query, wanted: number, context: WithAccount): Promise<View> {
  return view(await read(query, context), query, wanted, context);
}

interface Inactive {
  readonly roster: Roster;
  /** Those who were not there for so long, the longest first, then those of whom it is not known. */
  readonly listed: readonly ClanMember[];
  readonly absent: number;
  /** Whose profile was read and does not tell, or is hidden. */
  readonly unknown: number;
  /** Whose profile was not read. */
  readonly unread: number;
}

async function read({ clan, region, days, outage }: Query, context: WithAccount): Promise<Inactive> {
  const selection = { clan, region, sort: "seen", rank: undefined, absent: undefined } as const;
  const read = await readRoster(selection, context, outage);
  const roster = { ...read, logins: read.logins && (await withKept(read.all, region, read.logins, context)) };
  const { logins } = roster;
  const shown = sorted(read.all, "seen", logins, context);
  const absent = shown.filter((member) => isAbsent(member, days, logins, context));
  const unknown = shown.filter(({ name }) => logins?.times.get(name) === undefined);
  const unread = unknown.filter(({ name }) => logins?.times.has(name) !== true);
  return {
    roster,
    listed: [...absent, ...unknown],
    absent: absent.length,
    unknown: unknown.length - unread.length,
    unread: unread.length,
  };
}

/** Those that could not be read now, as the last daily reading of a clan that is kept told them. */
async function withKept(
  members: readonly ClanMember[],
  region: string,
  logins: LastLogins,
  { history, told }: Context,
): Promise<LastLogins> {
  const unread = members.map(({ name }) => name).filter((name) => !logins.times.has(name));
  if (unread.length === 0) return logins;
  const kept = await history.lastLogins(region, unread);
  const times = kept.map(({ name, lastLoginAt }) => [name, lastLoginAt ?? undefined] as const);
  const moments = [...(logins.readAt ? [logins.readAt] : []), ...kept.map(({ readAt }) => told(readAt))];
  const [first, ...others] = moments;
  return {
    ...logins,
    times: new Map([...logins.times, ...times]),
    readAt: first && others.reduce((one, other) => oldest(one, other), first),
  };
}

function view(found: Inactive, { clan, region, days }: Query, wanted: number, context: Context): View {
  const { t } = context;
  const shown = page(found.listed, wanted, PER_PAGE);
  const state = bare({ clan, region, days });
  return {
    embeds: [inactiveCard(found, { region, days }, shown, context)],
    components: [
      row(
        ...(found.unread > 0
          ? [button({ label: t("members.read-on"), customId: readOn.customId(state, context) })]
          : []),
        button({
          label: t("members.export"),
          customId: exportFile.customId({ ...state, page: shown.number }, context),
          disabled: found.listed.length === 0,
        }),
      ),
      ...pager.buttons(state, shown, context),
    ],
  };
}

function inactiveCard(
  { roster, absent, unknown, unread }: Inactive,
  { region, days }: Pick<Query, "region" | "days">,
  shown: Page<ClanMember>,
  context: Context,
) {
  const { t } = context;
  const { clan, readAt, outage, logins } = roster;
  const oldestReading = oldest(readAt, logins?.readAt);
  return card({
    title: t("inactive.title", { tag: escape(clan.tag), name: escape(clan.name), region }),
    description: underWarning(
      lines(
        dotted(
          t("members.count-absent", { members: absent, days }),
          unknown > 0 && t("inactive.unknown", { members: unknown }),
        ),
        ...numbered(shown, (member) => memberLine(member, logins, context), context),
      ),
      outage,
      oldestReading,
      context,
    ),
    note: dotted(
      dataAge(oldestReading, context),
      unread > 0 && logins?.exhausted !== undefined && exhausted(unread, logins, context),
    ),
  });
}

function memberLine({ name, rank }: ClanMember, logins: LastLogins | undefined, context: Context): string {
  const { t } = context;
  const seen = logins?.times.get(name);
  const when = seen && t("members.seen", { when: time(seen, "R") });
  return dotted(
    `**${escape(name)}** — ${rankName(rank, context)}`,
    when ?? (logins?.times.has(name) ? t("character.never-seen") : "…"),
  );
}
