import {
  MessageFlags,
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
  type APIEmbed,
  type APIInteractionResponseCallbackData,
  type APIModalInteractionResponseCallbackData,
} from "discord-api-types/v10";
import { fitEmbeds, truncate } from "./embed.js";
import { dotted, sentence } from "./lines.js";

/** A file that goes with a message; embeds show it as `attachment://<name>`. */
export interface Attachment {
  readonly name: string;
  readonly data: Uint8Array;
  /** Read aloud by screen readers; Discord takes 1024 characters of it. */
  readonly description?: string;
}

/** Up to five buttons, or one menu. */
export type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

/**
 * What a command shows, as plain data of Discord's API: whoever makes a part of it builds it, and nobody does again. The
 * kernel sends it, and replaces the whole message where it edits one.
 */
export interface View {
  readonly content?: string;
  readonly embeds?: readonly APIEmbed[];
  readonly components?: readonly Row[];
  readonly files?: readonly Attachment[];
}

/** A form to open instead of an answer; only a button or a menu may answer so, and only at once. */
export interface Form {
  readonly modal: APIModalInteractionResponseCallbackData;
}

export type Result = View | Form;

export function isForm(result: Result): result is Form {
  return "modal" in result;
}

/** What of a view concerns the whole bot: whether only the caller sees it, and a line under what is simulated. */
export interface Presentation {
  readonly private: boolean;
  readonly footnote?: string | undefined;
}

/** A message as it goes over the wire, first answer, edit and follow-up alike. */
export type MessageBody = Pick<
  APIInteractionResponseCallbackData,
  "content" | "embeds" | "components" | "attachments" | "allowed_mentions" | "flags"
>;

/** Discord's limits. */
const CONTENT_LENGTH = 2_000;
const DESCRIPTION_LENGTH = 1_024;

/** The JSON of a message: embeds fitted, nobody mentioned, every part named so that an edit leaves nothing behind. */
export function messageBody(view: View, presentation: Presentation): MessageBody {
  return {
    content: truncate(view.content ?? "", CONTENT_LENGTH),
    embeds: fitEmbeds(withFootnote(view.embeds ?? [], presentation.footnote)),
    components: [...(view.components ?? [])],
    attachments: (view.files ?? []).map((file, index) => ({
      id: String(index),
      filename: file.name,
      ...(file.description !== undefined && { description: truncate(file.description, DESCRIPTION_LENGTH) }),
    })),
    allowed_mentions: { parse: [] },
    ...(presentation.private && { flags: MessageFlags.Ephemeral }),
  };
}

/** The embeds with this line at the end of the last one; undefined: without. */
export function withFootnote(embeds: readonly APIEmbed[], footnote: string | undefined): readonly APIEmbed[] {
  const last = embeds.at(-1);
  if (!last || footnote === undefined) return embeds;
  const text = sentence(dotted(last.footer?.text, footnote));
  return [...embeds.slice(0, -1), { ...last, footer: { ...last.footer, text } }];
}
