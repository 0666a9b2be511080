import { z } from "zod";
import {
  button,
  card,
  COLOURS,
  defineComponent,
  defineModal,
  definePager,
  defineSubcommand,
  form,
  lines,
  menu,
  page,
  row,
  stateOf,
  UserError,
  type Context,
  type View,
} from "../../src/kernel/index.js";
import type { Roll, SignUp, Squad } from "../../src/war/index.js";
import { cutList, listedName } from "../format/cut-list.js";
import { battleTitle, whenText } from "./battle.js";
import { filled } from "./filled.js";
import { isOfficer, requireOfficer } from "./officers.js";
import { SQUADS_SHOWN, squadHeading } from "./sign-up-card.js";
import { findWar, found, requireRoll, warOption } from "./which.js";

/** As many as a menu holds, so as many as a squad may have. */
const PER_MENU = 25;
/** In characters. */
const NAME_LENGTH = 32;
const SQUAD_LENGTH = 700;

interface InSquad extends Readonly<Record<string, string | number>> {
  readonly war: string;
  readonly squad: string;
}

const warState = stateOf<{ war: string }>({ war: z.string() });
const squadShape = { war: z.string(), squad: z.string() };
const common = { command: "war squads", audience: "owner" } as const;

const back = defineComponent({
  ...common,
  action: "back",
  state: warState,
  run: ({ state: { war } }, context) => show(war, context),
});

const open = defineComponent({
  ...common,
  action: "open",
  state: warState,
  run: ({ state: { war }, values: [squad = ""] }, context) => edit({ war, squad }, 0, context),
});

const naming = defineComponent({
  ...common,
  action: "new",
  state: warState,
  run: ({ state }, context) => nameForm(create.customId(state, context), "war.squad-new", undefined, context),
});

const create = defineModal({
  ...common,
  action: "create",
  state: warState,
  async run({ state: { war }, fields }, context) {
    const roll = await officersRoll(war, context);
    if (roll.squads.length >= SQUADS_SHOWN) throw new UserError("error.war-squads", { limit: SQUADS_SHOWN });
    const name = filled(fields.name) ?? context.t("war.squad-name", { number: roll.squads.length + 1 });
    const after = found(await context.wars.addSquad(war, roll.war.guildId, name));
    const made = after.squads.at(-1);
    return made ? edit({ war, squad: made.id }, 0, context) : show(war, context);
  },
});

const renaming = defineComponent({
  ...common,
  action: "name",
  state: stateOf<InSquad>(squadShape),
  run: ({ state }, context) => nameForm(rename.customId(state, context), "war.squad-rename", undefined, context),
});

const rename = defineModal({
  ...common,
  action: "rename",
  state: stateOf<InSquad>(squadShape),
  async run({ state, fields }, context) {
    const { war, squad } = state;
    const roll = await officersRoll(war, context);
    const name = filled(fields.name);
    if (name !== undefined) found(await context.wars.renameSquad(war, roll.war.guildId, squad, name));
    return edit(state, 0, context);
  },
});

const remove = defineComponent({
  ...common,
  action: "remove",
  state: stateOf<InSquad>(squadShape),
  async run({ state: { war, squad } }, context) {
    const roll = await officersRoll(war, context);
    found(await context.wars.removeSquad(war, roll.war.guildId, squad));
    return show(war, context);
  },
});

/** A menu whose people join the squad, or leave it: nothing is done to who is not chosen. */
const changing = (action: "add" | "take") =>
  defineComponent({
    ...common,
    action,
    state: stateOf<InSquad & { page: number }>({ ...squadShape, page: z.coerce.number().int().nonnegative() }),
    async run({ state: { page: shown, ...state }, values }, context) {
      const { war, squad } = state;
      const { guildId } = (await officersRoll(war, context)).war;
      found(await context.wars.setSquad(war, guildId, action === "add" ? squad : null, values));
      return edit(state, shown, context);
    },
  });
const add = changing("add");
const take = changing("take");

const pager = definePager({
  ...common,
  state: stateOf<InSquad>(squadShape),
  show: (state, wanted, context) => edit(state, wanted, context),
});

export const squads = defineSubcommand({
  name: "squads",
  visibility: "private",
  options: { battle: warOption("any") },
  components: [back, open, naming, renaming, remove, add, take, ...pager.components],
  modals: [create, rename, ...pager.modals],
  async run({ options: { battle: asked } }, context) {
    return show((await findWar(asked, "any", context)).id, context);
  },
});

async function officersRoll(war: string, context: Context): Promise<Roll> {
  const roll = await requireRoll(war, context);
  requireOfficer(roll.war.terms, context);
  return roll;
}

function nameForm(
  customId: string,
  title: "war.squad-new" | "war.squad-rename",
  value: string | undefined,
  { t }: Context,
) {
  return form({
    customId,
    title: t(title),
    fields: [{ name: "name", label: t("war.squad-name-label"), maxLength: NAME_LENGTH, required: false, value }],
  });
}

/** All squads; officers open one from here. */
async function show(id: string, context: Context): Promise<View> {
  const { t } = context;
  const roll = await requireRoll(id, context);
  const { war, squads: all } = roll;
  const free = coming(roll).filter(({ personId }) => !all.some(({ members }) => members.includes(personId)));
  const officer = isOfficer(war.terms, context);
  return {
    embeds: [
      card({
        title: t("war.squads-title", { battle: battleTitle(war.terms, context) }),
        description: lines(whenText(war), all.length === 0 && t(officer ? "war.squads-none" : "war.squads-none-yet")),
        fields: [
          ...all.map((squad) => ({
            name: squadHeading(squad, context),
            value: membersText(squad, roll, "\n", context),
            inline: true,
          })),
          free.length > 0 && all.length > 0
            ? {
                name: t("war.squads-free", { count: free.length }),
                value: cutList(
                  free.map(({ name }) => listedName(name)),
                  { separator: ", ", limit: SQUAD_LENGTH },
                  context,
                ),
              }
            : undefined,
        ],
        note: officer ? t("war.squads-note") : undefined,
      }),
    ],
    components: officer
      ? [
          ...(all.length === 0
            ? []
            : [
                row(
                  menu({
                    customId: open.customId({ war: id }, context),
                    placeholder: t("war.squads-choose"),
                    options: all.map((squad) => ({ label: squad.name, value: squad.id })),
                  }),
                ),
              ]),
          row(
            button({
              label: t("war.squad-new"),
              customId: naming.customId({ war: id }, context),
              disabled: all.length >= SQUADS_SHOWN,
            }),
          ),
        ]
      : [],
  };
}

/** One squad, and two menus: who may join it, and who is in it. */
async function edit(state: InSquad, wanted: number, context: Context): Promise<View> {
  const { t } = context;
  const roll = await officersRoll(state.war, context);
  const squad = found(roll.squads.find(({ id }) => id === state.squad));
  const others = coming(roll).filter(({ personId }) => !squad.members.includes(personId));
  const shown = page(others, wanted, PER_MENU);
  const room = PER_MENU - squad.members.length;
  const where = (personId: string) => roll.squads.find(({ members }) => members.includes(personId))?.name;
  return {
    embeds: [
      card({
        title: `🛡️ ${listedName(squad.name, NAME_LENGTH)}`,
        colour: COLOURS.good,
        description: lines(
          battleTitle(roll.war.terms, context),
          whenText(roll.war),
          "",
          membersText(squad, roll, "\n", context),
        ),
      }),
    ],
    components: [
      ...(others.length > 0 && room > 0
        ? [
            row(
              menu({
                customId: add.customId({ ...state, page: shown.number }, context),
                placeholder: t("war.squad-add"),
                max: room,
                options: shown.items.map(({ personId, name, answer }) => ({
                  label: name,
                  value: personId,
                  description: where(personId) ?? (answer === "late" ? t("war.answer-late") : undefined),
                })),
              }),
            ),
            ...pager.buttons(state, shown, context),
          ]
        : []),
      ...(squad.members.length > 0
        ? [
            row(
              menu({
                customId: take.customId({ ...state, page: shown.number }, context),
                placeholder: t("war.squad-take"),
                max: PER_MENU,
                options: squad.members.map((personId) => ({ label: nameOf(personId, roll), value: personId })),
              }),
            ),
          ]
        : []),
      row(
        button({ label: t("war.squad-rename"), customId: renaming.customId(state, context) }),
        button({ label: t("war.squad-delete"), customId: remove.customId(state, context) }),
        button({ label: t("war.squads-back"), customId: back.customId({ war: state.war }, context) }),
      ),
    ],
  };
}

/** Who said that they come, by name. */
function coming({ signUps }: Roll): readonly SignUp[] {
  return signUps.filter(({ answer }) => answer !== "no").sort((a, b) => a.name.localeCompare(b.name));
}

function nameOf(personId: string, { signUps }: Roll): string {
  return signUps.find((one) => one.personId === personId)?.name ?? "—";
}

function membersText({ members }: Squad, roll: Roll, separator: string, context: Context): string {
  if (members.length === 0) return context.t("war.nobody");
  const names = members.map((personId) => listedName(nameOf(personId, roll)));
  return cutList(names, { separator, limit: SQUAD_LENGTH }, context);
}
