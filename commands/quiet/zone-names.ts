import { fold } from "../../src/fold.js";

/** What people write of a time zone besides its id: abbreviations, and its city in their own language. */
const WRITTEN: Readonly<Record<string, string>> = {
  UTC: "GMT",
  "America/Los_Angeles": "PST, Лос-Анджелес, Los Ángeles, 로스앤젤레스",
  "America/Denver": "Денвер, 덴버",
  "America/Chicago": "Чикаго, 시카고",
  "America/New_York": "EST, Нью-Йорк, Nueva York, 뉴욕",
  "America/Sao_Paulo": "Сан-Паулу, 상파울루",
  "Europe/London": "Лондон, Londres, 런던",
  "Europe/Madrid": "Мадрид, 마드리드",
  "Europe/Paris": "Париж, París, 파리",
  "Europe/Berlin": "CET, CEST, Берлин, Berlín, 베를린",
  "Europe/Warsaw": "Варшава, Varsovia, Varsovie, 바르샤바",
  "Europe/Kyiv": "Киев, Київ, Kiev, 키이우",
  "Europe/Minsk": "Минск, 민스크",
  "Europe/Moscow": "MSK, МСК, Москва, Moscú, Moscou, 모스크바",
  "Europe/Samara": "Самара, 사마라",
  "Asia/Almaty": "Алматы, Алма-Ата, 알마티",
  "Asia/Yekaterinburg": "Екатеринбург, Ekaterimburgo, Ekaterinbourg, 예카테린부르크",
  "Asia/Omsk": "Омск, 옴스크",
  "Asia/Novosibirsk": "Новосибирск, Novossibirsk, 노보시비르스크",
  "Asia/Krasnoyarsk": "Красноярск, Krasnoïarsk, 크라스노야르스크",
  "Asia/Irkutsk": "Иркутск, Irkoutsk, 이르쿠츠크",
  "Asia/Singapore": "SGT, Сингапур, Singapur, Singapour, 싱가포르",
  "Asia/Seoul": "KST, Сеул, Seúl, Séoul, 서울",
  "Asia/Yakutsk": "Якутск, Iakoutsk, 야쿠츠크",
  "Asia/Vladivostok": "Владивосток, 블라디보스토크",
};

const byZone = new Map(Object.entries(WRITTEN).map(([zone, names]) => [zone, names.split(", ")]));
const byName = new Map([...byZone].flatMap(([zone, names]) => names.map((name) => [fold(name), zone])));

/** Where most players live, from west to east. */
export const USUAL_TIME_ZONES: readonly string[] = [...byZone.keys()];

/** What a usual time zone is called besides its id. */
export function zoneNames(timeZone: string): readonly string[] {
  return byZone.get(timeZone) ?? [];
}

/** The usual time zone that has this name, whatever its case. */
export function zoneNamed(name: string): string | undefined {
  return byName.get(fold(name));
}
