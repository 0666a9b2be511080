import { pick, subkey, unit } from "./random.js";

function words(list: string): readonly string[] {
  return list.split(" ");
}

const LATIN = {
  first: words(
    "Ash Bleak Brisk Cold Dim Drift Dusk Echo Ember Fern Flint Frost Gaunt Grim Hollow Iron Lone Mild Moss Mute Night Pale Quick Raw Rust Salt Sharp Slow Soot Stark Steel Stray Swift Tin Umber Vast Wary Wild Wry Zinc",
  ),
  second: words(
    "Adder Badger Beacon Bison Boar Cobra Crane Crow Dagger Diver Falcon Fox Gull Hawk Hermit Heron Hound Jackal Kite Lynx Mole Moth Newt Otter Owl Pike Raven Rook Saber Scout Shrike Stoat Thorn Tramp Viper Wader Walker Warden Wolf Wren",
  ),
};
const CYRILLIC = {
  first: words(
    "Белый Бледный Бурый Верный Вольный Гордый Горький Дикий Дальний Древний Едкий Жёсткий Злой Зимний Колкий Крепкий Кривой Ледяной Лихой Лунный Меткий Мрачный Немой Ночной Острый Пепельный Пыльный Рваный Рыжий Северный Седой Серый Скрытный Старый Сухой Тихий Тёмный Хмурый Чёрный Юркий",
  ),
  second: words(
    "Барсук Беркут Бобр Ворон Волк Гриф Дозорный Дятел Ёж Журавль Зверь Зубр Кабан Камень Ключник Коготь Корень Кот Лис Лось Медведь Мороз Норд Окунь Олень Пёс Путник Рубеж Рысь Сапёр Сокол Сыч Топор Туман Уж Филин Хорь Шаман Шмель Ястреб",
  ),
};
const SEPARATORS = ["_", "", "", "-", "_"];

/** `count` character names, no two equal in any case; Latin and Cyrillic, some with underscores and digits. */
export function characterNames(key: number, count: number, taken: readonly string[]): string[] {
  const seen = new Set(taken.map((name) => name.toLowerCase()));
  return Array.from({ length: count }, (_, n) => {
    const list = unit(key, n * 4) < 0.55 ? LATIN : CYRILLIC;
    const first = pick(list.first, unit(key, n * 4 + 1));
    const second = pick(list.second, unit(key, n * 4 + 2));
    const style = unit(key, n * 4 + 3);
    const plain = `${first}${pick(SEPARATORS, style)}${second}`;
    let name = style > 0.9 ? plain.toLowerCase() : plain;
    // A taken name gets a number, as people do.
    for (let suffix = 2; seen.has(name.toLowerCase()); suffix++) name = `${plain}${suffix}`;
    seen.add(name.toLowerCase());
    return name;
  });
}

const LATIN_CLANS = ["Order of the", "Free", "Last", "The", "Northern", "Silent", "Red", "Old"];
const CYRILLIC_CLANS = ["Орден", "Братство", "Отряд", "Дети", "Стража", "Клан"];

/** A clan's name and tag; not unique. */
export function clanName(seed: number, n: number): { name: string; tag: string } {
  const key = subkey(seed, "clan names");
  const latin = unit(key, n * 3) < 0.5;
  const second = pick((latin ? LATIN : CYRILLIC).second, unit(key, n * 3 + 1));
  const first = pick(latin ? LATIN_CLANS : CYRILLIC_CLANS, unit(key, n * 3 + 2));
  const name = latin ? `${first} ${plural(second)}` : `${first} «${second}»`;
  return { name, tag: second.slice(0, 4).toUpperCase() };
}

function plural(word: string): string {
  if (word === "Bison") return word;
  if (word === "Wolf") return "Wolves";
  return word.endsWith("x") ? `${word}es` : `${word}s`;
}
