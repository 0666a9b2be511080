import { MessageFlags } from "discord-api-types/v10";
import { z } from "zod";
import { componentsFor } from "./components.js";
import { embeds } from "./embeds.js";
import { list, maybe, snowflake, text } from "./fields.js";
import { fault, parseForm } from "./form.js";

const mentionIds = list(snowflake, 0, 100);
const allowedMentions = z
  .object({
    parse: maybe(z.array(z.enum(["roles", "users", "everyone"]))),
    roles: maybe(mentionIds),
    users: maybe(mentionIds),
    replied_user: maybe(z.boolean()),
  })
  .superRefine(({ parse = [], ...lists }, context) => {
    for (const kind of ["users", "roles"] as const) {
      if (!parse.includes(kind) || !lists[kind]?.length) continue;
      const said = `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`;
      fault(context, [], "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", said);
    }
  });
export type AllowedMentions = z.infer<typeof allowedMentions>;

const attachment = z.object({
  id: z.union([z.string(), z.int()]).transform(String),
  filename: maybe(text(1, 1024)),
  description: maybe(text(0, 1024)),
});

const flags = z.int().min(0);

/** Every part of a message; what is left out is `undefined`, what is cleared is null. */
const shape = {
  content: text(0, 2000).nullish(),
  embeds: embeds.nullish(),
  allowed_mentions: allowedMentions.nullish(),
  attachments: list(attachment, 0, 10).nullish(),
  flags: flags.nullish(),
  tts: maybe(z.boolean()),
};
const posting = {
  ...shape,
  nonce: maybe(z.union([z.int().transform(String), text(1, 25)])),
  enforce_nonce: maybe(z.boolean()),
  message_reference: maybe(z.object({ message_id: snowflake, fail_if_not_exists: maybe(z.boolean()) })),
};
const legacy = z.object({ ...posting, components: componentsFor(false).nullish() });
const v2 = z.object({ ...posting, components: componentsFor(true).nullish() }).superRefine((form, context) => {
  for (const field of ["content", "embeds"] as const) {
    if (!form[field]?.length) continue;
    const said = `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`;
    fault(context, [field], "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", said);
  }
});

/** A message as a request describes it: a whole one, or the parts of an edit. */
export type MessageForm = z.infer<typeof legacy>;

const flagged = z.object({ flags: flags.nullish() });

/**
 * Parses a message or an edit of one.
 *
 * @param before flags of the message being edited
 * @param at where the message stands in the request body
 */
export function parseMessage(form: unknown, { before = 0, at = [] }: { before?: number; at?: PropertyKey[] } = {}) {
  const given = parseForm(flagged, form, at).flags ?? 0;
  const isV2 = ((before | given) & MessageFlags.IsComponentsV2) !== 0;
  return parseForm(isV2 ? v2 : legacy, form, at);
}

/** The reply's visibility, which is all a deferral says. */
export const deferral = maybe(z.object({ flags: maybe(flags) }));
