import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { readConfig, SETTINGS } from "../../src/config.js";
import { KeyRing } from "../../src/store/index.js";

const ROOT = join(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");
const dockerfile = read("Dockerfile");
const example = read(".env.example");

const seconds = z
  .string()
  .regex(/^\d+[sm]$/)
  .transform((text) => Number.parseInt(text, 10) * (text.endsWith("m") ? 60 : 1));
const healthCheck = z.union([
  z.strictObject({ disable: z.literal(true) }),
  z.strictObject({
    test: z.array(z.string()),
    interval: seconds,
    timeout: seconds,
    retries: z.number(),
    start_period: seconds,
  }),
]);
/** Of the Compose specification what is used here: a mistyped key would be ignored, or refused by Docker. */
const service = z.strictObject({
  image: z.string(),
  build: z.literal(".").optional(),
  pull_policy: z.literal("never").optional(),
  env_file: z.union([z.string(), z.array(z.strictObject({ path: z.string(), required: z.boolean() }))]).optional(),
  environment: z.record(z.string(), z.string()),
  command: z.array(z.string()).optional(),
  restart: z.enum(["no", "unless-stopped"]),
  stop_grace_period: seconds.optional(),
  shm_size: z.string().optional(),
  volumes: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  depends_on: z
    .record(z.string(), z.strictObject({ condition: z.enum(["service_healthy", "service_completed_successfully"]) }))
    .default({}),
  healthcheck: healthCheck,
  cap_drop: z.array(z.string()).optional(),
  security_opt: z.array(z.string()).optional(),
  logging: z.strictObject({ driver: z.literal("json-file"), options: z.record(z.string(), z.string()) }),
});
const compose = z.strictObject({
  name: z.string(),
  services: z.record(z.string(), service),
  volumes: z.record(z.string(), z.null()),
});

/** A file of Compose without the parts that others refer to. */
function composeFile(name: string): z.infer<typeof compose> {
  const all = z.record(z.string(), z.unknown()).parse(parse(read(name), { merge: true }));
  return compose.parse(Object.fromEntries(Object.entries(all).filter(([key]) => !key.startsWith("x-"))));
}

const many = composeFile("compose.yaml");
const single = composeFile("compose.single.yaml");
const ours = [many, single].flatMap(({ services }) =>
  Object.entries(services).flatMap(([name, one]) => (one.image === "zonewire" ? [{ name, ...one }] : [])),
);
/** What the operator writes into `.env`. */
const ENV = {
  ...{ DISCORD_TOKEN: "t", STALCRAFT_CLIENT_ID: "1", STALCRAFT_CLIENT_SECRET: "s" },
  ENCRYPTION_KEYS: KeyRing.newKey(),
  POSTGRES_PASSWORD: "pass",
};
/** As Compose puts values of `.env` in place of their names. */
const filled = (text: string) =>
  text.replaceAll(
    /\$\{(\w+)(?::\?[^}]*)?\}/g,
    (_, name: string) => z.record(z.string(), z.string()).parse(ENV)[name] ?? "",
  );

describe.each(ours)("the service $name", ({ environment, command, healthcheck, ports, stop_grace_period, volumes }) => {
  const config = readConfig({
    ...ENV,
    ...Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, filled(value)])),
  });

  test("has settings that the bot knows and takes", () => {
    expect(Object.keys(environment).filter((name) => !SETTINGS.includes(name))).toEqual([]);
    expect(config.http).toMatchObject({ host: "0.0.0.0", port: 8080 });
    const database =
      environment.DATABASE_URL === undefined ? undefined : "postgresql://zonewire:pass@postgres:5432/zonewire";
    expect(config.store?.databaseUrl).toBe(database);
    expect(config.store?.dataDir).toBe("/data");
    // What the bot keeps itself has to outlive the container.
    if (database === undefined) expect(volumes).toEqual(["data:/data"]);
  });

  test("runs programs that are built, and is asked where the bot answers", () => {
    const programs = [command, "test" in healthcheck ? healthcheck.test : undefined].flatMap((words) =>
      (words ?? []).filter((word) => word.startsWith("dist/")),
    );
    for (const program of programs) {
      expect(existsSync(join(ROOT, program.replace(/^dist\//, "").replace(/\.js$/, ".ts"))), program).toBe(true);
    }
    if (!("test" in healthcheck)) return;
    expect(healthcheck.test).toEqual(["CMD", "node", "dist/src/health-check.js", "/readyz"]);
    expect(read("src/web/server.ts")).toContain('app.get("/readyz"');
    // It finishes for ten seconds, and hands its sessions over.
    expect(stop_grace_period).toBeGreaterThanOrEqual(20);
  });

  test("is reached from this machine alone", () => {
    expect(ports.filter((port) => !/^127\.0\.0\.1:\d+:8080$/.test(port))).toEqual([]);
  });
});

describe("compose.yaml", () => {
  test("is a database, which nobody reaches from outside, a migration, two bots and a worker", () => {
    const roles = Object.values(many.services).flatMap(({ environment }) => environment.ROLE ?? []);
    expect(roles).toEqual(["bot", "bot", "worker"]);
    expect(many.services.postgres?.ports).toEqual([]);
    expect(many.services.migrate?.command).toEqual(["node", "dist/src/store/bin/migrate.js"]);
  });

  test("starts the bots and the worker when the schema is up to date", () => {
    for (const name of ["bot-1", "bot-2", "worker"]) {
      expect(many.services[name]?.depends_on).toEqual({
        postgres: { condition: "service_healthy" },
        migrate: { condition: "service_completed_successfully" },
      });
    }
    expect(many.services.migrate?.depends_on).toEqual({ postgres: { condition: "service_healthy" } });
  });

  test("builds one image, which no service looks for elsewhere", () => {
    const users = Object.entries(many.services).filter(([, one]) => one.image === "zonewire");
    expect(users.filter(([, one]) => one.build !== undefined).map(([name]) => name)).toEqual(["migrate"]);
    expect(users.filter(([, one]) => one.pull_policy === undefined).map(([name]) => name)).toEqual(["migrate"]);
  });

  test("publishes no port twice, and keeps what it has in volumes of its own", () => {
    const ports = Object.values(many.services).flatMap((one) => one.ports);
    expect(new Set(ports).size).toBe(ports.length);
    for (const { services, volumes } of [many, single]) {
      const used = Object.values(services).flatMap((one) => one.volumes.map((volume) => volume.split(":")[0]));
      expect(used).toEqual(Object.keys(volumes));
    }
  });

  test("has no secret in it", () => {
    const texts = Object.values(many.services).flatMap(({ environment }) => Object.entries(environment));
    for (const [name, value] of texts) {
      if (/PASSWORD|TOKEN|SECRET|KEY|_URL/.test(name)) expect(value, name).toContain("${POSTGRES_PASSWORD:?");
    }
  });
});

describe("the image", () => {
  test("listens where compose expects it, and runs what is built", () => {
    expect(dockerfile).toContain("HTTP_HOST=0.0.0.0 HTTP_PORT=8080 DATA_DIR=/data");
    expect(dockerfile).toContain("EXPOSE 8080");
    const commands = [...dockerfile.matchAll(/CMD (\[.*\])$/gm)].map(([, words = ""]) =>
      z.array(z.string()).parse(JSON.parse(words)),
    );
    expect(commands).toEqual([
      ["node", "dist/src/health-check.js"],
      ["node", "dist/src/main.js"],
    ]);
  });
});

describe("the settings", () => {
  const named = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name = ""]) => name);

  test("are the same in .env.example, in the table of README.md, and in the code", () => {
    expect(named(example, /^(?:# )?([A-Z][A-Z_]+)=$/gm).sort()).toEqual([...SETTINGS, "POSTGRES_PASSWORD"].sort());
    const table = read("README.md").split("### Settings")[1]?.split("\n### ")[0] ?? "";
    const cells = table.split("\n").map((line) => line.split("|")[1] ?? "");
    expect(named(cells.join("\n"), /`([A-Z_]+)`/g).sort()).toEqual([...SETTINGS].sort());
  });

  test("of the image are not made empty by a copy of .env.example", () => {
    const lines = named(example, /^([A-Z_]+)=$/gm);
    const image = named(/^ENV (.*)$/m.exec(dockerfile)?.[1] ?? "", /(\w+)=/g);
    expect(image).toContain("DATA_DIR");
    expect(lines.filter((name) => image.includes(name))).toEqual([]);
  });
});
