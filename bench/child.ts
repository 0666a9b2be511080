import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** A script of `bench/children` in a process of its own; resolves with the first message that it sends. JavaScript runs as it is. */
export async function startChild(
  name: string,
  env: Record<string, string>,
): Promise<{ child: ChildProcess; message: unknown }> {
  const child = fork(join(import.meta.dirname, "children", name), {
    execArgv: ["--expose-gc", ...(name.endsWith(".ts") ? ["--import", "tsx"] : [])],
    env: { PATH: process.env.PATH, ...env },
  });
  const ended = once(child, "exit").then(() => {
    throw new Error(`${name} ended before it was ready`);
  });
  const [message] = (await Promise.race([once(child, "message"), ended])) as unknown[];
  ended.catch(() => undefined);
  return { child, message };
}

export async function stopChild(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}
