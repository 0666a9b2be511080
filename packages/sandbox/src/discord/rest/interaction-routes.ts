import { InteractionResponseType as Answer, MessageFlags } from "discord-api-types/v10";
import type { Core } from "../core.js";
import { apiErrors } from "../errors.js";
import type { AcknowledgementKind, Interaction } from "../interaction.js";
import { wire } from "../wire.js";
import { noContent, ok, type Route } from "./router.js";

const answerTypes: Readonly<Record<AcknowledgementKind, Answer>> = {
  reply: Answer.ChannelMessageWithSource,
  defer: Answer.DeferredChannelMessageWithSource,
  deferUpdate: Answer.DeferredMessageUpdate,
  update: Answer.UpdateMessage,
  autocomplete: Answer.ApplicationCommandAutocompleteResult,
  modal: Answer.Modal,
};

/** Callbacks, and the webhook of an interaction's token. None needs the bot's token. */
export function interactionRoutes({ interactions, applicationId, world }: Core): Route[] {
  const webhook = (application: string, token: string): Interaction => {
    if (application !== applicationId) throw apiErrors.unknownWebhook();
    return interactions.webhook(token);
  };
  const callback = (interaction: Interaction) => {
    const { id, type, acknowledgement, original, source } = interaction;
    const message = original !== undefined && original !== source ? original : undefined;
    return {
      interaction: {
        id,
        type,
        ...(message && {
          response_message_id: message.id,
          response_message_loading: (message.flags & MessageFlags.Loading) !== 0,
          response_message_ephemeral: message.visibleTo !== undefined,
        }),
      },
      resource: acknowledgement && {
        type: answerTypes[acknowledgement.kind],
        ...(interaction.answered && original ? { message: wire.message(original, world) } : {}),
      },
    };
  };
  return [
    {
      method: "POST",
      path: "/interactions/:interaction/:token/callback",
      auth: false,
      handle({ query, json, files }, id = "", token = "") {
        const interaction = interactions.acknowledge(id, token, json, files);
        return query.get("with_response") === "true" ? ok(callback(interaction)) : noContent;
      },
    },
    {
      method: "POST",
      path: "/webhooks/:application/:token",
      auth: false,
      handle({ json, files }, application = "", token = "") {
        return ok(wire.message(interactions.followUp(webhook(application, token), json, files), world));
      },
    },
    {
      method: "GET",
      path: "/webhooks/:application/:token/messages/:message",
      auth: false,
      handle(_, application = "", token = "", id = "") {
        return ok(wire.message(interactions.message(webhook(application, token), id), world));
      },
    },
    {
      method: "PATCH",
      path: "/webhooks/:application/:token/messages/:message",
      auth: false,
      handle({ json, files }, application = "", token = "", id = "") {
        const interaction = webhook(application, token);
        const message = interactions.message(interaction, id);
        interactions.edit(interaction, message, json, files);
        return ok(wire.message(message, world));
      },
    },
    {
      method: "DELETE",
      path: "/webhooks/:application/:token/messages/:message",
      auth: false,
      handle(_, application = "", token = "", id = "") {
        const interaction = webhook(application, token);
        interactions.delete(interaction, interactions.message(interaction, id));
        return noContent;
      },
    },
  ];
}
