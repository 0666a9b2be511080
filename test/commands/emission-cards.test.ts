import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { emissionAlert } from "../../commands/alert-cards/emission.js";
import { emissionPanel } from "../../commands/alert-cards/emission-panel.js";
import { messageContext } from "../../src/kernel/context.js";
import { LOCALES, type MessageContext, type View } from "../../src/kernel/index.js";
import { Texts } from "../../src/kernel/texts.js";
import { HOUR_MS, MINUTE_MS } from "../../src/time.js";
import type { EmissionEvent, ObservedEmission } from "../../src/watch/index.js";

const NOW = Date.UTC(2026, 10, 28, 12);
const GAP = 3 * HOUR_MS;
/** As Discord writes a moment. */
const at = (ms: number, style: string) => `<t:${ms / 1_000}:${style}>`;

/** So many emissions, the newest of which began that long ago. */
function emissions(count: number, ago: number): ObservedEmission[] {
  return Array.from({ length: count }, (_, place) => {
    const start = NOW - ago - place * GAP;
    const isOldest = place === count - 1;
    return {
      startedAt: new Date(start),
      previousStart: isOldest ? null : new Date(start - GAP),
      endedAt: new Date(start + 4 * MINUTE_MS),
      endIsSure: true,
    };
  });
}

const running = (count: number): ObservedEmission[] =>
  emissions(count, MINUTE_MS).map((one, place) => (place === 0 ? { ...one, endedAt: null, endIsSure: false } : one));

const event = (stage: EmissionEvent["stage"], more: Partial<EmissionEvent> = {}): EmissionEvent => ({
  kind: "emission",
  stage,
  region: "EU",
  startedAt: NOW - 5 * MINUTE_MS,
  ...(stage !== "start" && { endedAt: NOW - MINUTE_MS }),
  sure: true,
  ...more,
});

const textOf = ({ content = "", embeds = [] }: View) =>
  [
    content,
    ...embeds.flatMap(({ title, description, fields = [] }) => [
      title ?? "",
      description ?? "",
      ...fields.map(({ name, value }) => `${name}: ${value}`),
    ]),
  ].join("\n");

let texts: Texts;
beforeAll(async () => {
  texts = await Texts.load(join(import.meta.dirname, "../../locales"));
});

describe.each(LOCALES)("in %s", (locale) => {
  const context = (): MessageContext =>
    messageContext({ texts, time: { now: () => NOW }, commandId: () => undefined }, locale);
  const panel = (seen: readonly ObservedEmission[]) => textOf(emissionPanel("EU", seen, context()));
  const t = (key: "emission.usual-gap" | "emission.usual-length" | "emission.figures-note") =>
    texts.find(locale, key) ?? "";

  test("the panel of a calm says when the last one was, until when there are more artifacts, and what is usual", () => {
    const text = panel(emissions(10, 20 * MINUTE_MS));
    const start = NOW - 20 * MINUTE_MS;
    for (const moment of [start, start + 4 * MINUTE_MS])
      expect(text).toContain(`${at(moment, "R")} · ${at(moment, "T")}`);
    expect(text).toContain(at(start + 34 * MINUTE_MS, "R"));
    expect(text).toContain(t("emission.usual-gap"));
    expect(text).toContain(`${at(start + GAP, "R")} · ${at(start + GAP, "T")}`);
    expect(text).toContain(t("emission.figures-note"));
    expect(text).not.toContain(t("emission.usual-length"));
  });

  test("the panel of an emission says since when, and how long they usually last", () => {
    const text = panel(running(10));
    expect(text).toContain(at(NOW - MINUTE_MS, "R"));
    expect(text).toContain(t("emission.usual-length"));
    expect(text).not.toContain(t("emission.usual-gap"));
  });

  test("a panel has no figures of nine, and something to say of none", () => {
    for (const seen of [emissions(9, HOUR_MS), running(9), []]) {
      const text = panel(seen);
      for (const key of ["emission.usual-gap", "emission.usual-length", "emission.figures-note"] as const)
        expect(text).not.toContain(t(key));
      expect(text.length).toBeGreaterThan(20);
    }
  });

  test.each(["start", "end", "boost"] as const)("the message of stage %s says it in its first line", (stage) => {
    const view = emissionAlert(event(stage), context());
    expect(view.content).toContain("EU");
    expect(view.content?.length).toBeLessThan(70);
    const text = textOf(view);
    expect(text).toContain(at(NOW - 5 * MINUTE_MS, "R"));
    if (stage !== "start") expect(text).toContain(at(NOW + 29 * MINUTE_MS, "t"));
    expect(text).not.toMatch(/undefined|NaN|[{}]|≈/);
  });

  test("an end that nobody saw is marked, and says nothing of how long it lasted", () => {
    const sure = textOf(emissionAlert(event("end"), context()));
    const assumed = textOf(emissionAlert(event("end", { sure: false }), context()));
    expect(assumed).toContain(`≈ ${at(NOW - MINUTE_MS, "R")}`);
    expect(assumed.split("\n")).toHaveLength(sure.split("\n").length - 1);
  });
});
