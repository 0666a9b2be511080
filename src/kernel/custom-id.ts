import { z } from "zod";

/**
 * What a button, a menu or a form carries: `v1:<command>:<action>:<owner>:<values>`. It is all the state there is, so
 * components survive a restart of the bot. Discord allows 100 characters.
 */
export const CUSTOM_ID_LIMIT = 100;
const VERSION = "v1";

export interface CustomId {
  /** The command that answers, such as `clan list`. */
  readonly command: string;
  readonly action: string;
  /** Whose component it is (a Discord user id); undefined: anybody may use it. */
  readonly owner: string | undefined;
  /** The answer must not replace the message: of what stays, or of a form that its owner opened from somebody else's. */
  readonly apart?: boolean;
  readonly values: readonly string[];
}

const APART = "+";
const snowflake = z.string().regex(/^[0-9]{1,20}$/);
const MARKS: Record<string, string> = { "%": "%0", ":": "%1", "~": "%2" };
const UNMARKS: Record<string, string> = { "%0": "%", "%1": ":", "%2": "~" };
const mark = (text: string) => text.replace(/[%:~]/g, (found) => MARKS[found] ?? found);
const unmark = (text: string) => text.replace(/%[012]/g, (found) => UNMARKS[found] ?? found);

/** Throws a RangeError when the result would be longer than Discord takes: a mistake of the command's author. */
export function encodeCustomId({ command, action, owner, apart = false, values }: CustomId): string {
  const holder = (owner === undefined ? "" : BigInt(snowflake.parse(owner)).toString(36)) + (apart ? APART : "");
  const id = [VERSION, mark(command), mark(action), holder, values.map(mark).join("~")].join(":");
  if (id.length > CUSTOM_ID_LIMIT) {
    throw new RangeError(
      `the custom id of ${command}/${action} has ${id.length} characters, ${CUSTOM_ID_LIMIT} allowed`,
    );
  }
  return id;
}

/** Undefined for anything that is not an id of this version. */
export function decodeCustomId(id: string): CustomId | undefined {
  const parts = id.split(":");
  const [version, command, action, holder, values] = parts;
  if (parts.length !== 5 || version !== VERSION) return undefined;
  if (command === undefined || action === undefined || holder === undefined || values === undefined) return undefined;
  const found = /^([0-9a-z]{0,14})(\+?)$/.exec(holder);
  if (!found) return undefined;
  const [, owner = "", apart] = found;
  return {
    command: unmark(command),
    action: unmark(action),
    owner: owner === "" ? undefined : fromBase36(owner).toString(),
    ...(apart === APART && { apart: true }),
    values: values.split("~").map(unmark),
  };
}

function fromBase36(text: string): bigint {
  return Array.from(text).reduce((sum, digit) => sum * 36n + BigInt(parseInt(digit, 36)), 0n);
}
