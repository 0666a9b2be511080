/** Answers of the real API, as captured by others, and of its demo host. */
export const clan = {
  id: "647d6c53-b3d7-4d30-8d08-de874eb1d845",
  name: "Clan #1",
  tag: "TAG",
  level: 2,
  levelPoints: 239323,
  registrationTime: "2022-07-03T10:15:30Z",
  alliance: "covenant",
  description: "Sample description",
  leader: "Test-1",
  memberCount: 1,
};

export const character = {
  information: { id: "5c7e0994-bc22-4190-9774-5f197b1500e6", name: "Test-1", creationTime: "2021-12-03T10:15:30Z" },
  clan: { info: clan, member: { name: "Test-1", rank: "LEADER", joinTime: "2022-07-03T10:15:30Z" } },
};

export const lot = {
  itemId: "g43rp",
  amount: 1,
  startPrice: 9000000,
  currentPrice: 15000000,
  buyoutPrice: 19000000,
  startTime: "2024-01-05T21:51:12Z",
  endTime: "2024-01-07T21:51:12Z",
  additional: {},
};

export const demoLot = {
  itemId: "1kv2",
  amount: 1,
  startPrice: 100,
  buyoutPrice: 10000,
  startTime: "2025-02-11T00:49:55.603680Z",
  endTime: "2025-02-11T12:49:55.603683Z",
  additional: {},
};

export const artefact = {
  md_k: 0.10000004,
  bonus_properties: ["MAX_WEIGHT_BONUS"],
  ndmg: 0.10253003878071856,
  it_transf_count: 1,
  qlt: 1,
  ptn: 8,
  upgrade_bonus: 0.002208,
  spawn_time: 1714474550880,
};

export const emission = { previousStart: "2026-01-01T12:00:00Z", previousEnd: "2026-01-01T12:04:00Z" };

export const profile = {
  username: "ZIV",
  uuid: "0a4b4f9e-7f2f-4a3d-9a51-3f0a5a1b2c3d",
  status: "§4hello\nthere",
  alliance: "stalkers",
  lastLogin: "2026-01-01T12:00:00.000Z",
  displayedAchievements: ["svinomatka"],
  clan: character.clan,
  stats: [
    { id: "kil", type: "INTEGER", value: 1204 },
    { id: "dam-dea-pla", type: "DECIMAL", value: 3481.25 },
    { id: "reg-tim", type: "DATE", value: "2023-05-06T07:08:09.000Z" },
    { id: "pla-tim", type: "DURATION", value: 7200000 },
    { id: "arcade-match-hist", type: "SLIDING_MATCH_HISTORY", value: { matches: [1, 0, 1] } },
  ],
};

/** As text, because its id is no number JavaScript could hold. */
export const operationText =
  '{"id":1472603904834535425,"map":"big_cleanup","startTime":"2025-11-12T08:55:04Z","endTime":"2025-11-12T09:07:28Z",' +
  '"difficulty":1,"sessionDurationSeconds":718.10004,"difficultyReward":3,"participants":[{"username":"Test-1","death":0,' +
  '"mobKills":202,"damageReceived":739.62,"damageDealt":185850.23,"armorClass":"combined","armorItemId":"7l0vj",' +
  '"armorLevel":0,"primaryWeaponItemId":"4q1kw","primaryWeaponLevel":8,"secondaryWeaponItemId":null,"secondaryWeaponLevel":0}]}';
