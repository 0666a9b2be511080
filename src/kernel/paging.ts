import { LabelBuilder, ModalBuilder, TextInputBuilder } from "@discordjs/builders";
import { TextInputStyle } from "discord-api-types/v10";
import type { Access, ContextWith } from "./access.js";
import { button, row } from "./card.js";
import {
  defineComponent,
  defineModal,
  type Audience,
  type Component,
  type ModalForm,
  type StateCodec,
} from "./component.js";
import type { Context } from "./context.js";
import { UserError } from "./errors.js";
import type { Form, Row, View } from "./view.js";

/** Where one is in something that is shown page by page. */
export interface PageNumber {
  /** Counted from 0. */
  readonly number: number;
  /** How many there are, 1 at least. */
  readonly pages: number;
  /** How many items come before the page. */
  readonly from: number;
}

/** A page of a list. */
export interface Page<T> extends PageNumber {
  readonly items: readonly T[];
}

/**
 * A page of something of `length` items, or the nearest one that there is.
 * @param wanted counted from 0
 * @param size how many items a page holds, 1 at least
 */
export function pageNumber(length: number, wanted: number, size: number): PageNumber {
  const pages = Math.max(1, Math.ceil(length / size));
  const number = Math.min(Math.max(0, wanted), pages - 1);
  return { number, pages, from: number * size };
}

/** A page of a list; as {@link pageNumber}. */
export function page<T>(list: readonly T[], wanted: number, size: number): Page<T> {
  const place = pageNumber(list.length, wanted, size);
  return { ...place, items: list.slice(place.from, place.from + size) };
}

/** The pages of one answer: `state` says of what, `number` is a page from 0, or how many there are. */
interface Place<T> {
  readonly state: T;
  readonly number: number;
}

export interface Pager<T> {
  readonly components: readonly Component[];
  readonly modals: readonly ModalForm[];
  /** The row of buttons under a page; none where there is no other. */
  readonly buttons: (state: T, page: Pick<PageNumber, "number" | "pages">, context: Context) => readonly Row[];
}

interface PagerDefinition<T, A extends Access | undefined> {
  /** The command it belongs to, with its sub-command. */
  readonly command: string;
  /** What the pages are pages of; carried in every button. */
  readonly state: StateCodec<T>;
  /** Whether others may turn the pages too, each for themselves. */
  readonly audience: Exclude<Audience, "anyone" | "apart">;
  /** What the context of every page has beyond the ordinary. */
  readonly access?: A;
  /** Draws a page, counted from 0; the last one where there are fewer. */
  readonly show: (state: T, page: number, context: ContextWith<A>) => Promise<View>;
}

/** Buttons to the first, previous, next and last page, and one that says where one is and asks where to go. */
export function definePager<T, A extends Access | undefined = undefined>({
  command,
  state: codec,
  audience,
  access,
  show,
}: PagerDefinition<T, A>): Pager<T> {
  const common = { command, audience, state: withNumber(codec) };
  const paged = { ...common, ...(access && { access }) };
  const turn = (action: string) =>
    defineComponent({
      ...paged,
      action,
      run: ({ state: { state, number } }, context) => show(state, number, context),
    });
  // Two of them may lead to one page, and the ids of one message must differ: each is a separate action.
  const turns = { first: turn("first"), previous: turn("prev"), next: turn("next"), last: turn("last") };
  const jump = defineModal({
    ...paged,
    action: "jump",
    run({ state: { state, number: pages }, fields }, context) {
      const wanted = Number(fields.page?.trim());
      if (!Number.isInteger(wanted) || wanted < 1 || wanted > pages)
        throw new UserError("error.no-such-page", { pages });
      return show(state, wanted - 1, context);
    },
  });
  const ask = defineComponent({
    ...common,
    action: "ask",
    run: ({ state }, context) => ({ modal: pageForm(jump.customId(state, context), state.number, context) }),
  });
  return {
    components: [...Object.values(turns), ask],
    modals: [jump],
    buttons(state, { number: here, pages }, context) {
      if (pages <= 1) return [];
      const go = (component: typeof turns.first, label: string, target: number) =>
        button({ label, customId: component.customId({ state, number: target }, context), disabled: target === here });
      const last = pages - 1;
      return [
        row(
          go(turns.first, "«", 0),
          go(turns.previous, "‹", Math.max(0, here - 1)),
          button({
            label: context.t("paging.position", { page: here + 1, pages }),
            customId: ask.customId({ state, number: pages }, context),
          }),
          go(turns.next, "›", Math.min(last, here + 1)),
          go(turns.last, "»", last),
        ),
      ];
    },
  };
}

function withNumber<T>(inner: StateCodec<T>): StateCodec<Place<T>> {
  return {
    write: ({ state, number }) => [String(number), ...inner.write(state)],
    read([first = "", ...rest]) {
      const number = /^\d{1,5}$/.test(first) ? Number(first) : undefined;
      const state = inner.read(rest);
      return number === undefined || state === undefined ? undefined : { state, number };
    },
  };
}

function pageForm(customId: string, pages: number, { t }: Context): Form["modal"] {
  const input = new TextInputBuilder()
    .setCustomId("page")
    .setStyle(TextInputStyle.Short)
    .setMinLength(1)
    .setMaxLength(5)
    .setRequired(true);
  const label = new LabelBuilder().setLabel(t("paging.which", { pages })).setTextInputComponent(input);
  return new ModalBuilder().setCustomId(customId).setTitle(t("paging.title")).addLabelComponents(label).toJSON();
}
