import { describe, expect, test } from "vitest";
import { SETTINGS } from "../src/config.js";
import { misspelt } from "../src/misspelt.js";

const around = (...names: string[]) => misspelt(SETTINGS, {}, Object.fromEntries(names.map((name) => [name, "x"])));

describe("names that are no setting", () => {
  test.each([
    ["DISCORD_TOKN", "DISCORD_TOKEN"],
    ["ROLES", "ROLE"],
    ["SHARD", "SHARDS"],
    ["DATABSE_URL", "DATABASE_URL"],
    ["discord_token", "DISCORD_TOKEN"],
    ["ENCRYPTION_KEY", "ENCRYPTION_KEYS"],
    ["STALCRAFT_CLIENTID", "STALCRAFT_CLIENT_ID"],
    ["LOGLEVEL", "LOG_LEVEL"],
  ])("%s was meant for %s", (name, meant) => {
    expect(around(name)).toEqual([`${name} is no setting: do you mean ${meant}?`]);
  });

  test("what systems, shells, Docker, Kubernetes, CI and npm set is nothing to warn of", () => {
    const usual = [
      ...[
        "HOME",
        "PATH",
        "PWD",
        "USER",
        "SHELL",
        "SHLVL",
        "HOSTNAME",
        "HOST",
        "PORT",
        "TERM",
        "LANG",
        "TZ",
        "OLDPWD",
        "EDITOR",
      ],
      ...[
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "http_proxy",
        "NO_PROXY",
        "NODE_ENV",
        "NODE_OPTIONS",
        "INIT_CWD",
        "INVOCATION_ID",
      ],
      ...[
        "KUBERNETES_SERVICE_HOST",
        "KUBERNETES_PORT",
        "POSTGRES_USER",
        "POSTGRES_DB",
        "DATABASE_HOST",
        "DATABASE_PORT",
      ],
      ...[
        "npm_lifecycle_event",
        "npm_config_user_agent",
        "CI",
        "GITHUB_TOKEN",
        "XDG_DATA_DIRS",
        "XDG_DATA_HOME",
        "TEST_DATABASE_URL",
      ],
      ...[
        "LOGNAME",
        "MAIL",
        "JOURNAL_STREAM",
        "DOCKER_HOST",
        "SSH_AUTH_SOCK",
        "NPM_TOKEN",
        "VITEST_POOL_ID",
        "YARN_VERSION",
      ],
    ];
    expect(around(...usual, ...Object.keys(process.env))).toEqual([]);
    expect(around(...SETTINGS)).toEqual([]);
  });

  test("a setting that is there was not misspelt by something beside it", () => {
    expect(misspelt(SETTINGS, {}, { ROLES: "admin", ROLE: "bot" })).toEqual([]);
    expect(misspelt(SETTINGS, {}, { ROLES: "admin", ROLE: " " })).toHaveLength(1);
  });

  test("in .env every one is told, except what others read there; nothing is told twice", () => {
    const file = {
      DISCORD_TOKN: "x",
      SOMETHING: "x",
      ROLE: "bot",
      POSTGRES_PASSWORD: "x",
      TZ: "UTC",
      NODE_OPTIONS: "x",
    };
    expect(misspelt(SETTINGS, file, { ...file, SOMETHING_ELSE: "x" })).toEqual([
      "DISCORD_TOKN in .env is no setting: do you mean DISCORD_TOKEN?",
      "SOMETHING in .env is no setting",
    ]);
  });

  test("a value that stands on a line of its own in .env is not shown: it may be a secret", () => {
    const [line, ...more] = misspelt(SETTINGS, { q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k: "" }, {});
    expect(line).toBe("a line in .env is no setting: does a value stand alone?");
    expect(more).toEqual([]);
  });
});
