import { z } from "zod";
import { APIObject } from "./api-object.js";

const fields = z.object({ id: z.string(), name: z.string() });

/** Where game servers stand. Source: `/regions`. */
export class Region extends APIObject {
  /** What other calls take as region: "RU", "EU", "NA", "SEA" and whatever may come. */
  readonly id: string;
  /** "EUROPE" */
  readonly name: string;

  constructor(json: unknown, receivedAt: Date) {
    const { id, name } = fields.parse(json);
    super(json, receivedAt);
    this.id = id;
    this.name = name;
  }
}
