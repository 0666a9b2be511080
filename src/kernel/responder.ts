import type { REST } from "discord.js";
import { Routes, type APIInteractionResponse } from "discord-api-types/v10";
import type { Attachment, MessageBody } from "./view.js";

/** The ways to answer one interaction: all that the kernel needs of Discord, whichever way the interaction came. */
export interface Responder {
  /** The first answer, within three seconds of the interaction. */
  callback(response: APIInteractionResponse, files?: readonly Attachment[]): Promise<void>;
  editOriginal(body: MessageBody, files?: readonly Attachment[]): Promise<void>;
  deleteOriginal(): Promise<void>;
  followUp(body: MessageBody, files?: readonly Attachment[]): Promise<void>;
}

/** Answers over Discord's REST API; the interaction's token is the authorization. */
export function restResponder(
  rest: REST,
  interaction: { id: string; token: string; applicationId: string },
): Responder {
  const { id, token, applicationId } = interaction;
  const request = (body: unknown, files: readonly Attachment[] = []) => ({
    body,
    files: files.map(({ name, data }) => ({ name, data: Buffer.from(data.buffer, data.byteOffset, data.byteLength) })),
    auth: false,
  });
  return {
    async callback(response, files) {
      await rest.post(Routes.interactionCallback(id, token), request(response, files));
    },
    async editOriginal(body, files) {
      await rest.patch(Routes.webhookMessage(applicationId, token, "@original"), request(body, files));
    },
    async deleteOriginal() {
      await rest.delete(Routes.webhookMessage(applicationId, token, "@original"), { auth: false });
    },
    async followUp(body, files) {
      await rest.post(Routes.webhook(applicationId, token), request(body, files));
    },
  };
}
