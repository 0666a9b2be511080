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

/** Discord's codes for an interaction that is no longer there, was answered already, or whose 15 minutes are over. */
const GONE = new Set<unknown>([10_062, 10_008, 10_015, 40_060, 50_027]);

export function isGone(error: unknown): boolean {
  return error instanceof Error && "code" in error && GONE.has(error.code);
}

/** Answers over Discord's REST API; the interaction's token is the authorization. */
export function restResponder(
  rest: REST,
  interaction: { id: string; token: string; applicationId: string },
): Responder {
  const { id, token, applicationId } = interaction;
  return {
    async callback(response, files) {
      await rest.post(Routes.interactionCallback(id, token), await request(response, files));
    },
    async editOriginal(body, files) {
      await rest.patch(Routes.webhookMessage(applicationId, token, "@original"), await request(body, files));
    },
    async deleteOriginal() {
      await rest.delete(Routes.webhookMessage(applicationId, token, "@original"), { auth: false });
    },
    async followUp(body, files) {
      await rest.post(Routes.webhook(applicationId, token), await request(body, files));
    },
  };
}

/**
 * A form is sent as plain bytes: discord.js' HTTP client hands its forms to whichever HTTP client of the process was
 * loaded first, and one of another version (the game API's) does not know them.
 */
async function request(body: unknown, files: readonly Attachment[] = []) {
  if (files.length === 0) return { body, auth: false };
  const form = new FormData();
  form.append("payload_json", JSON.stringify(body));
  for (const [index, { name, data }] of files.entries()) form.append(`files[${index}]`, new Blob([data]), name);
  const encoded = new Response(form);
  return {
    body: new Uint8Array(await encoded.arrayBuffer()),
    headers: { "content-type": encoded.headers.get("content-type") ?? "" },
    passThroughBody: true,
    auth: false,
  };
}
