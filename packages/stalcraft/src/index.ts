export type { SharedAnswers, SharedQuestion } from "./answers.js";
export { API, type APIOptions, type CacheOptions } from "./api.js";
export {
  ConnectionError,
  InvalidRequestError,
  InvalidResponseError,
  MissingTokenError,
  NotFoundError,
  RateLimitError,
  type RequestFacts,
  ServerError,
  StalcraftError,
  TimeoutError,
  UnauthorizedError,
} from "./errors.js";
export type { JsonObject, JsonValue } from "./json.js";
export { Listing, type PageOptions } from "./listing.js";
export type {
  AuctionMethods,
  ItemHistoryOptions,
  ItemLotsOptions,
  IterateHistoryOptions,
  IterateLotsOptions,
} from "./methods/auction.js";
export type { CharactersMethods } from "./methods/characters.js";
export type { ClansMethods, ClansOptions, IterateClansOptions } from "./methods/clans.js";
export type { EmissionsMethods } from "./methods/emissions.js";
export type { FriendsMethods } from "./methods/friends.js";
export type { IterateSessionsOptions, OperationSessionsOptions, OperationsMethods } from "./methods/operations.js";
export type { RegionsMethods } from "./methods/regions.js";
export type { KnownAdditional, LotAdditional } from "./objects/additional.js";
export { APIObject } from "./objects/api-object.js";
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
export type {
  CircuitState,
  Observer,
  Outcome,
  RefusalEvent,
  RequestEvent,
  SharedEvent,
  SkippedEvent,
} from "./observer.js";
export type { PointsAccount, PointsLease, PointsReport, PointsTrade } from "./points.js";
export type { Asker, CallOptions, Priority, RouteName } from "./request.js";
export { Server } from "./server.js";
export type { BudgetSnapshot } from "./session/session.js";
export { type Subject, subjectOf } from "./subject.js";
export { type ClientCredentials, Token, TokenType } from "./token.js";
