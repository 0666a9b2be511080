import { defineComponent, defineSubcommand, type Context, type View } from "../../src/kernel/index.js";
import { levelOption, qualityOption } from "../format/quality.js";
import { findItem, itemOption } from "../options/item.js";
import { lifetimeOption, priceLimitOption } from "../options/price-limit.js";
import { regionOption } from "../options/region.js";
import { amountOption } from "../options/amount.js";
import { addPriceWatch, priceWatchView, type PriceQuery } from "../trade/price-watch.js";
import { WATCH_BUTTON } from "../trade/watch-button.js";
import { alertActions } from "../watches/alert-actions.js";
import { requireMessages } from "./messages.js";
import { priceForm, submitted } from "./price-form.js";

export const price = defineSubcommand({
  name: "price",
  visibility: "private",
  options: {
    item: itemOption(),
    price: priceLimitOption(),
    region: regionOption(),
    quality: qualityOption(),
    level: levelOption(),
    amount: amountOption(),
    expires: lifetimeOption(),
  },
  components: [
    defineComponent({ ...WATCH_BUTTON, run: ({ state }, context) => priceForm(state, context) }),
    ...alertActions("private", "price"),
  ],
  modals: [submitted((query, context) => watch(query, context))],
  run({ options: { item, region, price: limit, amount, expires, ...grade } }, context) {
    const asked = findItem(item, region, context);
    const { quality = asked.quality, level = asked.level } = grade;
    return watch({ subject: { item: asked.id, region, quality, level }, limit, amount, expires }, context);
  },
});

/** Tells the person by direct message from now on. */
async function watch(query: PriceQuery, context: Context): Promise<View> {
  const { userId, locale } = context;
  const target = { target: `dm:${userId}`, guildId: null, roleId: null, crosspost: false };
  const added = await addPriceWatch(query, { ...target, ownerId: userId, silent: false, locale }, context);
  return priceWatchView(added, query, [await requireMessages(added, context)], context);
}
