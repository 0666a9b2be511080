import { FURTHER_STATS } from "./further-stats.js";
import type { Names } from "./item.js";

const STAT_TYPES = ["INTEGER", "DECIMAL", "DATE", "DURATION", "SLIDING_MATCH_HISTORY"] as const;
export type StatType = (typeof STAT_TYPES)[number];

export interface Stat {
  readonly id: string;
  readonly type: StatType;
  readonly category: string;
  /** Mean gain in an hour of play; for dates 0 is the arrival and 1 the joining of a clan. */
  readonly perHour: number;
  /** Absent for the stats the database has no words for. */
  readonly names?: Names;
}

function stat(
  type: StatType,
  category: string,
  id: string,
  perHour: number,
  names?: readonly [string, string, string, string, string],
): Stat {
  const base = { id, type, category, perHour };
  if (names === undefined) return base;
  const [ru, en, es, fr, ko] = names;
  return { ...base, names: { ru, en, es, fr, ko } };
}

/**
 * The game's statistics: ids and types are the game's (its spelling too, `sea-anienation` and `mut-chi-kill` included),
 * the words are this world's own.
 */
export const STATS: readonly Stat[] = [
  stat("DATE", "EXPLORATION", "reg-tim", 0, ["Первый день", "First day here", "Primer día", "Premier jour", "첫날"]),
  stat("DATE", "NONE", "joined-guild", 1),
  stat("DURATION", "EXPLORATION", "pla-tim", 3_600_000, [
    "Время в игре",
    "Play time",
    "Tiempo de juego",
    "Temps de jeu",
    "플레이 시간",
  ]),
  stat("DURATION", "EXPLORATION", "par-tim", 900_000, [
    "Время в группе",
    "Time in a group",
    "Tiempo en grupo",
    "Temps en groupe",
    "그룹 시간",
  ]),
  stat("INTEGER", "SURVIVAL", "kil", 1.8, [
    "Побеждено игроков",
    "Players beaten",
    "Jugadores vencidos",
    "Joueurs vaincus",
    "처치한 플레이어",
  ]),
  stat("INTEGER", "SURVIVAL", "dea", 1.5, ["Гибелей", "Times died", "Muertes", "Morts", "사망 횟수"]),
  stat("INTEGER", "SURVIVAL", "ast", 0.9, ["Помощь союзникам", "Helped beat", "Asistencias", "Assistances", "도움"]),
  stat("INTEGER", "SURVIVAL", "max-kil-ser", 0.01, [
    "Лучшая серия",
    "Best streak",
    "Mejor racha",
    "Meilleure série",
    "최고 연속",
  ]),
  stat("INTEGER", "SURVIVAL", "mut-kil", 22, [
    "Убито тварей",
    "Beasts killed",
    "Bestias muertas",
    "Bêtes tuées",
    "처치한 괴물",
  ]),
  stat("INTEGER", "SURVIVAL", "mut-chi-kill", 0.4, [
    "Убито крупных тварей",
    "Large beasts killed",
    "Bestias grandes",
    "Grosses bêtes",
    "대형 괴물",
  ]),
  stat("INTEGER", "SURVIVAL", "npc-kil", 30, [
    "Убито бродяг",
    "Drifters killed",
    "Errantes muertos",
    "Errants tués",
    "처치한 NPC",
  ]),
  stat("INTEGER", "SURVIVAL", "bul-dea", 0.7, [
    "Гибель от пуль",
    "Died of bullets",
    "Muerte por bala",
    "Mort par balle",
    "총상 사망",
  ]),
  stat("INTEGER", "SURVIVAL", "ano-dea", 0.3, [
    "Гибель в аномалиях",
    "Died in anomalies",
    "Muerte por anomalía",
    "Mort par anomalie",
    "이상 현상 사망",
  ]),
  stat("INTEGER", "COMBAT", "sho-fir", 420, ["Сделано выстрелов", "Rounds fired", "Disparos", "Tirs", "발사 횟수"]),
  stat("INTEGER", "COMBAT", "sho-hit", 160, ["Попаданий", "Rounds on target", "Aciertos", "Touches", "명중 횟수"]),
  stat("INTEGER", "COMBAT", "sho-hea", 21, [
    "Попаданий в голову",
    "Hits to the head",
    "A la cabeza",
    "À la tête",
    "머리 명중",
  ]),
  stat("DECIMAL", "COMBAT", "dam-dea-all", 18_000, [
    "Весь нанесённый урон",
    "All damage done",
    "Daño total",
    "Dégâts totaux",
    "총 피해",
  ]),
  stat("DECIMAL", "COMBAT", "dam-dea-pla", 2_600, [
    "Урон по игрокам",
    "Damage to players",
    "Daño a jugadores",
    "Dégâts aux joueurs",
    "플레이어 피해",
  ]),
  stat("DECIMAL", "COMBAT", "dam-rec-all", 4_100, [
    "Полученный урон",
    "Damage taken",
    "Daño recibido",
    "Dégâts reçus",
    "받은 피해",
  ]),
  stat("INTEGER", "COMBAT", "gre-thr", 1.1, [
    "Гранат в ход",
    "Grenades used",
    "Granadas usadas",
    "Grenades utilisées",
    "사용한 수류탄",
  ]),
  stat("INTEGER", "EXPLORATION", "art-col", 2.4, [
    "Найдено артефактов",
    "Artefacts found",
    "Artefactos",
    "Artefacts trouvés",
    "찾은 아티팩트",
  ]),
  stat("DECIMAL", "EXPLORATION", "dis-on-foo", 620_000, [
    "Пройдено шагом",
    "Walked",
    "Recorrido a pie",
    "Parcouru à pied",
    "걸은 거리",
  ]),
  stat("DECIMAL", "EXPLORATION", "dis-sne", 41_000, [
    "Пройдено крадучись",
    "Crept",
    "Recorrido agachado",
    "Parcouru accroupi",
    "웅크린 거리",
  ]),
  stat("INTEGER", "EXPLORATION", "que-fin", 1.3, [
    "Сдано заданий",
    "Tasks done",
    "Tareas hechas",
    "Tâches finies",
    "완료한 임무",
  ]),
  stat("INTEGER", "EXPLORATION", "ach-gai", 0.12, ["Награды", "Awards", "Logros", "Succès", "업적"]),
  stat("INTEGER", "NONE", "ach-points", 1.4),
  stat("INTEGER", "ECONOMY", "max-mon-amo", 90_000, [
    "Самый полный кошелёк",
    "Fullest purse",
    "Bolsa más llena",
    "Bourse la plus pleine",
    "최대 보유금",
  ]),
  stat("INTEGER", "ECONOMY", "tra", 0.8, ["Обменов", "Swaps made", "Trueques", "Trocs", "거래"]),
  stat("INTEGER", "ECONOMY", "equ-upg", 0.2, ["Улучшений", "Gear improvements", "Mejoras", "Améliorations", "강화"]),
  stat("INTEGER", "HIDEOUT", "hid-ktch-crft", 0.7, ["Приготовлено", "Cooked", "Cocinado", "Cuisiné", "요리"]),
  stat("INTEGER", "SESSION_MODES", "completed-ops", 0.25, [
    "Завершено операций",
    "Operations done",
    "Operaciones",
    "Opérations",
    "완료한 작전",
  ]),
  stat("INTEGER", "SESSION_MODES", "sea-anienation-completed-ops", 0.05, [
    "Рейдов к морю",
    "Sea raids",
    "Incursiones al mar",
    "Raids en mer",
    "바다 작전",
  ]),
  stat("DURATION", "NONE", "bas-cap-tim", 40_000),
  stat("SLIDING_MATCH_HISTORY", "NONE", "pres-match-hist", 0),
  ...furtherStats(),
];

function furtherStats(): Stat[] {
  const groups = FURTHER_STATS.trim().split("\n\n");
  return groups.flatMap((group) => {
    const [heading = "", ...lines] = group.split("\n");
    const [type = "", category = ""] = heading.split(" ");
    return lines.map((line) => {
      const [id = "", perHour, ru = "", en = "", es = "", fr = "", ko = ""] = line.split(" | ");
      return stat(typeNamed(type), category, id, Number(perHour), ru === "" ? undefined : [ru, en, es, fr, ko]);
    });
  });
}

function typeNamed(text: string): StatType {
  const type = STAT_TYPES.find((known) => known === text);
  if (type === undefined) throw new RangeError(`no type ${text}`);
  return type;
}
