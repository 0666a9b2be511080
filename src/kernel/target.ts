import { CALL, optionsOf, type Call } from "./call.js";
import type { Action } from "./command.js";
import { languageOf, type Component, type ModalForm } from "./component.js";
import { decodeCustomId, type CustomId } from "./custom-id.js";
import type { AutocompleteInteraction, Interaction } from "./interaction.js";
import type { Locale } from "./locale.js";

/** What somebody used, and whether it was theirs. */
export interface Target {
  /** One of our commands, such as `clan list`. */
  readonly command: string | undefined;
  readonly action: Action | undefined;
  /** Undefined for a command, or where the id is none of this version. */
  readonly id: CustomId | undefined;
  /** A command to be run with its options: as typed, or as a button calls it. */
  readonly call: Call | undefined;
  readonly component: Component | undefined;
  readonly form: ModalForm | undefined;
  /** "copy": it is somebody else's, and the answer a private one of their own. */
  readonly standing: "own" | "copy" | "stranger";
  /** The language in which the message stays, whoever changes it. */
  readonly language: Locale | undefined;
}

export function targetOf(
  interaction: Exclude<Interaction, AutocompleteInteraction>,
  actions: ReadonlyMap<string, Action>,
): Target {
  const id = interaction.kind === "command" ? undefined : decodeCustomId(interaction.customId);
  const command = interaction.kind === "command" ? interaction.command : id?.command;
  const action = command === undefined ? undefined : actions.get(command);
  const isIt = (candidate: { readonly action: string }) => candidate.action === id?.action;
  const component = interaction.kind === "component" ? action?.components?.find(isIt) : undefined;
  const form = interaction.kind === "modal" ? action?.modals?.find(isIt) : undefined;
  const part = component ?? form;
  const isOwn = id?.owner === undefined || id.owner === interaction.userId;
  return {
    command: action && command,
    action,
    id,
    call: command === undefined || !action ? undefined : callOf(interaction, { command, action, id }),
    component,
    form,
    standing: isOwn ? (id?.apart ? "copy" : "own") : part?.audience === "copied" ? "copy" : "stranger",
    language: id && part && languageOf(part, id),
  };
}

function callOf(
  interaction: Exclude<Interaction, AutocompleteInteraction>,
  { command, action, id }: { readonly command: string; readonly action: Action; readonly id: CustomId | undefined },
): Call | undefined {
  if (interaction.kind === "command") return { command, action, options: interaction.options };
  const isCall = interaction.kind === "component" && id?.action === CALL;
  return isCall ? { command, action, options: optionsOf(action, id.values) } : undefined;
}
