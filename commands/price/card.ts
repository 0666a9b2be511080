import { card, COLOURS, escape, time, type Context } from "../../src/kernel/index.js";
import type { Deal, Offers, Sales } from "../../src/market/index.js";
import type { AskedItem } from "../options/item.js";
import { dataAge } from "../terms/moment.js";

export interface PriceModel {
  readonly item: AskedItem;
  readonly region: string;
  readonly offers: Offers;
  readonly sales: Sales;
  /** How many lots were read, of how many that the auction lists. */
  readonly read: number;
  readonly listed: number;
  readonly receivedAt: Date;
}

/** What an item costs: what can be bought now, and what was paid lately. All prices are per unit. */
export function priceCard({ item, region, offers, sales, read, listed, receivedAt }: PriceModel, context: Context) {
  const { t, number } = context;
  const money = (amount: number) => t("price.money", { amount: number(amount) });
  const { floor, count, bidOnly } = offers;
  const lot = ({ amount, price }: Deal) =>
    amount > 1 ? t("price.in-a-lot", { amount: number(amount), price: money(price) }) : undefined;
  const floorText = floor ? [`**${money(floor.unit)}**`, lot(floor)] : [t("price.nothing-for-sale")];
  const lotsText = [
    number(count),
    bidOnly > 0 ? t("price.bid-only", { lots: bidOnly }) : undefined,
    read < listed ? t("price.lots-read", { read: number(read), listed: number(listed) }) : undefined,
  ];
  return card({
    title: t("price.title", { item: escape(item.name), region }),
    colour: COLOURS.market,
    thumbnail: item.icon,
    note: dataAge(receivedAt, context),
    fields: [
      { name: t("price.floor"), value: lines(floorText), inline: true },
      { name: t("price.live-lots"), value: lines(lotsText), inline: true },
      {
        name: t("price.median"),
        value:
          sales.median === undefined || !sales.since
            ? t("price.no-sales")
            : lines([
                `**${money(sales.median)}**`,
                t("price.sales", { sales: sales.count, since: time(sales.since, "R") }),
              ]),
      },
      sales.last && {
        name: t("price.last-sale"),
        value: lines([`${money(sales.last.unit)} · ${time(sales.last.time, "R")}`, lot(sales.last)]),
      },
    ],
    footer: t("price.per-unit"),
  });
}

function lines(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join("\n");
}
