import {
  card,
  defineCommand,
  dotted,
  heading,
  HeadingLevel,
  inlineCode,
  lines,
  paragraphs,
  type Context,
  type ListedCommand,
  type Topic,
} from "../src/kernel/index.js";

/** In the order in which people look for them; the sub-commands of a brief one share a line. */
const TOPICS: readonly { readonly topic: Topic; readonly brief?: true }[] = [
  { topic: "topic.market" },
  { topic: "topic.zone" },
  { topic: "topic.alerts", brief: true },
  { topic: "topic.clan" },
  { topic: "topic.account", brief: true },
];
const EXAMPLES = ["help.example.price", "help.example.grade", "help.example.lots"] as const;

export default defineCommand({
  name: "help",
  topic: "topic.account",
  visibility: "private",
  run(_input, context) {
    const { t, commands } = context;
    const examples = lines(t("help.examples"), ...EXAMPLES.map((key) => inlineCode(t(key))));
    const topics = TOPICS.map(({ topic, brief }) => {
      const about = commands().filter((command) => command.topic === topic);
      const toLines = brief ? briefly : fully;
      return lines(heading(t(topic), HeadingLevel.Three), ...about.flatMap((command) => toLines(command, context)));
    });
    return {
      embeds: [
        card({
          title: t("help.title"),
          description: lines(paragraphs(t("help.intro"), examples), ...topics),
          note: t("help.note"),
        }),
      ],
    };
  },
});

function fully({ actions }: ListedCommand, context: Context): string[] {
  return actions.map((action) => `${called(action, context)} — ${action.description}`);
}

function briefly({ actions, description }: ListedCommand, context: Context): string[] {
  return [`${actions.map((action) => called(action, context)).join(", ")} — ${description}`];
}

/** Discord's clients show a mention by its English name, and the list of commands by the reader's. */
function called({ command, localName }: Pick<ListedCommand, "command" | "localName">, { mention }: Context): string {
  return dotted(mention(command), localName !== command && localName);
}
