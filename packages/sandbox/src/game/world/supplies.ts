import { type Item, section } from "./item.js";

const rounds = [60, 90, 120, 180, 240, 300, 480, 600];
const few = [1, 1, 1, 2, 3, 5, 10];
const some = [1, 2, 3, 5, 10, 20, 25, 50];

/** What is used up: ammunition, medicine, food, grenades, materials. */
export const SUPPLIES: readonly Item[] = [
  ...section("bullet", { stacks: rounds }, [
    [
      "4gwkl",
      "DEFAULT",
      38,
      260,
      ["Патрон 5,45×39 ПС", "5.45×39 PS Round", "Bala 5,45×39 PS", "Cartouche 5,45×39 PS", "5.45×39 PS탄"],
      { salesPerDay: 900 },
    ],
    [
      "jn6rd",
      "RANK_STALKER",
      95,
      120,
      ["Патрон 5,56×45 М855", "5.56×45 M855 Round", "Bala 5,56×45 M855", "Cartouche 5,56×45 M855", "5.56×45 M855탄"],
    ],
    [
      "9zqov",
      "RANK_VETERAN",
      240,
      70,
      ["Патрон 7,62×54R ЛПС", "7.62×54R LPS Round", "Bala 7,62×54R LPS", "Cartouche 7,62×54R LPS", "7.62×54R LPS탄"],
    ],
    [
      "1mygp",
      "DEFAULT",
      21,
      90,
      ["Патрон 9×19 ПСО", "9×19 PSO Round", "Bala 9×19 PSO", "Cartouche 9×19 PSO", "9×19 PSO탄"],
    ],
    [
      "k0wjn",
      "RANK_NEWBIE",
      60,
      44,
      ["Патрон 12/70, картечь", "12/70 Buckshot", "Cartucho 12/70", "Cartouche 12/70", "12/70 산탄"],
    ],
  ]),
  ...section("supply/medicine", { stacks: some }, [
    [
      "d7olz",
      "RANK_NEWBIE",
      1_800,
      1_500,
      ["Полевая аптечка", "Field First Aid Kit", "Botiquín de campaña", "Trousse de terrain", "야전 구급상자"],
    ],
    [
      "y9vrq",
      "DEFAULT",
      420,
      90,
      ["Стерильный бинт", "Sterile Bandage", "Venda estéril", "Bandage stérile", "멸균 붕대"],
    ],
    [
      "p0kgm",
      "RANK_VETERAN",
      14_500,
      50,
      ["Шприц «Заря-2»", "«Dawn-2» Syringe", "Jeringa «Alba-2»", "Seringue « Aube-2 »", "«새벽-2» 주사기"],
    ],
    [
      "wo5nj",
      "RANK_STALKER",
      6_700,
      46,
      [
        "Таблетки от радиации",
        "Radiation Tablets",
        "Pastillas antirradiación",
        "Pastilles antiradiation",
        "방사능 알약",
      ],
    ],
  ]),
  ...section("supply/food", { stacks: some }, [
    [
      "r4zyl",
      "DEFAULT",
      350,
      70,
      ["Банка тушёнки", "Canned Stew", "Lata de estofado", "Conserve de ragoût", "통조림 스튜"],
    ],
    [
      "q3dwp",
      "RANK_NEWBIE",
      1_100,
      40,
      ["Сухой паёк", "Field Ration", "Ración de campaña", "Ration de combat", "전투 식량"],
    ],
    ["gv1ok", "DEFAULT", 240, 30, ["Чёрный хлеб", "Rye Bread", "Pan de centeno", "Pain de seigle", "호밀빵"]],
  ]),
  ...section("supply/drink", { stacks: some }, [
    ["n7mjz", "DEFAULT", 300, 36, ["Холодный чай", "Cold Tea", "Té frío", "Thé froid", "차가운 차"]],
    [
      "l0qrv",
      "RANK_STALKER",
      4_800,
      34,
      ["Хвойный отвар", "Pine Brew", "Infusión de pino", "Décoction de pin", "솔잎 달임"],
    ],
  ]),
  ...section("grenade", { stacks: few }, [
    [
      "o6gdn",
      "RANK_STALKER",
      5_200,
      60,
      ["Граната РГД-5", "RGD-5 Grenade", "Granada RGD-5", "Grenade RGD-5", "RGD-5 수류탄"],
    ],
    ["z2kpw", "RANK_NEWBIE", 2_900, 26, ["Дымовая шашка", "Smoke Canister", "Bote de humo", "Pot fumigène", "연막탄"]],
  ]),
  ...section("medicine", { stacks: few }, [
    [
      "j5lqy",
      "RANK_MASTER",
      52_000,
      18,
      ["Сыворотка «Игла»", "«Needle» Serum", "Suero «Aguja»", "Sérum « Aiguille »", "«바늘» 혈청"],
    ],
  ]),
  ...section("device", {}, [
    [
      "m9vor",
      "RANK_VETERAN",
      460_000,
      8,
      ["Детектор аномалий", "Anomaly Detector", "Detector de anomalías", "Détecteur d’anomalies", "이상 탐지기"],
    ],
  ]),
  ...section("misc", { stacks: some }, [
    [
      "7gznk",
      "RANK_STALKER",
      8_400,
      110,
      ["Обломок кварца", "Quartz Shard", "Fragmento de cuarzo", "Éclat de quartz", "석영 조각"],
    ],
    [
      "0dwjl",
      "RANK_VETERAN",
      26_000,
      80,
      ["Моток медной жилы", "Copper Strand", "Hilo de cobre", "Brin de cuivre", "구리 가닥"],
    ],
    ["gk4nd", "DEFAULT", 95, 60, ["Пустые гильзы", "Spent Casings", "Casquillos", "Douilles vides", "빈 탄피"]],
    [
      "wz1ly",
      "RANK_NEWBIE",
      640,
      48,
      ["Бездымный порох", "Smokeless Powder", "Pólvora sin humo", "Poudre sans fumée", "무연 화약"],
    ],
    [
      "n2rgk",
      "RANK_STALKER",
      9_000,
      0,
      ["Болотный экстракт", "Marsh Extract", "Extracto de pantano", "Extrait des marais", "늪 추출물"],
      { state: "NON_DROP" },
    ],
    [
      "v6pym",
      "RANK_NEWBIE",
      3_300,
      40,
      ["Штормовой фонарь", "Storm Lantern", "Farol de tormenta", "Lanterne-tempête", "폭풍 등불"],
      { stacks: [1] },
    ],
    [
      "kq4ro",
      "DEFAULT",
      1,
      0,
      [
        "Записка с адресом",
        "Note with an Address",
        "Nota con una dirección",
        "Note avec une adresse",
        "주소가 적힌 쪽지",
      ],
      { state: "PERSONAL_ON_GET" },
    ],
  ]),
  ...section("other", { stacks: few }, [
    [
      "w7nlg",
      "RANK_MASTER",
      310_000,
      26,
      ["Пропуск на склад", "Depot Pass", "Pase del depósito", "Laissez-passer du dépôt", "창고 출입증"],
    ],
    [
      "r0zvd",
      "RANK_LEGEND",
      1_500_000,
      0,
      ["Золотой жетон", "Golden Token", "Ficha dorada", "Jeton doré", "황금 토큰"],
      { state: "PERSONAL_DROP_ON_GET" },
    ],
    [
      "9jpqw",
      "QUEST_ITEM",
      1,
      0,
      ["Ключ от бункера", "Bunker Key", "Llave del búnker", "Clé du bunker", "벙커 열쇠"],
      { state: "PERSONAL_ON_GET" },
    ],
    [
      "y6kom",
      "RANK_VETERAN",
      44_000,
      30,
      ["Ящик с деталями", "Crate of Parts", "Caja de piezas", "Caisse de pièces", "부품 상자"],
      { listedIn: [] },
    ],
    [
      "5gdlz",
      "RANK_STALKER",
      17_000,
      22,
      ["Праздничная гирлянда", "Festive Garland", "Guirnalda festiva", "Guirlande festive", "축제 장식"],
      { listedIn: ["global"] },
    ],
    ["7dm2k", "RANK_VETERAN", 76_000, 9, ["К-17", "К-17", "К-17", "К-17", "К-17"], { plainName: true }],
  ]),
  ...section("other/skins", { state: "NON_DROP" }, [
    [
      "2vqwn",
      "RANK_LEGEND",
      950_000,
      5,
      ["Раскраска «Иней»", "«Hoarfrost» Skin", "Pintura «Escarcha»", "Camouflage « Givre »", "«서리» 도색"],
    ],
  ]),
];
