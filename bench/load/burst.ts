import { Tally, type Scenario } from "./stage.js";

const COUNT = 2_000;
/** Of every eight: what people do when the bot is back. */
const COMMANDS: readonly [string, Record<string, string>][] = [
  ["regions", {}],
  ["emission", { region: "EU" }],
  ["emission", { region: "RU" }],
  ["clan list", { region: "EU" }],
  ["help", {}],
  ["operations", { region: "EU" }],
  ["emission", { region: "NA" }],
  ["status", {}],
];

/** Everybody at once, just after a start: nothing is warm, and all of it is to be acknowledged within three seconds. */
export const burst: Scenario = {
  name: `${COUNT} interactions at once after a start`,
  async run({ discord, person }) {
    const tally = new Tally();
    await Promise.all(
      Array.from({ length: COUNT }, (_, index) => {
        const [command, options] = COMMANDS[index % COMMANDS.length]!;
        return tally.count(() => person(index).slash(command, options));
      }),
    );
    const { highest, total } = discord.connections.answering;
    return { ...tally.figures(), "connections for answers, most / all": `${highest} / ${total}` };
  },
};
