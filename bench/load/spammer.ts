import { setTimeout as pause } from "node:timers/promises";
import { COLOURS } from "../../src/kernel/index.js";
import type { Actor } from "@zonewire/sandbox/discord";
import { marketsIn, type Market } from "./markets.js";
import { Tally, type Answered, type Scenario } from "./stage.js";

const SECONDS = 60;
const OTHERS = 40;
/** Whole answers that come after this are late: one waits for them and wonders. */
const LATE_MS = 5_000;

/** One person spends the API's points as fast as they can; the others ask once each, about something nobody asked for. */
export const spammer: Scenario = {
  name: `One spammer (/price every second for ${SECONDS} s) among ${OTHERS} people, 400 points a minute`,
  points: 400,
  async run({ discord, person }) {
    const [guild] = discord.guilds;
    if (guild === undefined) throw new Error("the simulated Discord has no guild");
    const people = Array.from({ length: OTHERS }, (_, index) => {
      const user = discord.world.addUser(`Player${index}`);
      discord.world.addMember(guild, user);
      return discord.as(user);
    });
    const [spam, others] = await Promise.all([
      spread(marketsIn("RU").slice(0, SECONDS), () => person(0)),
      spread(marketsIn("EU").slice(0, OTHERS), (index) => people[index]!),
    ]);
    return { ...named("the spammer", spam), ...named("the others", others) };
  },
};

/** One question for each market, evenly over the time. */
async function spread(markets: readonly Market[], who: (index: number) => Actor) {
  const tally = new Tally();
  const answers = await Promise.all(
    markets.map(async ({ item, region }, index) => {
      await pause((index * SECONDS * 1_000) / markets.length);
      return tally.count(() => who(index).slash("price", { item, region }));
    }),
  );
  const answered = answers.filter((one) => one !== undefined);
  return {
    asked: markets.length,
    ...tally.figures(),
    refused: answered.filter((one) => !showsPrice(one)).length,
    [`later than ${LATE_MS / 1_000} s`]: answered.filter(({ afterMs }) => afterMs > LATE_MS).length,
  };
}

function showsPrice({ outcome }: Answered): boolean {
  return outcome.message?.embeds[0]?.color === COLOURS.market;
}

function named(who: string, figures: Record<string, string | number>): Record<string, string | number> {
  return Object.fromEntries(Object.entries(figures).map(([what, figure]) => [`${who}: ${what}`, figure]));
}
