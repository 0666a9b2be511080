import { setImmediate as nextTurn } from "node:timers/promises";
import { Tally, type Scenario } from "./stage.js";

const COUNT = 2_000;
const SLICE = 20;
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
    const started = performance.now();
    const running: Promise<unknown>[] = [];
    while (running.length < COUNT) {
      // The simulated Discord has to read answers meanwhile: it shares one thread with everybody in it.
      if (running.length % SLICE === 0) await nextTurn();
      const number = running.length;
      const [command, options] = COMMANDS[number % COMMANDS.length]!;
      running.push(tally.count(() => person(number).slash(command, options)));
    }
    const sent = Math.round(performance.now() - started);
    await Promise.all(running);
    const { highest, total } = discord.connections.answering;
    return {
      "sent within, ms": sent,
      ...tally.figures(),
      "connections for answers, most / all": `${highest} / ${total}`,
    };
  },
};
