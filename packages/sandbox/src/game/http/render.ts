import type { EmissionState } from "../world/emissions.js";
import type { Lot } from "../world/lots.js";
import { type OperationSession, participantsOf, sessionId } from "../world/operations.js";
import type { Clan, Character, Member, Membership } from "../world/population.js";
import type { Profile, StatValue } from "../world/profile.js";
import type { Sale } from "../world/sales.js";
import type { Times } from "./times.js";

/*
 * The world in the API's words. A value that does not exist is an absent key.
 */

export function emissionJson({ current, previous }: EmissionState, times: Times) {
  return {
    ...(current === undefined ? {} : { currentStart: times.usual(current.start) }),
    previousStart: times.usual(previous.start),
    previousEnd: times.usual(previous.end),
  };
}

export function lotJson(itemId: string, lot: Lot, detailed: boolean, times: Times) {
  return {
    itemId,
    amount: lot.amount,
    startPrice: lot.startPrice,
    ...(lot.currentPrice === undefined ? {} : { currentPrice: lot.currentPrice }),
    buyoutPrice: lot.buyoutPrice,
    startTime: times.usual(lot.startTime),
    endTime: times.usual(lot.endTime),
    additional: detailed ? lot.additional : {},
  };
}

export function saleJson({ amount, price, at, additional }: Sale, detailed: boolean, times: Times) {
  return { amount, price, time: times.usual(at), additional: detailed ? additional : {} };
}

export function clanJson(clan: Clan, times: Times) {
  const { id, name, tag, level, levelPoints, registeredAt, alliance, description, leader, memberCount } = clan;
  return {
    id,
    name,
    tag,
    level,
    levelPoints,
    registrationTime: times.usual(registeredAt),
    ...(alliance === undefined ? {} : { alliance }),
    description,
    leader,
    memberCount,
  };
}

export function memberJson({ character, rank, joinedAt }: Member, times: Times) {
  return { name: character.name, rank, joinTime: times.usual(joinedAt) };
}

export function characterJson(character: Character, membership: Membership | undefined, times: Times) {
  return {
    information: { id: character.id, name: character.name, creationTime: times.usual(character.createdAt) },
    ...clanOf(membership, times),
  };
}

export function profileJson(profile: Profile, times: Times) {
  const { character, status, alliance, lastLoginAt, displayedAchievements, membership, stats } = profile;
  return {
    username: character.name,
    uuid: character.id,
    status,
    ...(alliance === undefined ? {} : { alliance }),
    ...(lastLoginAt === undefined ? {} : { lastLogin: times.millis(lastLoginAt) }),
    displayedAchievements,
    ...clanOf(membership, times),
    stats: stats.map(({ id, type, value }) => ({ id, type, value: statValueJson(value, times) })),
  };
}

/** As text, because the id is a number that JavaScript cannot hold. */
export function sessionText(session: OperationSession, times: Times): string {
  const rest = JSON.stringify({
    map: session.map,
    startTime: times.usual(session.startedAt),
    endTime: times.usual(session.finishedAt),
    difficulty: session.difficulty,
    sessionDurationSeconds: Math.fround((session.finishedAt - session.startedAt) / 1_000 - 26),
    difficultyReward: Math.ceil(session.difficulty / 3),
    participants: participantsOf(session),
  });
  return `{"id":${String(sessionId(session))},${rest.slice(1)}`;
}

function clanOf(membership: Membership | undefined, times: Times) {
  if (membership === undefined) return {};
  return { clan: { info: clanJson(membership.clan, times), member: memberJson(membership, times) } };
}

function statValueJson(value: StatValue["value"], times: Times) {
  return typeof value === "object" && "date" in value ? times.millis(value.date) : value;
}
