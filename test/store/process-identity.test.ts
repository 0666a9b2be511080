import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { containerIn, isRunning, thisProcess } from "../../src/store/process-identity.js";

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

test("of its own container before that was restarted, a process has ended", () => {
  const before = { ...thisProcess(), host: "the same, with other pids", container: "a" };
  expect(isRunning(before, "a")).toBe(false);
  expect(isRunning(before, "b")).toBeUndefined();
  expect(isRunning(before, null)).toBeUndefined();
  expect(isRunning({ ...before, container: null }, null)).toBeUndefined();
});

test("the container is the one that Docker has made the host name for", () => {
  const id = "b6c7".repeat(16);
  const mounts = [
    "192 191 0:45 / / rw,relatime - overlay overlay rw,lowerdir=/var/lib/docker/overlay2/l/AAAA",
    `247 192 254:0 /var/lib/docker/containers/${id}/hostname /etc/hostname rw,relatime - ext4 /dev/vda rw`,
    `249 192 254:0 /var/lib/docker/containers/${id}/hosts /etc/hosts rw,relatime - ext4 /dev/vda rw`,
  ];
  expect(containerIn(mounts.join("\n"))).toBe(id);
  expect(containerIn(mounts[0]!)).toBeNull();
  const ofSandbox = `9 1 0:25 /run/containerd/io.containerd.grpc.v1.cri/sandboxes/${id}/hostname /etc/hostname rw`;
  expect(containerIn(ofSandbox)).toBeNull();
});
