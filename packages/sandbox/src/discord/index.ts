export { Actor, type ActOptions, type Standpoint } from "./actor.js";
export type { Attachment } from "./attachments.js";
export type { AuditEntry, AuditLog } from "./audit.js";
export type { StoredCommand } from "./commands.js";
export { NotPossibleError, WaitError } from "./errors.js";
export type { DiscordEvent, DiscordListener } from "./events.js";
export type { Endpoint, EndpointCounts } from "./http/endpoint.js";
export type { HttpFault } from "./http/faults.js";
export type { AcknowledgementKind, Interaction, InteractionPhase } from "./interaction.js";
export type { Limit, LimitCounts, Limits } from "./limits.js";
export { isCrossposted, isSilent, type Message, type MessageChange } from "./messages.js";
export type { OptionValue, OptionValues, SentFile } from "./options.js";
export { Outcome, type OpenModal } from "./outcome.js";
export { reaches, type Pings } from "./pings.js";
export type { Post, Posts } from "./posts.js";
export type { ActiveFault, ActiveLimit, RestFault, RestFaults, RestLimit, RestScope } from "./rest/faults.js";
export type { RequestRecord } from "./rest/server.js";
export type { Faults } from "./faults.js";
export { DiscordSimulator } from "./simulator.js";
export type { AsOptions, DiscordSimulatorOptions } from "./simulator-options.js";
export { wire } from "./wire.js";
export { isArchived, isForum } from "./threads.js";
export {
  World,
  type Channel,
  type ChannelOptions,
  type Guild,
  type Member,
  type Overwrite,
  type Role,
  type RoleOptions,
  type Thread,
  type ThreadOptions,
  type User,
} from "./world.js";
