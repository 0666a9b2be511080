import { defineAddress } from "../../src/kernel/index.js";
import { subjectState, type Subject } from "../trade/panels.js";

const address = (action: string) =>
  defineAddress<Subject>({ command: "price", action, audience: "copied", state: subjectState });

/** What the figures do not count, and why. */
export const LEFT_OUT = address("left-out");
/** The same item in all regions, side by side. */
export const REGIONS = address("regions");
/** The prices of all qualities and levels. */
export const LEVELS = address("levels");
