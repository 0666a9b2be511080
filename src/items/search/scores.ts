/** How far down a match of a kind stands: whole words, then beginnings, then middles of words, by up to 10. */
export const EXACT = 0;
export const FIRST_WORDS = 8;
export const WHOLE_WORDS = 10;
export const PREFIX = 14;
export const WORDS = 20;
/** Where blanks, hyphens, or the end of a number are not where the name has them: `sg550`, `золотистаяприма`. */
export const OTHER_WORDS = 5;
export const RUN_TOGETHER = 32;
/** From the middle of one word into the next: hardly ever what is meant, `скар` in `Краска Руст`. */
export const ACROSS = 70;
/** What is added for the players' own words, another keyboard, other letters, and for a name in another language. */
export const SLANG = 4;
export const HALF_SLANG = 34;
export const OTHER_LAYOUT = 35;
export const SOUND = 35;
/** Short names and those with numbers are written as they are said: `м4` is the M4A1 before whatever holds an М and a 4. */
export const SAID = 24;
export const FOREIGN = 3;
/** From here on it is guessed: with typos, or without one of the words. */
export const GUESS = 100;
export const MISHEARD = 5;
/** Shorter names stand first among equals: what is added for each character. */
export const LENGTH = 1 / 128;

/** Where this many match, there is no need to guess. */
export const ENOUGH = 8;
/** Guesses do without this share of the letters: `автомат` of `автомат калаш`, and no name has only a stray letter. */
export const SPARE = 0.59;
/** Shorter texts are found in everything. */
export const MIN_RUN = 3;
