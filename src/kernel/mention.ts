import { chatInputApplicationCommandMention, inlineCode } from "@discordjs/formatters";

/** Writes a command, such as `clan list`, for people to read. */
export type Mention = (command: string) => string;

/** `/clan list` as code, for where nothing can be clicked. */
export const codeMention: Mention = (command) => inlineCode(`/${command}`);

/**
 * Discord's mark-up for a command that people can click, such as `</clan list:123>`.
 * @param idOf the id that Discord gave a command, without sub-command; undefined until it is registered
 */
export function clickableMention(idOf: (name: string) => string | undefined): Mention {
  return (command) => {
    const id = idOf(command.split(" ", 1)[0] ?? command);
    return id === undefined ? codeMention(command) : chatInputApplicationCommandMention(command, id);
  };
}
