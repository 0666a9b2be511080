import {
  card,
  defineComponent,
  defineSubcommand,
  escape,
  lines,
  menu,
  row,
  stateOf,
  time,
  type Context,
  type View,
} from "../../src/kernel/index.js";
import { clanKeyOf, clansOf, type RoleMapping } from "../../src/roles/index.js";
import { autoLine } from "./auto.js";
import { templateText } from "./nickname.js";
import { mappedRank, plainMappedRank } from "./rank.js";
import { clanLabel, roleMention, serverOf } from "./server.js";

const removing = defineComponent({
  command: "roles list",
  action: "remove",
  audience: "owner",
  state: stateOf({}),
  async run({ values }, context) {
    const guildId = serverOf(context);
    const gone = (await context.roles.mappings(guildId)).filter((mapping) => values.includes(idOf(mapping)));
    for (const mapping of gone) await context.roles.unmap(guildId, mapping);
    return show(context, gone.length > 0 ? context.t("roles.unmapped", { count: gone.length }) : undefined);
  },
});

/** What gives which role, what members are called, and whether it follows by itself. */
export const list = defineSubcommand({
  name: "list",
  visibility: "private",
  permission: "manage-roles",
  components: [removing],
  run: (_input, context) => show(context),
});

async function show(context: Context, said?: string): Promise<View> {
  const { t, roles, told } = context;
  const guildId = serverOf(context);
  const mappings = await roles.mappings(guildId);
  const ids = mappings.map(({ roleId }) => roleId);
  const [names, template, rosters, matches, auto] = await Promise.all([
    roles.roleNames(guildId, ids),
    roles.nickname(guildId),
    roles.rosters(guildId),
    roles.matches(guildId),
    autoLine(guildId, context),
  ]);
  const fields = clansOf(mappings).map((clan) => {
    const ofClan = mappings.filter((one) => clanKeyOf(one) === clanKeyOf(clan));
    const kept = rosters.find((one) => clanKeyOf(one) === clanKeyOf(clan));
    const known = matches.filter((one) => clanKeyOf(one) === clanKeyOf(clan));
    return {
      name: escape(clanLabel(clan, context)),
      value: lines(
        ...ofClan.map(({ rank, roleId }) => `${mappedRank(rank, context)} → ${roleMention(roleId)}`),
        kept &&
          t("roles.members-known", {
            known: known.length,
            members: kept.members.length,
            when: time(told(kept.readAt), "R"),
          }),
      ),
    };
  });
  return {
    embeds: [
      card({
        title: t("roles.title"),
        description: lines(
          said,
          mappings.length === 0 && t("roles.none"),
          mappings.length > 0 && auto,
          template !== null && t("roles.nickname-is", { template: templateText(template) }),
        ),
        fields,
      }),
    ],
    components:
      mappings.length === 0
        ? []
        : [
            row(
              menu({
                customId: removing.customId({}, context),
                placeholder: t("roles.remove"),
                max: mappings.length,
                options: mappings.map((mapping) => ({
                  label: `${plainMappedRank(mapping.rank, context)} → ${names.get(mapping.roleId) ?? mapping.roleId}`,
                  description: clanLabel(mapping, context),
                  value: idOf(mapping),
                })),
              }),
            ),
          ],
  };
}

const idOf = ({ region, clanId, rank, roleId }: RoleMapping) =>
  [region, clanId.replaceAll("-", ""), roleId, rank].join(":");
