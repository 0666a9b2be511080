import type { Message } from "@zonewire/sandbox/discord";

/** All that a person reads in a message. */
export function textOf(message: Message | undefined): string {
  if (!message) return "";
  const embeds = message.embeds.flatMap(({ title, description, fields, footer, author }) => [
    title,
    author?.name,
    description,
    ...(fields ?? []).flatMap(({ name, value }) => [name, value]),
    footer?.text,
  ]);
  return [message.content, ...embeds].filter(Boolean).join("\n");
}

/** Buttons of a message by their labels. */
export function labels(message: Message | undefined): string[] {
  return (message?.components ?? []).flatMap((row) =>
    "components" in row ? row.components.flatMap((part) => ("label" in part && part.label ? [part.label] : [])) : [],
  );
}
