import { z } from "zod";
import { isObject } from "../json.js";
import { APIObject } from "./api-object.js";
import { optional, time } from "./fields.js";

const fields = z.object({
  currentStart: optional(time),
  previousStart: optional(time),
  previousEnd: optional(time),
});
const names = Object.keys(fields.shape);

/** Each may be missing; an object without any of them, such as that of an error, is no emission at all. */
function requireAny(json: unknown): void {
  if (isObject(json) && names.some((name) => name in json)) return;
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
    requireAny(json);
    const { currentStart, previousStart, previousEnd } = fields.parse(json);
    super(json, receivedAt);
    this.currentStart = currentStart;
    this.previousStart = previousStart;
    this.previousEnd = previousEnd;
  }
}
