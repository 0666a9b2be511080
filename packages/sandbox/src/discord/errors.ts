import { RESTJSONErrorCodes as Code } from "discord-api-types/v10";
import { refusals } from "./refusals.js";

/** One thing wrong with a form field, as Discord names it. */
export interface FormIssue {
  readonly path: readonly PropertyKey[];
  readonly code: string;
  readonly message: string;
}

/** Discord's nested error tree: `_errors` at the place where something is wrong. */
export interface FormErrors {
  [key: string]: FormErrors | { code: string; message: string }[];
}

/** An answer with a 4xx status and Discord's error body `{ message, code, errors? }`. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly code: number;
  readonly issues: readonly FormIssue[];

  constructor(status: number, code: number, message: string, issues: readonly FormIssue[] = []) {
    super(message);
    this.status = status;
    this.code = code;
    this.issues = issues;
  }

  /** The JSON body Discord sends. */
  body(): object {
    const body = { message: this.message, code: this.code };
    return this.issues.length === 0 ? body : { ...body, errors: errorTree(this.issues) };
  }

  /** One line for a person: the code, the message and every field at fault. */
  describe(): string {
    const fields = this.issues.map(({ path, code, message }) => ` ${path.map(String).join(".")}[${code}]: ${message}`);
    return [`${this.code} ${this.message}`, ...fields].join(";");
  }
}

/** Which limit a 429 is about: the bot's on this route, the whole bot's, or one that it shares with others. */
export type LimitScope = "user" | "global" | "shared";

/** A limit was hit: 429 (403 when direct messages were opened too fast), with the seconds until the next try. */
export class LimitedError extends ApiError {
  override readonly name = "ApiError";
  readonly retryAfter: number;
  readonly scope: LimitScope;

  constructor(retryAfter: number, { code = 0, scope = "user" }: { code?: number; scope?: LimitScope } = {}) {
    const [status, message] = refusals.get(code) ?? [429, "You are being rate limited."];
    super(status, code, message);
    this.retryAfter = retryAfter;
    this.scope = scope;
  }

  override body() {
    const { message, retryAfter, scope, code } = this;
    // Discord tells a code only where there is one.
    return { message, retry_after: retryAfter, global: scope === "global", ...(code !== 0 && { code }) };
  }
}

function errorTree(issues: readonly FormIssue[]): FormErrors {
  const tree: FormErrors = {};
  for (const { path, code, message } of issues) {
    let node = tree;
    for (const key of path) {
      const child = node[String(key)];
      node = node[String(key)] = child === undefined || Array.isArray(child) ? {} : child;
    }
    const errors = Array.isArray(node._errors) ? node._errors : [];
    node._errors = [...errors, { code, message }];
  }
  return tree;
}

/** 50035 with the fields at fault. */
export function invalidForm(issues: readonly FormIssue[]): ApiError {
  return new ApiError(400, Code.InvalidFormBodyOrContentType, "Invalid Form Body", issues);
}

/** The error with this documented code. */
function refusal(code: number): ApiError {
  const [status, message] = refusals.get(code) ?? [400, `Error ${code}`];
  return new ApiError(status, code, message);
}

/** The errors Discord gives. */
export const apiErrors = {
  unauthorized: () => new ApiError(401, 0, "401: Unauthorized"),
  notFound: () => new ApiError(404, 0, "404: Not Found"),
  methodNotAllowed: () => new ApiError(405, 0, "405: Method Not Allowed"),
  unavailable: () => new ApiError(503, 0, "503: Service Unavailable"),
  unknownApplication: () => refusal(Code.UnknownApplication),
  unknownChannel: () => refusal(Code.UnknownChannel),
  unknownGuild: () => refusal(Code.UnknownGuild),
  unknownMember: () => refusal(Code.UnknownMember),
  unknownMessage: () => refusal(Code.UnknownMessage),
  unknownRole: () => refusal(Code.UnknownRole),
  unknownUser: () => refusal(Code.UnknownUser),
  unknownVoiceState: () => refusal(Code.UnknownVoiceState),
  unknownWebhook: () => refusal(Code.UnknownWebhook),
  unknownEvent: () => refusal(Code.UnknownGuildScheduledEvent),
  tooManyEvents: () => refusal(Code.MaximumNumberOfUncompletedGuildScheduledEventsReached),
  eventIsOver: () => refusal(Code.CannotUpdateAFinishedEvent),
  unknownInteraction: () => refusal(Code.UnknownInteraction),
  unknownCommand: () => refusal(Code.UnknownApplicationCommand),
  tooManyCommands: (limit: number) =>
    new ApiError(
      400,
      Code.MaximumNumberOfApplicationCommandsReached,
      `Maximum number of application commands reached (${limit}).`,
    ),
  alreadyAcknowledged: () => refusal(Code.InteractionHasAlreadyBeenAcknowledged),
  tooManyFollowUps: () => refusal(Code.ThisInteractionHasHitTheMaximumNumberOfFollowUpMessages),
  tooLarge: () => refusal(Code.RequestEntityTooLarge),
  missingAccess: () => refusal(Code.MissingAccess),
  twoFactor: () => refusal(60003),
  missingPermissions: () => refusal(Code.MissingPermissions),
  notTheAuthor: () => refusal(Code.CannotEditMessageAuthoredByAnotherUser),
  emptyMessage: () => refusal(Code.CannotSendAnEmptyMessage),
  closedDm: () => refusal(Code.CannotSendMessagesToThisUser),
  noMutualGuild: () => refusal(Code.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds),
  alreadyCrossposted: () => refusal(40033),
  notInForum: () => refusal(40058),
  tagNeeded: () => refusal(40067),
  wrongChannelKind: () => refusal(Code.CannotExecuteActionOnThisChannelType),
  threadArchived: () => refusal(50083),
  threadLocked: () => refusal(160005),
  threadExists: () => refusal(160004),
  noHistory: () => refusal(160002),
  invalidWebhookToken: () => refusal(Code.InvalidWebhookToken),
  invalidJson: () => refusal(50109),
  invalidVersion: () => refusal(Code.InvalidAPIVersion),
};

/** What somebody could not have done in Discord's own client: no such command, a missing option, a hidden button. */
export class NotPossibleError extends Error {
  override readonly name = "NotPossibleError";
}

/** A wait that found no end. The message says what was seen until then. */
export class WaitError extends Error {
  override readonly name = "WaitError";
}
