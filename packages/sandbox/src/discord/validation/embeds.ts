import { z } from "zod";
import { color, link, list, maybe, media, text, timestamp } from "./fields.js";
import { fault } from "./form.js";

const picture = z.object({ url: media });

const embed = z
  .object({
    title: maybe(text(0, 256)),
    description: maybe(text(0, 4096)),
    url: maybe(link),
    timestamp: maybe(timestamp),
    color: maybe(color),
    footer: maybe(z.object({ text: text(1, 2048), icon_url: maybe(media) })),
    image: maybe(picture),
    thumbnail: maybe(picture),
    author: maybe(z.object({ name: text(1, 256), url: maybe(link), icon_url: maybe(media) })),
    fields: maybe(
      list(z.object({ name: text(1, 256), value: text(1, 1024), inline: z.boolean().default(false) }), 0, 25),
    ),
  })
  .superRefine((value, context) => {
    const shown = value.title ?? value.description ?? value.author ?? value.footer ?? value.image ?? value.thumbnail;
    if ((shown === undefined || shown === "") && !value.description && !value.fields?.length) {
      fault(context, ["description"], "BASE_TYPE_REQUIRED", "This field is required");
    }
  })
  .transform((value) => ({ type: "rich" as const, ...value }));

export type Embed = z.infer<typeof embed>;

/** Characters that count towards the 6000 a message's embeds may have in all. */
function embedSize({ title, description, footer, author, fields = [] }: Embed): number {
  const texts = [title, description, footer?.text, author?.name, ...fields.flatMap(({ name, value }) => [name, value])];
  return texts.reduce((sum, part) => sum + (part?.length ?? 0), 0);
}

/** Up to 10 embeds with up to 6000 characters in all. */
export const embeds = list(embed, 0, 10).superRefine((all, context) => {
  let total = 0;
  for (const [index, one] of all.entries()) {
    total += embedSize(one);
    if (total > 6000) {
      fault(context, [index], "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000");
      return;
    }
  }
});
