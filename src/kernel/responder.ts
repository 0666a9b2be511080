import { Routes, type APIInteractionResponse } from "discord-api-types/v10";
import { MINUTE_MS } from "../time.js";
import type { AnswerRequest } from "./answers-rest.js";
import { beganAt, FIRST_ANSWER_MS, TOKEN_LIFE_MS, type Delivery, type Taken } from "./delivery.js";
import type { Reply } from "./reply.js";
import { isUnknownMessage, UndeliveredError } from "./undelivered.js";
import { messageBody, type Attachment, type MessageBody, type View } from "./view.js";

/**
 * The ways to answer one interaction: all that the kernel needs of Discord, whichever way the interaction came. All of
 * them reject with an UndeliveredError, or with a DiscordRefusal when Discord does not take what they say.
 */
export interface Responder {
  /** The first answer, within three seconds of the interaction. */
  callback(response: APIInteractionResponse, files?: readonly Attachment[]): Promise<Taken>;
  editOriginal(body: MessageBody, files?: readonly Attachment[]): Promise<void>;
  /** An edit that another one will follow: it is sent once. */
  editInPassing(body: MessageBody, files?: readonly Attachment[]): Promise<void>;
  deleteOriginal(): Promise<void>;
  /**
   * A message of its own. Discord has no mark by which it would know a second one (`nonce` is for channels only) and lists
   * none, so this is the one request that is not repeated once it may have arrived.
   */
  followUp(body: MessageBody, files?: readonly Attachment[]): Promise<void>;
}

export interface Answerable {
  readonly id: string;
  readonly token: string;
  readonly applicationId: string;
  readonly createdAt: number;
}

/**
 * Answers over Discord's REST API; the interaction's token is the authorization. To be made when it arrives.
 * @param settlesAt by when Discord knows of a first answer that it got another way; 0: it got none
 */
export function restResponder(
  delivery: Delivery,
  { id, token, applicationId, createdAt }: Answerable,
  settlesAt: () => number = () => 0,
): Responder {
  const began = beganAt(createdAt, delivery.now());
  const original = Routes.webhookMessage(applicationId, token, "@original");
  const further = () => ({ until: began + TOKEN_LIFE_MS, repeatable: true, settlesAt: settlesAt() });
  const edit = async (body: MessageBody, files?: readonly Attachment[]): Promise<AnswerRequest> => ({
    method: "PATCH",
    path: original,
    body: await encode(body, files),
    first: false,
  });
  return {
    async callback(response, files) {
      const path = Routes.interactionCallback(id, token);
      const request = { method: "POST", path, body: await encode(response, files), first: true } as const;
      return delivery.send(request, { until: began + FIRST_ANSWER_MS, repeatable: true });
    },
    async editOriginal(body, files) {
      await delivery.send(await edit(body, files), further());
    },
    async editInPassing(body, files) {
      await delivery.send(await edit(body, files), { ...further(), passing: true });
    },
    async deleteOriginal() {
      try {
        await delivery.send({ method: "DELETE", path: original, first: false }, further());
      } catch (error) {
        // Deleted by a try before, or by somebody else: either way it is.
        if (!(error instanceof UndeliveredError && isUnknownMessage(error.cause))) throw error;
      }
    },
    async followUp(body, files) {
      const path = Routes.webhook(applicationId, token);
      const request = { method: "POST", path, body: await encode(body, files), first: false } as const;
      await delivery.send(request, { ...further(), repeatable: false });
    },
  };
}

/** How long a change of an earlier answer is tried; whether its time is over, only Discord knows. */
const LATER_MS = MINUTE_MS;

/**
 * Changes an answer after its interaction is over, for 15 minutes from its beginning. False when that cannot be done
 * any more.
 * @throws UndeliveredError, DiscordRefusal when it did not succeed.
 */
export async function editLater(delivery: Delivery, reply: Reply, view: View): Promise<boolean> {
  const path = Routes.webhookMessage(reply.applicationId, reply.reveal(), "@original");
  const body = await encode(messageBody(view, { private: false }), view.files);
  try {
    await delivery.send(
      { method: "PATCH", path, body, first: false },
      { until: delivery.now() + LATER_MS, repeatable: true },
    );
    return true;
  } catch (error) {
    if (error instanceof UndeliveredError && error.loss === "gone") return false;
    throw error;
  }
}

/** JSON, or a form where there are files. */
async function encode(body: unknown, files: readonly Attachment[] = []): Promise<NonNullable<AnswerRequest["body"]>> {
  if (files.length === 0) return { type: "application/json", data: JSON.stringify(body) };
  const form = new FormData();
  form.append("payload_json", JSON.stringify(body));
  for (const [index, { name, data }] of files.entries()) form.append(`files[${index}]`, new Blob([data]), name);
  const encoded = new Response(form);
  return { type: encoded.headers.get("content-type") ?? "", data: new Uint8Array(await encoded.arrayBuffer()) };
}
