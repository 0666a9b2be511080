import { type Item, section } from "./item.js";

/** Weapons, armor and what is worn with them. Weapons bear generic real-world designations, but for the Gauss Rifle of the game. */
export const GEAR: readonly Item[] = [
  ...section("weapon/assault_rifle", {}, [
    ["m4vwz", "RANK_STALKER", 95_000, 30, ["АК-74М", "AK-74M", "AK-74M", "AK-74M", "AK-74M"]],
    ["q0r7l", "RANK_VETERAN", 780_000, 16, ["М4А1", "M4A1", "M4A1", "M4A1", "M4A1"]],
    [
      "7kyon",
      "RANK_MASTER",
      5_400_000,
      7,
      ["АК-12 «Норд»", "AK-12 «Nord»", "AK-12 «Nord»", "AK-12 « Nord »", "AK-12 «노르드»"],
    ],
    [
      "9dqpg",
      "RANK_MASTER",
      6_100_000,
      5,
      ["АК-12 «Норд»", "AK-12 «Nord»", "AK-12 «Nord»", "AK-12 « Nord »", "AK-12 «노르드»"],
      { state: "NON_DROP", listedIn: ["ru"] },
    ],
  ]),
  ...section("weapon/submachine_gun", {}, [
    ["l2pwj", "RANK_NEWBIE", 18_000, 28, ["МП-5", "MP5", "MP5", "MP5", "MP5"]],
    ["z5gmo", "RANK_VETERAN", 410_000, 12, ["ПП-19 Бизон", "PP-19 Bizon", "PP-19 Bizon", "PP-19 Bizon", "PP-19 비존"]],
  ]),
  ...section("weapon/sniper_rifle", {}, [
    ["v0nkd", "RANK_VETERAN", 960_000, 11, ["СВД", "SVD", "SVD", "SVD", "SVD"]],
    [
      "knmdv",
      "RANK_LEGEND",
      45_000_000,
      6,
      ["Винтовка Гаусса", "Gauss Rifle", "Fusil Gauss", "Fusil Gauss", "가우스 소총"],
    ],
    ["r7qzl", "RANK_MASTER", 8_200_000, 4, ["СВ-98", "SV-98", "SV-98", "SV-98", "SV-98"]],
  ]),
  ...section("weapon/shotgun_rifle", {}, [
    ["w1ojy", "RANK_STALKER", 72_000, 20, ["Сайга-12К", "Saiga-12K", "Saiga-12K", "Saiga-12K", "사이가-12K"]],
  ]),
  ...section("weapon/machine_gun", {}, [["3pdlv", "RANK_MASTER", 7_300_000, 4, ["ПКМ", "PKM", "PKM", "PKM", "PKM"]]]),
  ...section("weapon/pistol", {}, [
    [
      "0gkrn",
      "RANK_NEWBIE",
      4_200,
      32,
      ["Пистолет Макарова", "Makarov Pistol", "Pistola Makárov", "Pistolet Makarov", "마카로프 권총"],
    ],
    ["jw94q", "RANK_STALKER", 31_000, 15, ["Глок 17", "Glock 17", "Glock 17", "Glock 17", "글록 17"]],
  ]),
  ...section("weapon/melee", { state: "NON_DROP" }, [
    [
      "6mzyo",
      "DEFAULT",
      2_600,
      14,
      ["Сапёрная лопатка", "Entrenching Tool", "Pala de trinchera", "Pelle-bêche", "야전삽"],
    ],
  ]),
  ...section("armor/combat", {}, [
    [
      "dk2vp",
      "RANK_STALKER",
      140_000,
      18,
      ["Бронежилет «Кряж»", "«Ridge» Body Armor", "Chaleco «Cresta»", "Gilet « Crête »", "방탄복 «능선»"],
    ],
    [
      "p9jrw",
      "RANK_MASTER",
      9_800_000,
      4,
      ["Броня «Монолитный дуб»", "«Old Oak» Armor", "Armadura «Roble viejo»", "Armure « Vieux chêne »", "«고목» 갑옷"],
    ],
  ]),
  ...section("armor/combined", {}, [
    [
      "y4lgz",
      "RANK_VETERAN",
      1_350_000,
      9,
      ["Комбинезон «Цапля»", "«Heron» Suit", "Traje «Garza»", "Combinaison « Héron »", "«왜가리» 방호복"],
    ],
  ]),
  ...section("armor/scientist", {}, [
    [
      "o1nqm",
      "RANK_VETERAN",
      1_100_000,
      8,
      ["Костюм химзащиты", "Hazmat Suit", "Traje químico", "Tenue NBC", "화학 보호복"],
    ],
  ]),
  ...section("armor/clothes", { state: "NON_DROP" }, [
    [
      "g5ryv",
      "DEFAULT",
      3_100,
      10,
      ["Брезентовый плащ", "Canvas Raincoat", "Impermeable de lona", "Imperméable en toile", "캔버스 우비"],
    ],
  ]),
  ...section("containers", {}, [
    [
      "kz7ow",
      "RANK_STALKER",
      88_000,
      12,
      ["Свинцовый футляр", "Lead Case", "Estuche de plomo", "Étui de plomb", "납 상자"],
    ],
    [
      "n0qlp",
      "RANK_MASTER",
      3_900_000,
      5,
      [
        "Контейнер «Улей-5»",
        "«Hive-5» Container",
        "Contenedor «Colmena-5»",
        "Conteneur « Ruche-5 »",
        "«벌집-5» 컨테이너",
      ],
    ],
  ]),
  ...section("backpacks", {}, [
    ["r2mdj", "RANK_NEWBIE", 12_000, 14, ["Вещмешок", "Duffel Bag", "Petate", "Sac marin", "더플백"]],
    [
      "q6wyk",
      "RANK_VETERAN",
      620_000,
      7,
      ["Рейдовый рюкзак", "Raid Backpack", "Mochila de incursión", "Sac d’expédition", "원정 배낭"],
    ],
  ]),
  ...section("attachment/collimator_sights", {}, [
    [
      "v9gzo",
      "RANK_STALKER",
      54_000,
      12,
      ["Коллиматор ПК-1", "PK-1 Red Dot", "Punto rojo PK-1", "Point rouge PK-1", "PK-1 도트 사이트"],
    ],
  ]),
  ...section("attachment/mag", {}, [
    [
      "l7pnr",
      "RANK_STALKER",
      22_000,
      16,
      ["Магазин на 45 патронов", "45-Round Magazine", "Cargador de 45", "Chargeur 45 coups", "45발 탄창"],
    ],
  ]),
  ...section("attachment/forend", {}, [
    [
      "w3kdq",
      "RANK_VETERAN",
      130_000,
      6,
      ["Цевьё с планками", "Railed Forend", "Guardamanos con rieles", "Garde-main à rails", "레일 핸드가드"],
      { lacksIcon: true },
    ],
  ]),
  ...section("weapon_modules", {}, [
    [
      "z0jvm",
      "RANK_MASTER",
      1_900_000,
      3,
      ["Модуль стабилизации", "Stabiliser Module", "Módulo estabilizador", "Module stabilisateur", "안정화 모듈"],
    ],
  ]),
];
