import { fold } from "../../src/fold.js";
import { escape, optionalText, UserError, type Context, type TextOption } from "../../src/kernel/index.js";
import type { Roll, War } from "../../src/war/index.js";
import { battleLabel } from "./battle.js";
import { serverOf } from "./officers.js";

/** Which battles a command is about: those ahead and under way, those that have begun, or all. */
export type Which = "next" | "past" | "any";

/** As many as Discord suggests. */
const OFFERED = 25;

/** One of the server's battles, by its id; undefined where it is left out. */
export function warOption(which: Which): TextOption<string | undefined> {
  return optionalText({
    async suggest(text, context) {
      if (context.guildId === undefined) return [];
      const wanted = fold(text.trim());
      const wars = await warsOf(which, context);
      return wars
        .map((war) => ({ name: battleLabel(war, context), value: war.id }))
        .filter(({ name }) => fold(name).includes(wanted));
    },
  });
}

async function warsOf(which: Which, context: Context): Promise<readonly War[]> {
  const { wars } = context;
  const guildId = serverOf(context);
  const [next, past] = await Promise.all([
    which === "past" ? [] : wars.next(guildId, OFFERED),
    which === "next" ? [] : wars.past(guildId, OFFERED),
  ]);
  const found = new Map([...(which === "any" ? next.slice(0, 10) : next), ...past].map((war) => [war.id, war]));
  return [...found.values()].slice(0, OFFERED);
}

/**
 * The battle that is meant, by its id or as it was suggested; the nearest one that takes place where none is named.
 * @throws UserError when there is none
 */
export async function findWar(asked: string | undefined, which: Which, context: Context): Promise<War> {
  if (asked === undefined) {
    const all = await warsOf(which, context);
    const found = all.find(({ state }) => state !== "cancelled") ?? all[0];
    if (found) return found;
    throw new UserError(which === "past" ? "error.war-none-past" : "error.war-none-next");
  }
  const { wars } = context;
  const found =
    (await wars.war(asked, serverOf(context))) ??
    (await warsOf(which, context)).find((war) => fold(battleLabel(war, context)) === fold(asked));
  if (!found) throw new UserError("error.war-unknown", { name: escape(asked) });
  return found;
}

/** @throws UserError when it is not there any more */
export async function requireRoll(war: string, context: Context): Promise<Roll> {
  return found(await context.wars.roll(war, serverOf(context)));
}

/** @throws UserError when it is not there any more */
export function found<T>(war: T | undefined): T {
  if (war === undefined) throw new UserError("error.war-gone");
  return war;
}
