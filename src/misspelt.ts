/** In an env file next to settings of ours: what Node, Docker and shells read. */
const OF_OTHERS =
  /^(POSTGRES_PASSWORD|TZ|LANG|LC_\w+|DEBUG|NO_COLOR|FORCE_COLOR|(NODE|NPM|COMPOSE|DOCKER|HTTPS)_\w+|\w+_PROXY)$/i;
/** Anything else may be a secret that has slipped into a line of its own. */
const LIKE_A_NAME = /^[A-Z][A-Z_]{0,40}$/;
/** So many letters may be wrong in a name, in a short one less. */
const WRONG = 2;
const WRONG_IN_SHORT = 1;
const SHORT = 6;

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Of names that are no setting, those that were probably meant for one, a line for the log of each: all in the env file, and in the
 * environment, which holds much else, those close to a setting that is not there.
 */
export function misspelt(settings: readonly string[], file: Variables, environment: Variables): string[] {
  const unknown = (names: Variables) =>
    Object.keys(names).filter((name) => !settings.includes(name) && !OF_OTHERS.test(name));
  const inFile = unknown(file).map((name) => {
    const meant = closest(name, settings);
    if (meant !== undefined) return `${name} in .env is no setting: do you mean ${meant}?`;
    return LIKE_A_NAME.test(name)
      ? `${name} in .env is no setting`
      : "a line in .env is no setting: does a value stand alone?";
  });
  const around = unknown(environment).flatMap((name) => {
    const meant = name in file ? undefined : closest(name, settings);
    return meant === undefined || isGiven(environment[meant]) ? [] : [`${name} is no setting: do you mean ${meant}?`];
  });
  return [...inFile, ...around];
}

const isGiven = (value: string | undefined) => value !== undefined && value.trim() !== "";

function closest(name: string, settings: readonly string[]): string | undefined {
  const [best] = settings
    .map((setting) => ({ setting, steps: steps(name.toUpperCase(), setting) }))
    .filter(({ setting, steps }) => steps <= (setting.length <= SHORT ? WRONG_IN_SHORT : WRONG))
    .sort((a, b) => a.steps - b.steps);
  return best?.setting;
}

/** How many letters must be put in, left out or changed to make one word of the other (the Levenshtein distance). */
function steps(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, n) => n);
  for (const [i, letter] of Array.from(from).entries()) {
    const next = [i + 1];
    for (const [j, other] of Array.from(to).entries()) {
      const [left = 0, above = 0, diagonal = 0] = [next[j], row[j + 1], row[j]];
      next.push(Math.min(left + 1, above + 1, diagonal + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
