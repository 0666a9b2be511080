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

interface Chapter {
  readonly topic: Topic;
  /** The sub-commands of a group share a line. */
  readonly brief?: true;
}

/** In the order in which people look for them. All of them are too long for one embed. */
const EMBEDS: readonly (readonly Chapter[])[] = [
  [{ topic: "topic.market" }, { topic: "topic.zone" }, { topic: "topic.alerts", brief: true }],
  [
    { topic: "topic.clan", brief: true },
    { topic: "topic.account", brief: true },
  ],
];
const EXAMPLES = ["help.example.price", "help.example.grade", "help.example.lots"] as const;

export default defineCommand({
  name: "help",
  topic: "topic.account",
  visibility: "private",
  run(_input, context) {
    const { t, commands } = context;
    const examples = lines(t("help.examples"), ...EXAMPLES.map((key) => inlineCode(t(key))));
    const chapter = ({ topic, brief }: Chapter) => {
      const about = commands().filter((command) => command.topic === topic);
      const toLines = brief ? briefly : fully;
      return lines(heading(t(topic), HeadingLevel.Three), ...about.flatMap((command) => toLines(command, context)));
    };
    return {
      embeds: EMBEDS.map((chapters, place) => {
        const first = place === 0 && paragraphs(t("help.intro"), examples);
        return card({
          title: first ? t("help.title") : "",
          description: lines(first, ...chapters.map(chapter)),
          note: place === EMBEDS.length - 1 ? t("help.note") : undefined,
        });
      }),
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
