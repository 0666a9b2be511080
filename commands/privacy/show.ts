import type { PersonalHistory } from "../../src/history/index.js";
import {
  card,
  definePager,
  defineSubcommand,
  dotted,
  escape,
  lines,
  page,
  stateOf,
  time,
  type Context,
  type PlainTextKey,
  type View,
} from "../../src/kernel/index.js";

/** What the tables and columns hold, in a player's words. One that is missing here is shown by its own name. */
const TABLES: Readonly<Record<string, PlainTextKey>> = {
  people: "privacy.people",
  links: "privacy.links",
  clan_links: "privacy.clan-links",
  link_attempts: "privacy.attempts",
  watches: "privacy.watches",
  deliveries: "privacy.deliveries",
  targets: "privacy.targets",
  panels: "privacy.panels",
  war_corrections: "privacy.war-corrections",
  war_excuses: "privacy.war-excuses",
  war_logins: "privacy.war-logins",
  war_sign_ups: "privacy.war-sign-ups",
  war_squad_members: "privacy.war-squad-members",
  war_voice: "privacy.war-voice",
  history_keeps: "privacy.history-keeps",
  history_rosters: "privacy.history-rosters",
  role_matches: "privacy.role-matches",
  role_graces: "privacy.role-graces",
  role_reports: "privacy.role-reports",
};
const COLUMNS: Readonly<Record<string, PlainTextKey>> = {
  accessExpiresAt: "privacy.column.access-expires",
  accessToken: "privacy.column.access-token",
  applicationId: "privacy.column.application",
  characterId: "privacy.column.character-id",
  characterName: "privacy.column.character",
  characterRegion: "privacy.column.character-region",
  clanId: "privacy.column.clan",
  createdAt: "privacy.column.created",
  discordId: "privacy.column.discord-id",
  discordName: "privacy.column.discord-name",
  exboId: "privacy.column.exbo-id",
  energyPrice: "privacy.column.energy-price",
  expiresAt: "privacy.column.expires",
  feePercent: "privacy.column.fee",
  id: "privacy.column.id",
  interactionToken: "privacy.column.interaction-token",
  isMain: "privacy.column.main",
  keepsHistory: "privacy.column.keeps-history",
  keptAt: "privacy.column.kept",
  keyId: "privacy.column.key",
  language: "privacy.column.language",
  linkId: "privacy.column.link",
  linkedAt: "privacy.column.linked",
  list: "privacy.column.change",
  locale: "privacy.column.language",
  login: "privacy.column.login",
  privateAnswers: "privacy.column.private-answers",
  refreshedAt: "privacy.column.refreshed",
  refreshToken: "privacy.column.refresh-token",
  region: "privacy.column.region",
  state: "privacy.column.state",
  stateHash: "privacy.column.state-hash",
  updatedAt: "privacy.column.updated",

  attempts: "privacy.column.attempts",
  begunAt: "privacy.column.sending",
  channelId: "privacy.column.channel",
  crosspost: "privacy.column.crosspost",
  dmChannelId: "privacy.column.channel",
  dueAt: "privacy.column.due",
  endedAt: "privacy.column.ended",
  event: "privacy.column.event",
  failures: "privacy.column.attempts",
  firstFailedAt: "privacy.column.sending",
  guildId: "privacy.column.server",
  held: "privacy.column.held",
  kind: "privacy.column.watched",
  lastToldAt: "privacy.column.last-told",
  lendsAccount: "privacy.column.lends-account",
  lease: "privacy.column.sending",
  leasedUntil: "privacy.column.sending",
  lifetimeDays: "privacy.column.lifetime",
  matchedAt: "privacy.column.matched",
  memory: "privacy.column.memory",
  messageId: "privacy.column.message",
  name: "privacy.column.name",
  nextAt: "privacy.column.due",
  nick: "privacy.column.nickname",
  nonce: "privacy.column.sending",
  origin: "privacy.column.origin",
  ownerId: "privacy.column.discord-id",
  pauseReason: "privacy.column.reason",
  pauseToldAt: "privacy.column.notified",
  personId: "privacy.column.discord-id",
  quietFrom: "privacy.column.quiet-from",
  quietMode: "privacy.column.quiet-mode",
  quietUntil: "privacy.column.quiet-until",
  readAt: "privacy.column.read",
  reason: "privacy.column.reason",
  refusedSince: "privacy.column.refused",
  roleId: "privacy.column.role",
  rule: "privacy.column.rule",
  shownHash: "privacy.column.sending",
  shownVersion: "privacy.column.sending",
  silent: "privacy.column.silent",
  since: "privacy.column.since",
  snoozedUntil: "privacy.column.snoozed",
  source: "privacy.column.source",
  subject: "privacy.column.subject",
  target: "privacy.column.target",
  timeZone: "privacy.column.time-zone",
  tooLateAt: "privacy.column.too-late",
  touchedAt: "privacy.column.touched",
  version: "privacy.column.sending",
  warnedAt: "privacy.column.notified",
  watchId: "privacy.column.subject",
  why: "privacy.column.reason",

  answer: "privacy.column.answer",
  answeredAt: "privacy.column.said",
  byId: "privacy.column.written-by",
  character: "privacy.column.character",
  correctedAt: "privacy.column.said",
  firstLogin: "privacy.column.first-login",
  fromAt: "privacy.column.from",
  lastLogin: "privacy.column.last-login",
  outcome: "privacy.column.profile",
  present: "privacy.column.in-voice",
  squadId: "privacy.column.squad",
  untilAt: "privacy.column.until",
  verdict: "privacy.column.verdict",
  warId: "privacy.column.war",
};
const STATES: Readonly<Record<string, PlainTextKey>> = {
  live: "privacy.live",
  ok: "privacy.live",
  dead: "privacy.dead",
  running: "privacy.state.running",
  paused: "privacy.state.paused",
  waiting: "privacy.state.waiting",
  sent: "privacy.state.sent",
  dropped: "privacy.state.dropped",
};
const CHANGES: Readonly<Record<string, PlainTextKey>> = {
  given: "privacy.change.given",
  taken: "privacy.change.taken",
  renamed: "privacy.change.renamed",
  refused: "privacy.change.refused",
};

/** Rows to a page: each column of each of them has room in one message. */
const PER_PAGE = 5;

const pager = definePager({
  command: "privacy show",
  audience: "owner",
  state: stateOf({}),
  show: (_state, wanted, context) => showPage(wanted, context),
});

export const show = defineSubcommand({
  name: "show",
  visibility: "private",
  components: pager.components,
  modals: pager.modals,
  run: (_input, context) => showPage(0, context),
});

async function showPage(wanted: number, context: Context): Promise<View> {
  const { store, userId, t } = context;
  const [data, history] = await Promise.all([store.personal.export(userId), store.personal.history(userId)]);
  const refuses = data.people?.some(({ lendsAccount }) => lendsAccount === false) === true;
  const rows = Object.entries(data).flatMap(([table, ofTable]) => ofTable.map((row) => ({ table, row })));
  const shown = page([...rows, ...history], wanted, PER_PAGE);
  const fields = shown.items.map((one) => {
    if ("snapshots" in one) return { name: t("privacy.history"), value: describeHistory(one, context) };
    const key = TABLES[one.table];
    return { name: key ? t(key) : one.table, value: describe(one.row, context) };
  });
  return {
    embeds: [
      card({
        title: t("privacy.title"),
        description: lines(
          t(fields.length > 0 ? "privacy.stored" : "privacy.nothing"),
          data.links && !refuses && t("privacy.lends"),
        ),
        note: fields.length > 0 ? t("privacy.next") : undefined,
        fields,
      }),
    ],
    components: pager.buttons({}, shown, context),
  };
}

/** All figures are in the exported file. */
function describeHistory({ region, name, snapshots }: PersonalHistory, { t, told }: Context): string {
  const [first, last] = [snapshots[0], snapshots.at(-1)];
  const when = (moment: string) => time(told(new Date(moment)), "D");
  return lines(
    dotted(`**${escape(name)}**`, escape(region)),
    first &&
      last &&
      t("privacy.history-kept", { snapshots: snapshots.length, from: when(first.from), to: when(last.to) }),
  );
}

function describe(row: Readonly<Record<string, unknown>>, context: Context): string {
  const there = Object.entries(row).filter(([, value]) => value !== null);
  return lines(
    ...there.map(([column, value]) => {
      const key = COLUMNS[column];
      const name = key ? context.t(key) : escape(column);
      return context.t("card.pair", { name, value: valueText(column, value, context) });
    }),
  );
}

function valueText(column: string, value: unknown, { t, told }: Context): string {
  if (typeof value === "boolean") return t(value ? "privacy.yes" : "privacy.no");
  const text = typeof value === "string" ? value : shorten(JSON.stringify(value));
  const known = { state: STATES, list: CHANGES }[column]?.[text];
  if (known !== undefined) return t(known);
  if (text === "encrypted") return t("privacy.encrypted");
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) ? time(told(new Date(text)), "f") : escape(text);
}

/** All of it is in the exported file; the other columns have to fit, too. */
const shorten = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text);
