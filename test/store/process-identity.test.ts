import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isRunning, thisProcess } from "../../src/store/process-identity.js";

const BOOT = "/proc/sys/kernel/random/boot_id";
/** That of a process that has ended. */
const { pid } = spawnSync(process.execPath, ["--version"]);

test("a process of this machine is seen to run, and to have ended", () => {
  expect(isRunning(thisProcess())).toBe(true);
  expect(isRunning({ ...thisProcess(), pid })).toBe(false);
});

test.skipIf(!existsSync(BOOT))("of another machine nothing is seen, also where both have one name", () => {
  const { host } = thisProcess();
  const elsewhere = host.replace(readFileSync(BOOT, "utf8").trim(), "00000000-0000-4000-8000-000000000000");
  expect(elsewhere).not.toBe(host);
  expect(isRunning({ ...thisProcess(), pid, host: elsewhere })).toBeUndefined();
});
