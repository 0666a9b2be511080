import { RESTJSONErrorCodes as Code } from "discord-api-types/v10";

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
  body(): { message: string; code: number; errors?: FormErrors } {
    const body = { message: this.message, code: this.code };
    return this.issues.length === 0 ? body : { ...body, errors: errorTree(this.issues) };
  }

  /** One line for a person: the code, the message and every field at fault. */
  describe(): string {
    const fields = this.issues.map(({ path, code, message }) => ` ${path.map(String).join(".")}[${code}]: ${message}`);
    return [`${this.code} ${this.message}`, ...fields].join(";");
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

/** The errors Discord gives, each by its documented JSON code. */
export const apiErrors = {
  unauthorized: () => new ApiError(401, 0, "401: Unauthorized"),
  notFound: () => new ApiError(404, 0, "404: Not Found"),
  methodNotAllowed: () => new ApiError(405, 0, "405: Method Not Allowed"),
  unknownApplication: () => new ApiError(404, Code.UnknownApplication, "Unknown Application"),
  unknownChannel: () => new ApiError(404, Code.UnknownChannel, "Unknown Channel"),
  unknownGuild: () => new ApiError(404, Code.UnknownGuild, "Unknown Guild"),
  unknownMember: () => new ApiError(404, Code.UnknownMember, "Unknown Member"),
  unknownMessage: () => new ApiError(404, Code.UnknownMessage, "Unknown Message"),
  unknownUser: () => new ApiError(404, Code.UnknownUser, "Unknown User"),
  unknownWebhook: () => new ApiError(404, Code.UnknownWebhook, "Unknown Webhook"),
  unknownInteraction: () => new ApiError(404, Code.UnknownInteraction, "Unknown interaction"),
  unknownCommand: () => new ApiError(404, Code.UnknownApplicationCommand, "Unknown application command"),
  tooManyCommands: (limit: number) =>
    new ApiError(
      400,
      Code.MaximumNumberOfApplicationCommandsReached,
      `Maximum number of application commands reached (${limit}).`,
    ),
  alreadyAcknowledged: () =>
    new ApiError(400, Code.InteractionHasAlreadyBeenAcknowledged, "Interaction has already been acknowledged."),
  tooManyFollowUps: () =>
    new ApiError(
      400,
      Code.ThisInteractionHasHitTheMaximumNumberOfFollowUpMessages,
      "This interaction has hit the maximum number of follow up messages.",
    ),
  tooLarge: () => new ApiError(413, Code.RequestEntityTooLarge, "Request entity too large"),
  missingAccess: () => new ApiError(403, Code.MissingAccess, "Missing Access"),
  missingPermissions: () => new ApiError(403, Code.MissingPermissions, "Missing Permissions"),
  notTheAuthor: () =>
    new ApiError(403, Code.CannotEditMessageAuthoredByAnotherUser, "Cannot edit a message authored by another user"),
  emptyMessage: () => new ApiError(400, Code.CannotSendAnEmptyMessage, "Cannot send an empty message"),
  closedDm: () => new ApiError(403, Code.CannotSendMessagesToThisUser, "Cannot send messages to this user"),
  invalidWebhookToken: () => new ApiError(401, Code.InvalidWebhookToken, "Invalid Webhook Token"),
  invalidJson: () => new ApiError(400, 50109, "The request body contains invalid JSON."),
  invalidVersion: () => new ApiError(400, Code.InvalidAPIVersion, "Invalid API version"),
};

/** What somebody could not have done in Discord's own client: no such command, a missing option, a hidden button. */
export class NotPossibleError extends Error {
  override readonly name = "NotPossibleError";
}

/** A wait that found no end. The message says what was seen until then. */
export class WaitError extends Error {
  override readonly name = "WaitError";
}
