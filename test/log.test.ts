import { describe, expect, test } from "vitest";
import { createLog } from "../src/log.js";

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
});
