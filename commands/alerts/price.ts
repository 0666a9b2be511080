import { defineSubcommand } from "../../src/kernel/index.js";
import { levelOption, qualityOption } from "../format/quality.js";
import { alertTarget, channelOption, targetOptions } from "../options/alert-target.js";
import { amountOption } from "../options/amount.js";
import { findItem, itemOption } from "../options/item.js";
import { lifetimeOption, priceLimitOption } from "../options/price-limit.js";
import { regionOption } from "../options/region.js";
import { addPriceWatch, priceWatchView } from "../trade/price-watch.js";
import { alertActions } from "../watches/alert-actions.js";

export const price = defineSubcommand({
  name: "price",
  visibility: "private",
  permission: "manage-server",
  options: {
    item: itemOption(),
    price: priceLimitOption(),
    channel: channelOption(),
    region: regionOption(),
    quality: qualityOption(),
    level: levelOption(),
    amount: amountOption(),
    expires: lifetimeOption(),
    ...targetOptions(),
  },
  components: alertActions("server", "price"),
  async run({ options }, context) {
    const { item, region, price: limit, amount, expires, channel, role, publish } = options;
    const { t } = context;
    const asked = findItem(item, region, context);
    const { quality = asked.quality, level = asked.level } = options;
    const query = { subject: { item: asked.id, region, quality, level }, limit, amount, expires };
    const target = await alertTarget({ channel, role, publish }, context);
    const added = await addPriceWatch(query, target.delivery, context);
    const where = [
      t("price-watch.in-channel", { channel: `<#${target.channel.id}>` }),
      ...(role ? [t("alerts.pings", { role: `<@&${role.id}>` })] : []),
      ...(target.delivery.crosspost ? [t("alerts.publishes")] : []),
    ];
    return priceWatchView(added, query, where, context);
  },
});
