import { setTimeout as pause } from "node:timers/promises";
import { landmarks } from "@zonewire/sandbox/game";
import { Tally, type Scenario } from "./stage.js";

const PER_SECOND = 200;
const SECONDS = 60;
/** How late the simulated API answers. */
const API_MS = 400;
const { items, characters } = landmarks;
const COMMANDS: readonly [string, Record<string, string>][] = [
  ["price", { item: items.popular }],
  ["emission", { region: "EU" }],
  ["lots", { item: items.popular }],
  ["clan list", { region: "EU" }],
  ["character profile", { name: characters.alt, region: "EU" }],
  ["regions", {}],
  ["item", { item: items.popular }],
  ["operations", { region: "EU" }],
];

/** A busy minute of mixed commands while the game's API is slow. */
export const steady: Scenario = {
  name: `${PER_SECOND} interactions a second for ${SECONDS} s, the API takes ${API_MS} ms`,
  async run({ discord, game, person }) {
    game.faults.add({ kind: "slow", ms: API_MS });
    const tally = new Tally();
    const started = performance.now();
    const running: Promise<unknown>[] = [];
    for (let sent = 0; sent < PER_SECOND * SECONDS;) {
      const due = Math.min(PER_SECOND * SECONDS, Math.floor(((performance.now() - started) / 1_000) * PER_SECOND));
      for (; sent < due; sent++) {
        const [command, options] = COMMANDS[sent % COMMANDS.length]!;
        const actor = person(sent);
        running.push(tally.count(() => actor.slash(command, options)));
      }
      await pause(5);
    }
    await Promise.all(running);
    const { highest, total } = discord.connections.answering;
    return {
      ...tally.figures(),
      "connections for answers, most / all": `${highest} / ${total}`,
    };
  },
};
