import { button, row, type Context, type View } from "../../src/kernel/index.js";
import { findItem } from "../options/item.js";
import { panelButtons, type Subject } from "../trade/panels.js";
import { LEFT_OUT, LEVELS, REGIONS } from "./buttons.js";
import { priceCard } from "./card.js";
import { marketFigures } from "./figures.js";
import { readMarket } from "./read.js";

export async function showPrice(subject: Subject, context: Context): Promise<View> {
  const item = findItem(subject.item, subject.region, context);
  const read = await readMarket(subject, context);
  const figures = marketFigures(read, item.item, subject, context);
  const { t } = context;
  const levels = button({ label: t("price.levels"), customId: LEVELS.customId(subject, context) });
  return {
    embeds: [priceCard({ item, subject, read, figures }, context)],
    components: [
      panelButtons(subject, "price", context),
      row(
        ...(figures.mixed ? [levels] : []),
        button({ label: t("price.regions"), customId: REGIONS.customId(subject, context) }),
        button({ label: t("price.left-out"), customId: LEFT_OUT.customId(subject, context) }),
      ),
    ],
  };
}
