import {
  card,
  defineSubcommand,
  escape,
  lines,
  time,
  type Context,
  type PlainTextKey,
} from "../../src/kernel/index.js";

/** What the tables and columns hold, in a player's words. One that is missing here is shown by its own name. */
const TABLES: Readonly<Record<string, PlainTextKey>> = {
  people: "privacy.people",
  links: "privacy.links",
  clan_links: "privacy.clan-links",
  link_attempts: "privacy.attempts",
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
};

export const show = defineSubcommand({
  name: "show",
  visibility: "private",
  async run(_input, context) {
    const { store, userId, t } = context;
    const data = await store.personal.export(userId);
    const fields = Object.entries(data).flatMap(([table, rows]) => {
      const key = TABLES[table];
      const name = key ? t(key) : table;
      return rows.map((row) => ({ name, value: describe(row, context) }));
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
    };
  },
});

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
  const text = String(value);
  if (column === "state") return t(text === "live" ? "privacy.live" : "privacy.dead");
  if (text === "encrypted") return t("privacy.encrypted");
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) ? time(told(new Date(text)), "f") : escape(text);
}
