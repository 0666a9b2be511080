import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { everyMetric, seriesIn } from "./every-metric.js";
import { askedIn, groupedBy } from "./queries.js";

const ROOT = join(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");
/** Which Prometheus adds itself. */
const SCRAPED = ["instance", "job"];

const ruleFile = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      rules: z.array(
        z.strictObject({
          alert: z.string().regex(/^Zonewire[A-Z]\w+$/),
          expr: z.string(),
          for: z
            .string()
            .regex(/^\d+[smh]$/)
            .optional(),
          labels: z.strictObject({ severity: z.enum(["page", "ticket"]) }),
          annotations: z.strictObject({ summary: z.string() }),
        }),
      ),
    }),
  ),
});
const target = z.object({ refId: z.string(), expr: z.string(), legendFormat: z.string() });
const panel = z.object({
  id: z.number(),
  type: z.enum(["row", "timeseries", "stat", "state-timeline"]),
  title: z.string().min(1),
  gridPos: z.object({ h: z.number(), w: z.number(), x: z.number(), y: z.number() }),
  targets: z.array(target).optional(),
});
const dashboard = z.object({
  uid: z.string(),
  title: z.string(),
  schemaVersion: z.number(),
  templating: z.object({
    list: z.array(z.object({ name: z.string(), type: z.string(), definition: z.string().optional() })),
  }),
  panels: z.array(panel),
});

const rules = ruleFile.parse(parse(read("docs/operating/alerts.yml"))).groups.flatMap((group) => group.rules);
const board = dashboard.parse(JSON.parse(read("docs/operating/grafana.json")));
const shown = board.panels.flatMap(({ title, targets = [] }) => targets.map((one) => ({ title, ...one })));

describe("what is watched of a running bot", () => {
  let series: ReturnType<typeof seriesIn>;
  beforeAll(async () => {
    series = seriesIn(await everyMetric().render());
    series.set("up", new Map(SCRAPED.map((label) => [label, new Set(["zonewire"])])));
  });

  /** What an expression names that no process shows. */
  const unknownIn = (expression: string): string[] => {
    const asked = askedIn(expression);
    const groups = groupedBy(expression).filter((label) => !SCRAPED.includes(label));
    const unknown = asked.flatMap(({ series: name, matchers }) => {
      const labels = series.get(name);
      if (!labels) return [name];
      return matchers.flatMap(({ label, values }) =>
        values
          .filter((value) => !value.startsWith("$") && labels.get(label)?.has(value) !== true)
          .map((value) => `${name}{${label}="${value}"}`),
      );
    });
    const grouped = groups.filter((label) => !asked.some(({ series: name }) => series.get(name)?.has(label)));
    return [...unknown, ...grouped];
  };
  /** Labels that texts about an expression name, and its result does not have. */
  const missingIn = (named: readonly string[], expression: string): string[] => {
    const left = /\b(sum|max|min|count|absent|histogram_quantile)\b/.test(expression)
      ? groupedBy(expression)
      : [...SCRAPED, ...askedIn(expression).flatMap(({ series: name }) => [...(series.get(name)?.keys() ?? [])])];
    return named.filter((label) => !left.includes(label));
  };

  test.each(rules)("the alert $alert asks for what there is", ({ expr, annotations }) => {
    expect(askedIn(expr)).not.toEqual([]);
    expect(unknownIn(expr)).toEqual([]);
    const named = [...annotations.summary.matchAll(/\$labels\.(\w+)/g)].map(([, label = ""]) => label);
    expect(missingIn(named, expr)).toEqual([]);
  });

  test.each(shown)("the panel $title ($refId) asks for what there is", ({ expr, legendFormat }) => {
    expect(askedIn(expr)).not.toEqual([]);
    expect(unknownIn(expr)).toEqual([]);
    const named = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = ""]) => label);
    expect(missingIn(named, expr)).toEqual([]);
  });

  test.each([
    ["zonewire_store_down", ["zonewire_store_down"]],
    [
      'sum(rate(zonewire_deliveries_total{outcome=~"dead|alive"}[5m])) > 0',
      ['zonewire_deliveries_total{outcome="alive"}'],
    ],
    ['zonewire_store_up{shard="0"}', ['zonewire_store_up{shard="0"}']],
    ["sum by (colour, kind) (zonewire_deliveries_total)", ["colour"]],
    ["histogram_quantile(0.5, rate(zonewire_alert_lag_seconds[5m]))", ["zonewire_alert_lag_seconds"]],
  ])("what there is not would be found: %s", (expression, unknown) => {
    expect(unknownIn(expression)).toEqual(unknown);
    expect(missingIn(["instance"], `sum by (kind) (${expression})`)).toEqual(["instance"]);
  });
});

test("docs/operating.md says of every alert what to do, and of no other", () => {
  const told = [...read("docs/operating.md").matchAll(/^\| `(Zonewire\w+)` +\|/gm)].map(([, name]) => name);
  expect(told.sort()).toEqual(rules.map(({ alert }) => alert).sort());
});

test("the dashboard's panels have ids of their own, and none lies on another", () => {
  const ids = board.panels.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const places = board.panels.map(({ gridPos }) => gridPos);
  for (const [index, one] of places.entries()) {
    expect(one.x + one.w).toBeLessThanOrEqual(24);
    const under = places.slice(index + 1).filter(({ x, y, w, h }) => {
      const beside = x >= one.x + one.w || x + w <= one.x;
      return !(beside || y >= one.y + one.h || y + h <= one.y);
    });
    expect(under).toEqual([]);
  }
  const variables = board.templating.list.map(({ name }) => name);
  const used = [...JSON.stringify(board.panels).matchAll(/\$\{?([a-z]\w*)/g)].map(([, name]) => name);
  expect(used.filter((name) => name !== undefined && !variables.includes(name))).toEqual([]);
});

test("Prometheus scrapes the processes of compose.yaml under the name that the rules expect", () => {
  const scraping = z.object({
    rule_files: z.array(z.string()),
    scrape_configs: z.array(
      z.object({ job_name: z.string(), static_configs: z.array(z.object({ targets: z.array(z.string()) })) }),
    ),
  });
  const { rule_files, scrape_configs } = scraping.parse(parse(read("docs/operating/prometheus.yml")));
  expect(rule_files).toEqual(["alerts.yml"]);
  expect(scrape_configs.map(({ job_name }) => job_name)).toEqual(["zonewire"]);
  const services = z.object({ services: z.record(z.string(), z.object({ ports: z.array(z.string()).default([]) })) });
  const ports = Object.values(services.parse(parse(read("compose.yaml"), { merge: true })).services).flatMap(
    (one) => one.ports,
  );
  const targets = scrape_configs.flatMap((one) => one.static_configs.flatMap((config) => config.targets));
  expect(targets).toEqual(ports.map((port) => port.replace(/:\d+$/, "")));
});
