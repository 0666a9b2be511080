export { APIObject, type ObjectClass, readPart } from "./objects/api-object.js";
export { type KnownAdditional, type LotAdditional } from "./objects/additional.js";
export { AuctionLot, AuctionRedeemedLot } from "./objects/auction.js";
export {
  CharacterClan,
  CharacterInfo,
  CharacterMeta,
  CharacterStat,
  CharacterStatType,
  FullCharacterInfo,
} from "./objects/character.js";
export { Clan, ClanMember, ClanMemberRank } from "./objects/clan.js";
export { Emission } from "./objects/emission.js";
export { OperationSession, OperationSessionParticipant } from "./objects/operation.js";
export { Region } from "./objects/region.js";
