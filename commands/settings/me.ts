import {
  defineComponent,
  defineSubcommand,
  LOCALES,
  menu,
  optionalBoolean,
  row,
  stateOf,
  type Context,
  type PersonPreferences,
  type PlainTextKey,
  type View,
} from "../../src/kernel/index.js";
import { regionsOf } from "../options/region-list.js";
import { money } from "../format/money.js";
import { settingsCard } from "./card.js";
import { AUTOMATIC, energyPriceChange, feeChange, languageChange, regionChange, requireRegion } from "./options.js";

const COMMON = { command: "settings me", audience: "owner", state: stateOf({}) } as const;

const chooseRegion = defineComponent({
  ...COMMON,
  action: "region",
  async run({ values: [chosen] }, context) {
    const region = regionChange().read(chosen, context);
    await requireRegion(region, context);
    return show(region === undefined ? {} : { region }, context);
  },
});

const chooseLanguage = defineComponent({
  ...COMMON,
  action: "language",
  run({ values: [chosen] }, context) {
    const language = languageChange().read(chosen, context);
    return show(language === undefined ? {} : { language }, context);
  },
});

export const me = defineSubcommand({
  name: "me",
  visibility: "private",
  options: {
    region: regionChange(),
    language: languageChange(),
    private_answers: optionalBoolean(),
    clan_alerts: optionalBoolean(),
    history: optionalBoolean(),
    fee: feeChange(),
    energy_price: energyPriceChange(),
  },
  components: [chooseRegion, chooseLanguage],
  async run({ options }, context) {
    const { region, language, private_answers: privateAnswers, clan_alerts: lendsAccount } = options;
    const { fee: feePercent, energy_price: energyPrice, history } = options;
    await requireRegion(region, context);
    const wanted = {
      ...(region !== undefined && { region }),
      ...(language !== undefined && { language }),
      ...(privateAnswers !== undefined && { privateAnswers }),
      ...(lendsAccount !== undefined && { lendsAccount }),
      ...(feePercent !== undefined && { feePercent }),
      ...(energyPrice !== undefined && { energyPrice }),
    };
    return show(wanted, context, history);
  },
});

type Wanted = Parameters<Context["store"]["people"]["save"]>[1];

/**
 * Saves what changes, and shows what holds then.
 * @param history whether the past of their characters is kept from now on; undefined: as before
 */
async function show(wanted: Wanted, context: Context, history?: boolean): Promise<View> {
  const { store, userId } = context;
  if (history !== undefined) await context.history.setConsent(userId, history);
  const isSaved = Object.keys(wanted).length > 0;
  const changed = isSaved || history !== undefined;
  const person = isSaved ? await store.people.save(userId, wanted) : await store.people.get(userId);
  const now = changed ? await context.reread() : context;
  const shown = {
    title: "settings.me.title",
    changed,
    region: person?.region,
    language: person?.language,
    automatic: now,
    more: [
      {
        name: now.t("settings.private"),
        value: now.t(person?.privateAnswers === true ? "settings.private.on" : "settings.private.off"),
        inline: true,
      },
      {
        name: now.t("settings.clan-alerts"),
        value: now.t(person?.lendsAccount === false ? "settings.clan-alerts.off" : "settings.clan-alerts.on"),
        inline: true,
      },
      {
        name: now.t("settings.history"),
        value: now.t(person?.keepsHistory === true ? "settings.history.on" : "settings.history.off"),
        inline: true,
      },
      { name: now.t("settings.fee"), value: now.percent(now.trading.feePercent / 100, { digits: 4 }), inline: true },
      {
        name: now.t("settings.energy-price"),
        value: money(now.trading.energyPrice, now),
        inline: true,
      },
    ],
    note: "settings.me.note",
  } as const;
  return { embeds: [settingsCard(shown, now)], components: await menus(person, now) };
}

/** Region and language can be chosen without typing. */
async function menus(person: Pick<PersonPreferences, "region" | "language"> | undefined, context: Context) {
  const { t } = context;
  const automatic = (name: PlainTextKey, chosen: boolean) => ({
    label: t("card.pair", { name: t(name), value: t("settings.automatic") }),
    value: AUTOMATIC,
    chosen,
  });
  const regions = await regionsOf(context);
  return [
    row(
      menu({
        customId: chooseRegion.customId({}, context),
        options: [
          automatic("settings.region", !person?.region),
          ...regions.map(({ id, name }) => ({
            label: name === id ? id : `${id} · ${name}`,
            value: id,
            chosen: id === person?.region,
          })),
        ],
      }),
    ),
    row(
      menu({
        customId: chooseLanguage.customId({}, context),
        options: [
          automatic("settings.language", !person?.language),
          ...LOCALES.map((value) => ({ label: t(`language.${value}`), value, chosen: value === person?.language })),
        ],
      }),
    ),
  ];
}
