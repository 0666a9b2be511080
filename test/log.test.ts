import { describe, expect, test } from "vitest";
import { UnauthorizedError } from "@zonewire/stalcraft";
import { createLog, framesOf } from "../src/log.js";
import { StoreUnavailableError } from "../src/store/index.js";

function logged(error: unknown): string {
  const lines: string[] = [];
  createLog("info", { terminal: false, destination: { write: (line: string) => void lines.push(line) } }).error(
    { err: error },
    "x",
  );
  return lines.join("");
}

describe("the log", () => {
  test("of an error it holds name, message, code and status, of its causes too, and nothing else that hangs on it", () => {
    const cause = Object.assign(new Error("inner"), { headers: { authorization: "Bearer hush" } });
    const error = Object.assign(new TypeError("outer", { cause }), {
      code: 50_035,
      status: 400,
      url: "https://discord.com/api/webhooks/1/hush",
      requestBody: { json: "hush" },
    });
    const line = logged(error);
    for (const part of ["TypeError", "outer", "inner", "50035", "400"]) expect(line).toContain(part);
    expect(line).not.toContain("hush");
  });

  test("what is thrown but is no error is logged too", () => {
    expect(logged("just a text")).toContain("just a text");
  });

  test.each([
    ["the database", new StoreUnavailableError("away: gone", { cause: new Error("gone") })],
    ["the network", Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:9"), { code: "ECONNREFUSED" })],
    [
      "a request in vain",
      new TypeError("fetch failed", { cause: Object.assign(new Error("x"), { code: "ENOTFOUND" }) }),
    ],
    ["a server that stops", Object.assign(new Error("terminating connection"), { code: "57P01" })],
    ["the game's API", new UnauthorizedError({ method: "GET", path: "/regions", status: 401 })],
    ["an answer of Discord", Object.assign(new Error("Missing Access"), { code: 50_001, status: 403 })],
  ])("what the world does needs no stack: %s", (_what, error) => {
    const line = logged(error);
    expect(line).toContain(error.message);
    expect(line).not.toContain("stack");
  });

  test.each([
    ["a mistake", new TypeError("x is not a function")],
    ["a wrong argument", Object.assign(new TypeError("x"), { code: "ERR_INVALID_ARG_TYPE" })],
    ["a column that is not there", Object.assign(new Error("column x does not exist"), { code: "42703" })],
    ["an odd request", Object.assign(new Error("Invalid Form Body"), { code: 50_035, status: 400 })],
    [
      "one behind an expected error",
      new StoreUnavailableError("away", { cause: new TypeError("x is not a function") }),
    ],
  ])("what may be ours has one: %s", (_what, error) => {
    expect(logged(error)).toContain('"stack":');
  });
});

test("where an error came from is told without what it says", () => {
  const frames = framesOf(new Error("a secret\n  of two lines"));
  expect(frames[0]).toContain("log.test.ts");
  expect(frames.join()).not.toMatch(/secret|two lines/);
});
