import type { Names } from "./item.js";

export interface Achievement {
  readonly id: string;
  readonly title: Names;
  readonly points: number;
}

function achievement(
  id: string,
  points: number,
  [ru, en, es, fr, ko]: readonly [string, string, string, string, string],
): Achievement {
  return { id, points, title: { ru, en, es, fr, ko } };
}

export const ACHIEVEMENTS: readonly Achievement[] = [
  achievement("first_steps_out", 0, ["Первые шаги", "First Steps", "Primeros pasos", "Premiers pas", "첫걸음"]),
  achievement("night_walker", 10, [
    "Ночной ходок",
    "Night Walker",
    "Caminante nocturno",
    "Marcheur de nuit",
    "밤의 보행자",
  ]),
  achievement("rust_collector", 15, [
    "Собиратель ржавчины",
    "Rust Collector",
    "Coleccionista de óxido",
    "Collectionneur de rouille",
    "녹 수집가",
  ]),
  achievement("thousand_doors", 20, ["Тысяча дверей", "A Thousand Doors", "Mil puertas", "Mille portes", "천 개의 문"]),
  achievement("tea_master", 10, ["Чайный мастер", "Tea Master", "Maestro del té", "Maître du thé", "차의 달인"]),
];
