import type { Action } from "./command.js";
import type { Context } from "./context.js";
import { UserError } from "./errors.js";
import type { AutocompleteInteraction, Interaction } from "./interaction.js";
import { lacks } from "./permission.js";
import { Reply } from "./reply.js";
import type { Target } from "./target.js";
import type { Result } from "./view.js";

/** What is answered with a message or a form. */
export type Answerable = Exclude<Interaction, AutocompleteInteraction>;

/** Runs what somebody used. @throws UserError when it is not there, or not for them; whatever it throws itself. */
export async function run(target: Target, interaction: Answerable, context: Context): Promise<Result> {
  const { action, id, component, form, standing } = target;
  const reply = new Reply(interaction);
  if (action) requirePermission(action, interaction, context);
  if (interaction.kind === "command") {
    if (!action) throw new UserError("error.unknown-command");
    return action.call(interaction.options, context, reply);
  }
  if (id && standing === "stranger")
    throw new UserError("error.not-yours", { command: context.mention(target.command ?? id.command) });
  if (target.call) return target.call.action.call(target.call.options, context, reply);
  if (id && interaction.kind === "component" && component)
    return component.respond(id, interaction.values, context, reply);
  if (id && interaction.kind === "modal" && form) return form.respond(id, interaction.fields, context, reply);
  throw new UserError("error.panel-expired");
}

function requirePermission({ permission, anyoneMayLook }: Action, interaction: Answerable, { t }: Context): void {
  const lacking = permission && lacks(permission, interaction);
  const looks = interaction.kind === "command" && Object.keys(interaction.options).length === 0;
  if (lacking && !(anyoneMayLook && looks)) throw new UserError("error.permission", { permission: t(lacking) });
}
