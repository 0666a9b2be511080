import { z } from "zod";
import {
  defineModal,
  escape,
  form,
  stateOf,
  UserError,
  type Context,
  type MenuOption,
  type View,
} from "../../src/kernel/index.js";
import { bareMoney } from "../format/money.js";
import { isGraded, qualityName } from "../format/quality.js";
import { MOST_UNITS } from "../options/amount.js";
import { itemWithId } from "../options/item.js";
import { EXAMPLE, LIFETIMES, PRICE_LENGTH, priceLimit } from "../options/price-limit.js";
import type { PriceQuery } from "../trade/price-watch.js";
import type { WatchSuggestion } from "../trade/watch-button.js";

const ANY = "any";
const QUALITIES = 6;
const LEVELS = 16;
const USUAL_LIFETIME = 30;

const subject = stateOf<{ item: string; region: string }>({ item: z.string(), region: z.string() });
const ADDRESS = { command: "watch price", action: "form", audience: "apart", state: subject } as const;

/** Asks for the price, with what is on the card it was opened from. */
export function priceForm({ item: id, region, quality, level, price }: WatchSuggestion, context: Context) {
  const { t } = context;
  const item = itemWithId(id, region, context);
  const grade = [
    {
      name: "quality",
      label: t("price-form.quality"),
      options: choices(QUALITIES, quality, (value) => qualityName(value, context), context),
    },
    { name: "level", label: t("price-form.level"), options: choices(LEVELS, level, (value) => `+${value}`, context) },
  ];
  return form({
    customId: formId.customId({ item: id, region }, context),
    title: t("price-form.title", { item: item.name }),
    fields: [
      {
        name: "price",
        label: t("price-form.price"),
        description: t("price-form.price-about", { discount: context.percent(EXAMPLE) }),
        maxLength: PRICE_LENGTH,
        required: true,
        value: price === undefined ? undefined : bareMoney(price, context),
      },
      ...(isGraded(item.item) ? grade : []),
      { name: "amount", label: t("price-form.amount"), maxLength: 7, required: false, placeholder: "1" },
      {
        name: "expires",
        label: t("price-form.expires"),
        options: LIFETIMES.map(({ value, name }) => ({
          label: t(name),
          value: String(value),
          chosen: value === USUAL_LIFETIME,
        })),
      },
    ],
  });
}

function choices(
  count: number,
  chosen: number | undefined,
  nameOf: (value: number) => string,
  { t }: Context,
): MenuOption[] {
  return [
    { label: t("price-form.any"), value: ANY, chosen: chosen === undefined },
    ...Array.from({ length: count }, (_, value) => ({
      label: nameOf(value),
      value: String(value),
      chosen: value === chosen,
    })),
  ];
}

/** What was filled in is read as the command's options are. */
export function submitted(run: (query: PriceQuery, context: Context) => Promise<View>) {
  return defineModal({
    ...ADDRESS,
    run: ({ state: { item, region }, fields }, context) =>
      run(
        {
          subject: { item, region, quality: chosen(fields.quality), level: chosen(fields.level) },
          limit: priceLimit(fields.price ?? "", context),
          amount: units(fields.amount ?? "", context),
          expires: chosen(fields.expires),
        },
        context,
      ),
  });
}

const formId = submitted(() => Promise.resolve({}));

function chosen(value: string | undefined): number | undefined {
  return value === undefined || !/^\d{1,2}$/.test(value) ? undefined : Number(value);
}

/** @throws UserError when it is no number of units. */
function units(typed: string, { number }: Context): number | undefined {
  const text = typed.replace(/[\s.,'’_]/gu, "");
  if (text === "") return undefined;
  const amount = /^\d{1,7}$/.test(text) ? Number(text) : 0;
  if (amount < 1 || amount > MOST_UNITS)
    throw new UserError("error.watch-amount", { value: escape(typed), most: number(MOST_UNITS) });
  return amount;
}
