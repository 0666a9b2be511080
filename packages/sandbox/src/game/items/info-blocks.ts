import { type Item, type Names, isArtefact } from "../world/item.js";
import { subkey, unit } from "../world/random.js";
import { everywhere, plainText, translation } from "./texts.js";

const names = (ru: string, en: string, es: string, fr: string, ko: string): Names => ({ ru, en, es, fr, ko });
const WEIGHT = names("Вес", "Weight", "Peso", "Poids", "무게");
const KIND = names("Класс", "Class", "Clase", "Classe", "종류");
const RANK = names("Ранг", "Rank", "Rango", "Rang", "등급");
const DURABILITY = names("Прочность", "Durability", "Durabilidad", "Durabilité", "내구도");
const MAX_DURABILITY = names(
  "Макс. прочность",
  "Max. durability",
  "Durabilidad máx.",
  "Durabilité max.",
  "최대 내구도",
);
const ELECTRICITY = names(
  "Защита от электричества",
  "Electricity resistance",
  "Resistencia eléctrica",
  "Résistance électrique",
  "전기 저항",
);
const QUALITY = names("Обычный", "Common", "Común", "Commun", "일반");
const QUALITY_TITLE = names("Качество", "Quality", "Calidad", "Qualité", "품질");
const HEALTH = names("Живучесть", "Vitality", "Vitalidad", "Vitalité", "체력");
const RADIATION = names("Излучение", "Radiation", "Radiación", "Radiation", "방사선");
const PROTECTION = names("Пулестойкость", "Bullet resistance", "Resistencia a balas", "Résistance aux balles", "방탄");
const RECOIL = names("Отдача", "Recoil", "Retroceso", "Recul", "반동");
const RATE = names("Темп стрельбы", "Rate of fire", "Cadencia", "Cadence", "연사력");
const AMMO = names("Боеприпас", "Ammunition", "Munición", "Munition", "탄약");
const USE = names("Применить", "Use", "Usar", "Utiliser", "사용");
const FITS = names("Подходит к", "Fits", "Compatible con", "Compatible avec", "호환");
/** The first part of a category's path in words. */
const KINDS: Readonly<Record<string, Names>> = {
  artefact: names("Артефакт", "Artifact", "Artefacto", "Artefact", "아티팩트"),
  weapon: names("Оружие", "Weapon", "Arma", "Arme", "무기"),
  armor: names("Броня", "Armor", "Armadura", "Armure", "방어구"),
  attachment: names("Обвес", "Attachment", "Accesorio", "Accessoire", "부착물"),
  bullet: names("Патроны", "Ammunition", "Munición", "Munitions", "탄약"),
  supply: names("Припасы", "Supplies", "Provisiones", "Provisions", "보급품"),
  containers: names("Контейнер", "Container", "Contenedor", "Conteneur", "컨테이너"),
  backpacks: names("Рюкзак", "Backpack", "Mochila", "Sac à dos", "배낭"),
};
const RANKS: Readonly<Record<string, Names>> = {
  RANK_NEWBIE: names("Новичок", "Newbie", "Novato", "Débutant", "초보자"),
  RANK_STALKER: names("Сталкер", "Stalker", "Acechador", "Stalker", "스토커"),
  RANK_VETERAN: names("Ветеран", "Veteran", "Veterano", "Vétéran", "베테랑"),
  RANK_MASTER: names("Мастер", "Master", "Maestro", "Maître", "마스터"),
  RANK_LEGEND: names("Легенда", "Legend", "Leyenda", "Légende", "전설"),
};
const OTHER = names("Прочее", "Other", "Otros", "Autre", "기타");
const STORY = names(
  "Вещь учебного мира: всё о ней выдумано.",
  "A thing of the practice world: all of it is made up.",
  "Un objeto del mundo de práctica: todo es inventado.",
  "Un objet du monde d’entraînement : tout est inventé.",
  "연습 세계의 물건: 모두 지어낸 것입니다.",
);

const KILOGRAMS = names(" кг", " kg", " kg", " kg", " kg");
const PERCENT = names(" %", "%", " %", " %", "%");

const GOOD = "53C353";
const BAD = "C15252";
/** Each level of an upgrade adds two percent. */
const GROWTH = 0.02;

/**
 * What the database tells about an item at a level from 0 to 15: every kind of block and element occurs in some item.
 */
export function infoBlocks(item: Item, level: number): unknown[] {
  const plain = (n: number) => Math.round(unit(subkey(0, item.id), n) * 1_000) / 100;
  const grown = (value: number) => Math.round(value * (1 + GROWTH * level) * 100) / 100;
  const roll = (n: number) => grown(plain(n));
  const blocks: unknown[] = [
    list([
      {
        type: "key-value",
        key: translation("core.tooltip.info.category", KIND),
        value: translation(`kind.${item.category}`, KINDS[item.category.split("/")[0] ?? ""] ?? OTHER),
      },
      ...rankRow(item),
      numeric("stat.weight", WEIGHT, plain(1), KILOGRAMS),
    ]),
    list([]),
    // The live database has blocks without a type, too.
    {},
  ];
  if (isArtefact(item)) {
    blocks.push(
      list([
        {
          type: "key-value",
          key: translation("stat.quality", QUALITY_TITLE),
          value: translation("core.quality.common", QUALITY),
        },
        range("stat.health", HEALTH, roll(2), grown(plain(2) + 3)),
        range("stat.radiation", RADIATION, grown(plain(3)), grown(plain(3) + 1), BAD),
      ]),
    );
  } else if (item.category.startsWith("weapon/")) {
    const strength = grown(20 + plain(4) * 6);
    blocks.push(
      list([
        { type: "key-value", key: translation("stat.ammo", AMMO), value: plainText("5.45") },
        numeric("stat.rate", RATE, Math.round(300 + plain(5) * 60)),
        numeric("stat.recoil", RECOIL, plain(6), PERCENT),
      ]),
      {
        type: "damage",
        startDamage: strength,
        damageDecreaseStart: 25,
        endDamage: item.category === "weapon/sniper_rifle" ? strength : strength / 2,
        damageDecreaseEnd: 90,
        maxDistance: 200,
      },
    );
  } else if (item.category.startsWith("attachment/")) {
    const weapons = ["АК-74М", "М4А1"].map((name) => ({ type: "item", name: plainText(name) }));
    blocks.push(list(weapons, translation("stat.fits", FITS)));
  } else if (item.category.startsWith("armor/")) {
    blocks.push(
      list([
        numeric("stat.protection", PROTECTION, grown(plain(7) * 20)),
        numeric("stat.electricity", ELECTRICITY, 0),
        numeric("core.tooltip.info.durability", DURABILITY, 100, PERCENT),
        numeric("core.tooltip.info.max_durability", MAX_DURABILITY, 100, PERCENT),
      ]),
    );
  } else if (item.category.startsWith("supply/")) {
    blocks.push(
      list([
        { type: "usage", name: translation("use", USE) },
        { type: "text", text: plainText("") },
      ]),
    );
  }
  blocks.push({ type: "text", title: plainText(""), text: translation(`item.${item.id}.description`, STORY) });
  return blocks;
}

/** As the live database has it: also in words, besides the colour. */
function rankRow({ color }: Item): unknown[] {
  const words = RANKS[color];
  if (!words) return [];
  const value = translation(`core.rank.${color.toLowerCase()}`, words);
  return [{ type: "key-value", key: translation("core.tooltip.info.rank", RANK), value }];
}

function list(elements: readonly unknown[], title: unknown = plainText("")) {
  return { type: "list", title, elements };
}

/** A value as each language writes its decimals and its unit, in the colour of what is good, bad or neither. */
function formatted(text: string, unitOf: Names, valueColor = "EEEEEE") {
  const comma = text.replaceAll(".", ",");
  const { ru, en, es, fr, ko } = unitOf;
  const value = names(comma + ru, text + en, comma + es, comma + fr, text + ko);
  return { value, nameColor: "838383", valueColor };
}

function numeric(key: string, name: Names, value: number, unitOf: Names = everywhere("")) {
  return { type: "numeric", name: translation(key, name), value, formatted: formatted(String(value), unitOf) };
}

function range(key: string, name: Names, min: number, max: number, colour = GOOD) {
  const text = `[+${min.toFixed(2)}; +${max.toFixed(2)}]`;
  return { type: "range", name: translation(key, name), min, max, formatted: formatted(text, everywhere(""), colour) };
}
