import { z } from "zod";
import { isObject } from "../json.js";
import { APIObject } from "./api-object.js";
import { isUsualTime, optional, parseTime, time } from "./fields.js";

/** What an emission is. */
export const emissionFields = z.object({
  currentStart: optional(time),
  previousStart: optional(time),
  previousEnd: optional(time),
});
const names = Object.keys(emissionFields.shape);

const isUsual = (value: unknown): value is string | undefined => value === undefined || isUsualTime(value);
const dateOf = (text: string | undefined): Date | undefined => (text === undefined ? undefined : parseTime(text));

/** Of an emission as nearly all are, what the schema would read; several times faster. */
export function readUsualEmission(json: unknown): z.output<typeof emissionFields> | undefined {
  if (!isObject(json)) return undefined;
  const { currentStart, previousStart, previousEnd } = json;
  if (!isUsual(currentStart) || !isUsual(previousStart) || !isUsual(previousEnd)) return undefined;
  if (currentStart === undefined && previousStart === undefined && previousEnd === undefined) return undefined;
  return {
    currentStart: dateOf(currentStart),
    previousStart: dateOf(previousStart),
    previousEnd: dateOf(previousEnd),
  };
}

/** Each may be missing; an object without any of them, such as that of an error, is no emission at all. */
function readEmission(json: unknown): z.output<typeof emissionFields> {
  if (isObject(json) && names.some((name) => name in json)) return emissionFields.parse(json);
  throw new z.ZodError([{ code: "custom", message: `none of ${names.join(", ")}`, path: [], input: json }]);
}

/** The emission of a region. The API refreshes it every 10 to 15 seconds. Source: `/{region}/emission`. */
export class Emission extends APIObject {
  /** When the running emission began; undefined while there is none. */
  readonly currentStart: Date | undefined;
  /** When the last finished emission began. */
  readonly previousStart: Date | undefined;
  /** When it ended. */
  readonly previousEnd: Date | undefined;

  constructor(json: unknown, receivedAt: Date) {
    const { currentStart, previousStart, previousEnd } = readUsualEmission(json) ?? readEmission(json);
    super(json, receivedAt);
    this.currentStart = currentStart;
    this.previousStart = previousStart;
    this.previousEnd = previousEnd;
  }
}
