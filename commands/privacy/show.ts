import {
  card,
  definePager,
  defineSubcommand,
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
  keyId: "privacy.column.key",
  language: "privacy.column.language",
  linkId: "privacy.column.link",
  linkedAt: "privacy.column.linked",
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
  lease: "privacy.column.sending",
  leasedUntil: "privacy.column.sending",
  lifetimeDays: "privacy.column.lifetime",
  memory: "privacy.column.memory",
  messageId: "privacy.column.message",
  nextAt: "privacy.column.due",
  nonce: "privacy.column.sending",
  ownerId: "privacy.column.discord-id",
  pauseReason: "privacy.column.reason",
  pauseToldAt: "privacy.column.notified",
  personId: "privacy.column.discord-id",
  quietFrom: "privacy.column.quiet-from",
  quietMode: "privacy.column.quiet-mode",
  quietUntil: "privacy.column.quiet-until",
  reason: "privacy.column.reason",
  roleId: "privacy.column.role",
  rule: "privacy.column.rule",
  shownHash: "privacy.column.sending",
  shownVersion: "privacy.column.sending",
  silent: "privacy.column.silent",
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
  const data = await store.personal.export(userId);
  const rows = Object.entries(data).flatMap(([table, ofTable]) => ofTable.map((row) => ({ table, row })));
  const shown = page(rows, wanted, PER_PAGE);
  const fields = shown.items.map(({ table, row }) => {
    const key = TABLES[table];
    return { name: key ? t(key) : table, value: describe(row, context) };
  });
  return {
    embeds: [
      card({
        title: t("privacy.title"),
        description: t(fields.length > 0 ? "privacy.stored" : "privacy.nothing"),
        note: fields.length > 0 ? t("privacy.next") : undefined,
        fields,
      }),
    ],
    components: pager.buttons({}, shown, context),
  };
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
  if (column === "state" && STATES[text] !== undefined) return t(STATES[text]);
  if (text === "encrypted") return t("privacy.encrypted");
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) ? time(told(new Date(text)), "f") : escape(text);
}

/** All of it is in the exported file; the other columns have to fit, too. */
const shorten = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text);
