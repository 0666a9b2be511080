const CYRILLIC: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ а: "a", б: "b", в: "v", г: "g", д: "d", е: "e", ж: "z", з: "z", и: "i", к: "k", л: "l", м: "m", н: "n" },
    ...{ о: "o", п: "p", р: "r", с: "s", т: "t", у: "u", ф: "f", х: "h", ц: "ts", ч: "ch", ш: "s", щ: "s" },
    ...{ ъ: "", ы: "i", ь: "", э: "e", ю: "iu", я: "ia", і: "i", ї: "i", є: "e", ґ: "g" },
  }),
);

/** Ways to spell one sound in Latin letters; of those that fit the longest counts. */
const LATIN: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ shch: "s", sch: "s", sh: "s", zh: "z", kh: "h", ph: "f", th: "t", ck: "k", ch: "ch", qu: "kv" },
    ...{ ce: "se", ci: "si", cy: "si", ee: "i", oo: "u", c: "k", j: "dz", q: "k", w: "v", x: "ks", y: "i" },
  }),
);
/** The longest of them. */
const LONGEST = 4;

/**
 * How a folded word sounds, roughly, in Latin letters, whether it is written in those or in Cyrillic: `kalash` and
 * `калаш` are the same, so are `winchester` and `винчестер`. Empty for a word of neither alphabet.
 */
export function soundOf(word: string): string {
  if (/[^a-zа-яіїєґ0-9]/.test(word)) return "";
  const latin = /[^a-z0-9]/.test(word) ? Array.from(word, (letter) => CYRILLIC.get(letter) ?? letter).join("") : word;
  let sound = "";
  for (let at = 0; at < latin.length;) {
    let length = Math.min(LONGEST, latin.length - at);
    while (length > 1 && !LATIN.has(latin.slice(at, at + length))) length--;
    const spelling = latin.slice(at, at + length);
    sound += LATIN.get(spelling) ?? spelling;
    at += length;
  }
  return sound.replace(/([a-z])\1+/g, "$1");
}
