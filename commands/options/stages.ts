import { dotted, optionalChoice, type Context, type PlainTextKey } from "../../src/kernel/index.js";
import { STAGES, type Stage } from "../../src/watch/index.js";

interface StageChoice {
  readonly value: string;
  readonly name: PlainTextKey;
  readonly stages: readonly Stage[];
}

/** What can be chosen together; the message of an end also says until when there are more artifacts. */
const CHOICES: readonly StageChoice[] = [
  { value: "all", name: "stages.all", stages: STAGES },
  { value: "start-end", name: "stages.start-end", stages: ["start", "end"] },
  { value: "start", name: "stages.start", stages: ["start"] },
  { value: "end", name: "stages.end", stages: ["end"] },
  { value: "boost", name: "stages.boost", stages: ["boost"] },
  { value: "start-boost", name: "stages.start-boost", stages: ["start", "boost"] },
];
const NONE: StageChoice = { value: "none", name: "stages.none", stages: [] };

function stagesAmong(choices: readonly StageChoice[]) {
  const option = optionalChoice(choices);
  return {
    ...option,
    read: (...given: Parameters<typeof option.read>): Stage[] => {
      const value = option.read(...given);
      const { stages } = choices.find((choice) => choice.value === value) ?? { stages: STAGES };
      return [...stages];
    },
  };
}

/** What of emissions somebody wants to hear; left out: everything. */
export function stagesOption() {
  return stagesAmong(CHOICES);
}

/** The same where a panel may do without messages. */
export function stagesOrNoneOption() {
  return stagesAmong([...CHOICES, NONE]);
}

const NAMES = { start: "stages.start", end: "stages.end", boost: "stages.boost" } as const satisfies Record<
  Stage,
  PlainTextKey
>;

/** What somebody wants to hear, to be read. */
export function stagesText(stages: readonly Stage[], { t }: Pick<Context, "t">): string {
  return dotted(...stages.map((stage) => t(NAMES[stage])));
}
