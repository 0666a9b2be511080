import { z } from "zod";
import {
  button,
  card,
  COLOURS,
  defineComponent,
  defineConfirmation,
  defineSubcommand,
  dotted,
  escape,
  lines,
  row,
  stateOf,
  UserError,
  type Context,
  type View,
} from "../../src/kernel/index.js";
import { clanKeyOf, type Accepted, type PassResult, type SyncResult } from "../../src/roles/index.js";
import { MINUTE_MS } from "../../src/time.js";
import { bare, clanId } from "../clan/clan-id.js";
import { checked } from "./check.js";
import { clanLabel, discordError, memberMention, roleMention, serverOf } from "./server.js";
import { changesIn, doubtsOf, summaryView } from "./summary.js";
import { refusalWhy } from "./why.js";

const COMMAND = "roles sync";
/** An answer has ten minutes; what is left then is done the next time. */
const WITHIN_MS = 9 * MINUTE_MS;
/** Lists of clans that can be said to be true, each by a button of its own. */
const MOST_DOUBTED = 4;
const MOST_LINES = 10;

/** The list of which clan is true although it has shrunk, with how many members. */
interface Agreed {
  readonly clan: string;
  readonly region: string | undefined;
  readonly members: number | undefined;
}
const agreed = stateOf<Pick<Agreed, keyof Agreed>>({
  clan: clanId.optional().transform((id) => id ?? ""),
  region: z.string().optional(),
  members: z.coerce.number().int().nonnegative().optional(),
});
const NOTHING: Agreed = { clan: "", region: undefined, members: undefined };

const agreeing = defineComponent({
  command: COMMAND,
  action: "agree",
  audience: "owner",
  state: agreed,
  run: ({ state }, context) => ask(state, context),
});

const applying = defineConfirmation({
  command: COMMAND,
  action: "apply",
  state: agreed,
  label: "roles.apply",
  run: apply,
});

/** Gives and takes what is due, once somebody has seen what that is. */
export const sync = defineSubcommand({
  name: "sync",
  visibility: "private",
  permission: "manage-roles",
  components: [agreeing, ...applying.components],
  run: (_input, context) => ask(NOTHING, context),
});

async function ask(state: Agreed, context: Context): Promise<View> {
  const { t } = context;
  const { plan, strangers } = await checked(acceptedBy(state), context);
  const { embeds = [], ...view } = summaryView(t("roles.sync-title"), { plan, strangers }, context);
  const shrunk = doubtsOf(plan).flatMap((one) => (one.doubt === "shrunk" ? [one] : []));
  const agrees = shrunk.slice(0, MOST_DOUBTED).map((one) =>
    button({
      label: t("roles.agree", { clan: clanLabel(one, context), members: one.now }),
      customId: agreeing.customId(bare({ clan: one.clanId, region: one.region, members: one.now }), context),
    }),
  );
  const isNothing = changesIn(plan) + plan.graces.begun.length === 0 && state.clan === "";
  const isFine = doubtsOf(plan).length === 0 && plan.people.every(({ unable }) => unable.length === 0);
  return {
    ...view,
    embeds: isNothing && isFine ? embeds.map((embed) => ({ ...embed, color: COLOURS.good })) : embeds,
    content: isNothing ? t(isFine ? "roles.nothing" : "roles.nothing-possible") : t("roles.ask"),
    components: [
      ...(agrees.length > 0 ? [row(...agrees)] : []),
      ...(isNothing ? [] : [applying.buttons(bare(state), context)]),
    ],
  };
}

async function apply(state: Agreed, context: Context): Promise<View> {
  const { roles, userId, signal, t } = context;
  const result = await roles.sync(serverOf(context), {
    ...{ owners: [userId], accepted: acceptedBy(state), signal, withinMs: WITHIN_MS },
    onStep: (done, total) => {
      context.progress({
        embeds: [card({ title: t("roles.syncing"), description: t("roles.step", { done, total }) })],
      });
    },
  });
  return resultView(result, context);
}

function resultView(result: SyncResult, context: Context): View {
  const { t } = context;
  if (result.kind === "busy") throw new UserError("error.roles-busy");
  if (result.kind === "unmapped") throw new UserError("error.roles-unmapped");
  if (result.kind === "discord") throw discordError(result.failure);
  const { pass } = result;
  const isGood = pass.refused.length === 0 && pass.left === 0;
  return {
    embeds: [
      card({
        title: t("roles.synced-title"),
        colour: isGood ? COLOURS.good : COLOURS.alert,
        description: lines(
          doneLine(pass, context),
          pass.left > 0 && t("roles.left", { changes: pass.left }),
          ...pass.refused.slice(0, MOST_LINES).map((one) => refusedLine(one, context)),
        ),
      }),
    ],
  };
}

function doneLine({ done }: PassResult, { t }: Context): string {
  const count = (what: string) => done.filter((change) => change.what === what).length;
  if (done.length === 0) return t("roles.done.nothing");
  return dotted(
    count("give") > 0 && t("roles.done.given", { roles: count("give") }),
    count("take") > 0 && t("roles.done.taken", { roles: count("take") }),
    count("nickname") > 0 && t("roles.done.renamed", { people: count("nickname") }),
  );
}

function refusedLine({ change, reason }: PassResult["refused"][number], context: Context): string {
  const what = change.what === "nickname" ? escape(change.nick) : roleMention(change.roleId);
  return `⚠️ ${memberMention(change.userId)} · ${what}: ${refusalWhy(reason, context)}`;
}

function acceptedBy({ clan, region, members }: Agreed): Accepted | undefined {
  if (clan === "" || region === undefined || members === undefined) return undefined;
  return new Map([[clanKeyOf({ region, clanId: clan }), members]]);
}
