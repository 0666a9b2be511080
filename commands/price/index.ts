import { defineCommand, escape, UserError } from "../../src/kernel/index.js";
import { offers, sales } from "../../src/market/index.js";
import { InvalidRequestError } from "../../src/stalcraft/index.js";
import { findItem, itemOption } from "../options/item.js";
import { explainMissing, regionOption } from "../options/region.js";
import { priceCard } from "./card.js";
import { readLots } from "./lots.js";

/** As many as the API gives at once. */
const RECENT_SALES = 200;

export default defineCommand({
  name: "price",
  visibility: "public",
  options: { item: itemOption(), region: regionOption() },
  async run({ options: { item: asked, region } }, context) {
    const { stalcraft, signal, now } = context;
    const item = findItem(asked, region, context);
    const auction = stalcraft.auction(region);
    try {
      const [{ lots, total, receivedAt }, history] = await Promise.all([
        readLots(auction, item.id, signal),
        auction.getItemHistory(item.id, { limit: RECENT_SALES, signal }),
      ]);
      const model = {
        item,
        region,
        offers: offers(lots, now),
        sales: sales(history),
        read: lots.length,
        listed: total,
        receivedAt: new Date(Math.min(receivedAt.getTime(), history.receivedAt.getTime())),
      };
      return { embeds: [priceCard(model, context)] };
    } catch (error) {
      const unknown = { item: escape(asked) };
      if (error instanceof InvalidRequestError && error.isUnknownItem)
        throw new UserError("error.item-unknown", unknown, { cause: error });
      throw await explainMissing(error, region, context, { key: "error.item-unknown", params: unknown });
    }
  },
});
