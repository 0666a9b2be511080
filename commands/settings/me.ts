import { defineSubcommand, optionalBoolean } from "../../src/kernel/index.js";
import { money } from "../terms/money.js";
import { settingsCard } from "./card.js";
import { energyPriceChange, feeChange, languageChange, regionChange, requireRegion } from "./options.js";

export const me = defineSubcommand({
  name: "me",
  visibility: "private",
  options: {
    region: regionChange(),
    language: languageChange(),
    private_answers: optionalBoolean(),
    fee: feeChange(),
    energy_price: energyPriceChange(),
  },
  async run({ options }, context) {
    const { region, language, private_answers: privateAnswers, fee: feePercent, energy_price: energyPrice } = options;
    const { store, userId } = context;
    await requireRegion(region, context);
    const wanted = {
      ...(region !== undefined && { region }),
      ...(language !== undefined && { language }),
      ...(privateAnswers !== undefined && { privateAnswers }),
      ...(feePercent !== undefined && { feePercent }),
      ...(energyPrice !== undefined && { energyPrice }),
    };
    const changed = Object.keys(wanted).length > 0;
    const person = changed ? await store.people.save(userId, wanted) : await store.people.get(userId);
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
        { name: now.t("settings.fee"), value: now.percent(now.trading.feePercent / 100, { digits: 4 }), inline: true },
        {
          name: now.t("settings.energy-price"),
          value: money(now.trading.energyPrice, now),
          inline: true,
        },
      ],
      note: "settings.me.note",
    } as const;
    return { embeds: [settingsCard(shown, now)] };
  },
});
