import { type Item, section } from "./item.js";

/** Invented for this world: names and ids are nobody else's. Only Prima is from the game, for the examples that the bot shows. */
export const ARTEFACTS: readonly Item[] = [
  ...section("artefact/gravity", {}, [
    [
      "1kv2",
      "DEFAULT",
      14_000,
      240,
      ["Прима", "Prima", "Primigenia", "Prima", "수석"],
      { state: "NON_DROP", finest: 0.12 },
    ],
    [
      "k7olg",
      "RANK_STALKER",
      48_000,
      60,
      ["Ржавая жемчужина", "Rust Pearl", "Perla oxidada", "Perle rouillée", "녹슨 진주"],
    ],
    [
      "zg0wn",
      "RANK_VETERAN",
      210_000,
      34,
      ["Свинцовое сердце", "Leaden Heart", "Corazón plomizo", "Cœur de plomb", "납빛 심장"],
    ],
    [
      "p4dyk",
      "RANK_MASTER",
      640_000,
      18,
      ["Тихий отвес", "Silent Plumb", "Plomada muda", "Fil à plomb muet", "고요한 추"],
    ],
  ]),
  ...section("artefact/thermal", {}, [
    ["vq7jd", "RANK_NEWBIE", 9_500, 80, ["Уголёк", "Cinder Seed", "Semilla de brasa", "Graine de braise", "잿불 씨앗"]],
    [
      "rn9om",
      "RANK_VETERAN",
      175_000,
      40,
      ["Янтарный хребет", "Amber Spine", "Espina ámbar", "Épine d’ambre", "호박 등뼈"],
    ],
    [
      "wl3yz",
      "RANK_MASTER",
      520_000,
      22,
      ["Багровый фитиль", "Crimson Wick", "Mecha carmesí", "Mèche pourpre", "진홍 심지"],
    ],
  ]),
  ...section("artefact/electrophysical", {}, [
    [
      "j0vqr",
      "RANK_STALKER",
      61_000,
      52,
      ["Катушка шёпота", "Whisper Coil", "Bobina susurrante", "Bobine murmurante", "속삭임 코일"],
    ],
    [
      "n5gkw",
      "RANK_MASTER",
      890_000,
      14,
      ["Стеклянный нерв", "Glass Nerve", "Nervio de vidrio", "Nerf de verre", "유리 신경"],
    ],
  ]),
  ...section("artefact/biochemical", {}, [
    [
      "d6pzo",
      "RANK_STALKER",
      37_000,
      66,
      ["Болотная свеча", "Marsh Candle", "Vela de pantano", "Chandelle des marais", "늪의 촛불"],
    ],
    ["y1rmv", "RANK_VETERAN", 240_000, 30, ["Солёная вуаль", "Salt Veil", "Velo de sal", "Voile de sel", "소금 장막"]],
  ]),
  ...section("artefact/other_arts", {}, [
    ["o9wln", "RANK_LEGEND", 2_400_000, 6, ["Эхо-шип", "Echo Thorn", "Espina de eco", "Épine d’écho", "메아리 가시"]],
    [
      "g2jyr",
      "RANK_VETERAN",
      150_000,
      24,
      ["Штормовой фонарь", "Storm Lantern", "Farol de tormenta", "Lanterne-tempête", "폭풍 등불"],
    ],
  ]),
];
