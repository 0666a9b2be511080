import { type Item, type Names, isArtefact } from "../world/item.js";
import { subkey, unit } from "../world/random.js";
import { everywhere, plainText, translation } from "./texts.js";

const names = (ru: string, en: string, es: string, fr: string, ko: string): Names => ({ ru, en, es, fr, ko });
const WEIGHT = names("Вес", "Weight", "Peso", "Poids", "무게");
const KIND = names("Вид", "Kind", "Tipo", "Type", "종류");
const QUALITY = names("Обычный", "Common", "Común", "Commun", "일반");
const QUALITY_TITLE = names("Качество", "Quality", "Calidad", "Qualité", "품질");
const HEALTH = names("Живучесть", "Vitality", "Vitalidad", "Vitalité", "체력");
const RADIATION = names("Излучение", "Radiation", "Radiación", "Radiation", "방사선");
const RECOIL = names("Отдача", "Recoil", "Retroceso", "Recul", "반동");
const RATE = names("Темп стрельбы", "Rate of fire", "Cadencia", "Cadence", "연사력");
const AMMO = names("Боеприпас", "Ammunition", "Munición", "Munition", "탄약");
const USE = names("Применить", "Use", "Usar", "Utiliser", "사용");
const STORY = names(
  "Вещь учебного мира: всё о ней выдумано.",
  "A thing of the practice world: all of it is made up.",
  "Un objeto del mundo de práctica: todo es inventado.",
  "Un objet du monde d’entraînement : tout est inventé.",
  "연습 세계의 물건: 모두 지어낸 것입니다.",
);

/** What the database tells about an item: every kind of block and element occurs in some item. */
export function infoBlocks(item: Item): unknown[] {
  const roll = (n: number) => Math.round(unit(subkey(0, item.id), n) * 1_000) / 100;
  const blocks: unknown[] = [
    list("", [
      {
        type: "key-value",
        key: translation("stat.kind", KIND),
        value: translation(`kind.${item.category}`, everywhere(item.category)),
      },
      numeric("stat.weight", WEIGHT, roll(1), "kg"),
    ]),
    // The live database has blocks without a type, too.
    {},
  ];
  if (isArtefact(item)) {
    blocks.push(
      list("artefact", [
        {
          type: "key-value",
          key: translation("stat.quality", QUALITY_TITLE),
          value: translation("core.quality.common", QUALITY),
        },
        range("stat.health", HEALTH, roll(2), roll(2) + 3),
        range("stat.radiation", RADIATION, -1 - roll(3), -roll(3)),
      ]),
    );
  } else if (item.category.startsWith("weapon/")) {
    const strength = 20 + roll(4) * 6;
    blocks.push(
      list("weapon", [
        { type: "item", name: translation("stat.ammo", AMMO) },
        numeric("stat.rate", RATE, Math.round(300 + roll(5) * 60), ""),
        numeric("stat.recoil", RECOIL, roll(6), "%"),
      ]),
      {
        type: "damage",
        startDamage: strength,
        damageDecreaseStart: 25,
        endDamage: strength / 2,
        damageDecreaseEnd: 90,
        maxDistance: 200,
      },
    );
  } else if (item.category.startsWith("supply/")) {
    blocks.push(
      list("supply", [
        { type: "usage", name: translation("use", USE) },
        { type: "text", text: plainText("") },
      ]),
    );
  }
  blocks.push({ type: "text", title: plainText(""), text: translation(`item.${item.id}.description`, STORY) });
  return blocks;
}

function list(title: string, elements: readonly unknown[]) {
  return { type: "list", title: plainText(title), elements };
}

function formatted(text: string) {
  return { value: everywhere(text), nameColor: "FFFFFF", valueColor: "8BC34A" };
}

function numeric(key: string, name: Names, value: number, suffix: string) {
  return { type: "numeric", name: translation(key, name), value, formatted: formatted(`${value} ${suffix}`.trim()) };
}

function range(key: string, name: Names, min: number, max: number) {
  const text = `[${min.toFixed(2)}; ${max.toFixed(2)}]`;
  return { type: "range", name: translation(key, name), min, max, formatted: formatted(text) };
}
