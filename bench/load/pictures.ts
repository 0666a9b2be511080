import en from "../../locales/en.json" with { type: "json" };
import { textOf } from "../../test/message.js";
import { allMarkets } from "./markets.js";
import { Tally, type Scenario } from "./stage.js";

const COUNT = 200;

/** More pictures than are drawn in time: whoever gets none gets the figures, and is told. */
export const pictures: Scenario = {
  name: `${COUNT} charts at once`,
  async run({ person }) {
    const tally = new Tally();
    const wanted = allMarkets().slice(0, COUNT);
    const answers = await Promise.all(
      wanted.map(({ item, region }, index) => tally.count(() => person(index).slash("history", { item, region }))),
    );
    const kinds = { "with a picture": 0, "with figures and the note": 0 };
    const others: string[] = [];
    for (const answered of answers) {
      if (answered === undefined) continue;
      const { message } = answered.outcome;
      if (message?.files.some(({ filename }) => filename.endsWith(".png"))) kinds["with a picture"]++;
      else if (textOf(message).includes(en["history.no-picture"])) kinds["with figures and the note"]++;
      else others.push(textOf(message).replaceAll("\n", " ").slice(0, 60));
    }
    return {
      "different markets": wanted.length,
      ...tally.figures(),
      ...kinds,
      "with something else": others.length > 0 ? `${others.length}, such as "${others[0]}"` : 0,
    };
  },
};
