import type { APIEmbed, APIEmbedField } from "discord-api-types/v10";

/** Discord's limits in characters; the total counts every text of every embed of one message. */
export const EMBED_LIMITS = {
  title: 256,
  description: 4096,
  fields: 25,
  fieldName: 256,
  fieldValue: 1024,
  footer: 2048,
  author: 256,
  total: 6000,
  embeds: 10,
} as const;

/** Shown where a field has nothing to show: Discord refuses empty ones. */
const NOTHING = "—";

/** At most `limit` UTF-16 units, ending in `…` where something was cut; never half of a character or of an escape. */
export function truncate(text: string, limit: number): string {
  if (text.length <= limit) return text;
  if (limit <= 0) return "";
  return `${text
    .slice(0, limit - 1)
    .replace(/[\ud800-\udbff]$/, "")
    .replace(/(?<!\\)((?:\\\\)*)\\$/, "$1")}…`;
}

/**
 * Makes embeds that Discord accepts out of any: each text within its limit, no empty part, at most 25 fields and ten
 * embeds, and 6,000 characters over all of them. The first texts go first into those 6,000: of each embed its title,
 * author and footer, then the description, then the fields in their order; an embed left with nothing is dropped.
 */
export function fitEmbeds(embeds: readonly APIEmbed[]): APIEmbed[] {
  let left: number = EMBED_LIMITS.total;
  const take = (text: string | undefined, limit: number): string => {
    const taken = truncate(text?.trim() ?? "", Math.min(limit, left));
    left -= taken.length;
    return taken;
  };
  const takeField = (field: APIEmbedField): APIEmbedField | undefined => {
    const before = left;
    const name = take(field.name.trim() || NOTHING, EMBED_LIMITS.fieldName);
    const value = take(field.value.trim() || NOTHING, EMBED_LIMITS.fieldValue);
    if (name !== "" && value !== "") return { ...field, name, value };
    left = before;
    return undefined;
  };
  return embeds.slice(0, EMBED_LIMITS.embeds).flatMap((embed) => {
    const { title: _title, author, footer, description: _description, fields: given, ...rest } = embed;
    const title = take(embed.title, EMBED_LIMITS.title);
    const authorName = take(author?.name, EMBED_LIMITS.author);
    const footerText = take(footer?.text, EMBED_LIMITS.footer);
    const description = take(embed.description, EMBED_LIMITS.description);
    const fields = (given ?? []).slice(0, EMBED_LIMITS.fields).flatMap((field) => takeField(field) ?? []);
    const fitted: APIEmbed = {
      ...rest,
      ...(title && { title }),
      ...(authorName && { author: { ...author, name: authorName } }),
      ...(footerText && { footer: { ...footer, text: footerText } }),
      ...(description && { description }),
      ...(fields.length > 0 && { fields }),
    };
    const shown = [title, authorName, footerText, description, fields.length, rest.image, rest.thumbnail];
    return shown.some(Boolean) ? [fitted] : [];
  });
}
