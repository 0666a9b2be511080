import { describe, expect, test } from "vitest";
import {
  emissionEvent,
  emissionRule,
  STAGES,
  tellingOf,
  type EmissionChange,
  type Stage,
} from "../../../src/watch/emission/index.js";
import { MINUTE, SECOND, T0 } from "./timeline.js";

const START: EmissionChange = { stage: "start", start: T0 };
const END: EmissionChange = { stage: "end", start: T0, end: T0 + 4 * MINUTE, endIsSure: true };

const told = (stages: readonly Stage[], change: EmissionChange, after: number) =>
  tellingOf({ stages: [...stages] }, change, "EU", T0 + after);
const stage = (...given: Parameters<typeof told>) => told(...given)?.event.stage;

describe("what somebody is told of a change", () => {
  test("of a start: since when, as long as one can still find shelter", () => {
    expect(told(["start"], START, 10 * SECOND)).toEqual({
      event: { kind: "emission", stage: "start", region: "EU", startedAt: T0, sure: true },
      tooLateAt: T0 + 4 * MINUTE,
    });
    expect(stage(["start"], START, 4 * MINUTE - SECOND)).toBe("start");
    expect(stage(["start"], START, 4 * MINUTE)).toBeUndefined();
  });

  test("of an end: when it was, and whether somebody saw it", () => {
    expect(told(["end"], { ...END, endIsSure: false }, 5 * MINUTE)).toEqual({
      event: {
        kind: "emission",
        stage: "end",
        region: "EU",
        startedAt: T0,
        endedAt: T0 + 4 * MINUTE,
        sure: false,
      },
      tooLateAt: T0 + 19 * MINUTE,
    });
    expect(stage(["end"], END, 19 * MINUTE)).toBeUndefined();
  });

  test.each([
    [["start", "end", "boost"], "end"],
    [["end", "boost"], "end"],
    [["boost"], "boost"],
    [["start", "boost"], "boost"],
    [["start"], undefined],
  ] as const)("%j is one message about the end at most", (stages, wanted) => {
    expect(stage(stages, END, 5 * MINUTE)).toBe(wanted);
  });

  test("whoever hears too late of the end hears of the artifacts, while there are more of them", () => {
    expect(stage(["end", "boost"], END, 20 * MINUTE)).toBe("boost");
    expect(told(["end", "boost"], END, 5 * MINUTE)?.tooLateAt).toBe(T0 + 34 * MINUTE);
    expect(stage(["end", "boost"], END, 34 * MINUTE)).toBeUndefined();
  });

  test("what is told can be kept and read again, and so can the rule", () => {
    for (const change of [START, END]) {
      const { event } = told(STAGES, change, 4 * MINUTE - SECOND) ?? {};
      expect(emissionEvent.parse(JSON.parse(JSON.stringify(event)))).toEqual(event);
    }
    expect(emissionRule.safeParse({ stages: [] }).success).toBe(false);
    expect(emissionRule.safeParse({ stages: ["rain"] }).success).toBe(false);
  });
});
