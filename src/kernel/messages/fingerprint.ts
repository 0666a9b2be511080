import { z } from "zod";

const text = z.string().nullish();
/** The parts of a message that Discord gives back as they were sent. */
const written = z.object({
  content: text,
  embeds: z
    .array(
      z.object({
        title: text,
        description: text,
        footer: z.object({ text }).nullish(),
        fields: z.array(z.object({ name: text, value: text })).nullish(),
      }),
    )
    .nullish(),
});

/** What two messages have in common that say the same. */
export function fingerprint(message: unknown): string {
  const { content, embeds } = written.parse(message);
  const parts = (embeds ?? []).map(({ title, description, footer, fields }) => [
    ...[title, description, footer?.text],
    ...(fields ?? []).flatMap(({ name, value }) => [name, value]),
  ]);
  return JSON.stringify([content, ...parts.flat()].map((part) => part?.replace(/\s+/g, " ").trim() ?? ""));
}
