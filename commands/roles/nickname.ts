import {
  card,
  COLOURS,
  defineSubcommand,
  escape,
  inlineCode,
  lines,
  optionalText,
  UserError,
  type Context,
} from "../../src/kernel/index.js";
import { nicknameOf, templateFault, TEMPLATE_LENGTH, type TemplateFault } from "../../src/roles/index.js";
import { serverOf } from "./server.js";

/** What switches it off. */
const OFF = ["off", "-"];

/** What members of the clan are called in the server; without a template it is only shown. */
export const nickname = defineSubcommand({
  name: "nickname",
  visibility: "private",
  permission: "manage-roles",
  options: { template: optionalText({ maxLength: TEMPLATE_LENGTH }) },
  async run({ options: { template } }, context) {
    const { t, roles } = context;
    const guildId = serverOf(context);
    if (template !== undefined) {
      const wanted = [...OFF, t("roles.off").toLowerCase()].includes(template.toLowerCase()) ? null : template;
      const fault = wanted === null ? undefined : templateFault(wanted);
      if (fault) throw new UserError("error.roles-template", { why: faultText(fault, context) });
      await roles.setNickname(guildId, wanted);
    }
    const kept = await roles.nickname(guildId);
    return {
      embeds: [
        card({
          title: t("roles.nickname-title"),
          colour: template === undefined ? COLOURS.neutral : COLOURS.good,
          description:
            kept === null
              ? t("roles.nickname-none")
              : lines(
                  t("roles.nickname-is", { template: templateText(kept) }),
                  t("roles.nickname-example", { nickname: escape(example(kept, context)) }),
                ),
          note: t("roles.nickname-note"),
        }),
      ],
    };
  },
});

/** As it is typed; a back-quote would end it. */
export function templateText(template: string): string {
  return inlineCode(template.replaceAll("`", "'"));
}

function example(template: string, { t, userName }: Context): string {
  const [name = ""] = userName.split(" (@");
  return nicknameOf(template, { name: name.replace(/^@/, ""), rank: t("rank.officer"), tag: "TAG" });
}

function faultText(fault: TemplateFault, { t }: Context): string {
  switch (fault) {
    case "name":
      return t("roles.template.name");
    case "placeholder":
      return t("roles.template.placeholder");
    case "length":
      return t("roles.template.length", { length: TEMPLATE_LENGTH });
  }
}
