import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { systemClock } from "../src/time.js";
import { backUp } from "../src/store/backup.js";
import { KeyRing, openStore } from "../src/store/index.js";
import { emission } from "../packages/stalcraft/test/bodies.js";
import { limits, ScriptedServer, type Script } from "../packages/stalcraft/test/scripted-server.js";
import { freshFolder, quiet } from "./store/engines.js";
import { environmentOf, run, script } from "./store/processes.js";
import { borrowDatabase } from "./store/shared.js";

// Whoever waits for one of these holds the process by nothing but the wait itself. Node ends a process with code 13
// when it has nothing left to do and the module still awaits something.

const right = { body: emission };
const broken = { status: 500 };

describe("a script of a few lines is answered", () => {
  const ask = `const { previousStart } = await api.emissions("EU").getInfo({ maxAge: 0 });`;
  /** Tells the answer, and what still holds the process after it. */
  const tell = `console.log(previousStart.toISOString(), process.getActiveResourcesInfo().filter((kind) => kind === "Timeout"));`;
  const answer = ["2026-01-01T12:00:00.000Z []"];

  async function play(replies: Script, lines: readonly string[], options = "") {
    const { url } = await ScriptedServer.start(replies);
    return client(url, lines, options);
  }

  function client(url: string, lines: readonly string[], options: string) {
    const start = [
      `import { API, Token } from "@zonewire/stalcraft";`,
      `const api = new API({ server: process.env.SERVER, tokens: new Token("t", "application"), ${options} });`,
    ];
    return script([...start, ...lines].join("\n"), { SERVER: url });
  }

  async function outcome({ ended, lines }: ReturnType<typeof script>) {
    const code = await ended;
    return { code, lines: lines.filter((line) => /^\S+Error|^\d{4}-/.test(line.trim())).map((line) => line.trim()) };
  }

  test("after the pause before a retry", async () => {
    const once = await play((_request, number) => (number === 1 ? broken : right), [ask, tell], "random: () => 0.9");
    const always = await play(() => broken, [ask, tell], "random: () => 0.9");
    expect(await outcome(once)).toEqual({ code: 0, lines: answer });
    expect(await outcome(always)).toEqual({ code: 1, lines: [expect.stringMatching(/^ServerError: /)] });
  });

  test("after the wait for points", async () => {
    const soon = () => ({ headers: limits(0, Date.now() + 300, 1) });
    const spent = await play(() => ({ ...right, ...soon() }), [`await api.emissions("RU").getInfo();`, ask, tell]);
    const refused = await play((_request, number) => (number === 1 ? { status: 429, ...soon() } : right), [ask, tell]);
    const background = await play(
      () => ({ ...right, headers: limits(0, Date.now() + 300, 1) }),
      [`await api.emissions("RU").getInfo();`, ask.replace("maxAge: 0", 'maxAge: 0, priority: "background"'), tell],
    );
    const never = await play(() => ({ status: 429, headers: limits(0, Date.now() + 50_000, 1) }), [ask, tell]);
    for (const one of [spent, refused, background]) expect(await outcome(one)).toEqual({ code: 0, lines: answer });
    expect(await outcome(never)).toEqual({ code: 1, lines: [expect.stringMatching(/^RateLimitError: /)] });
  });

  test("after the wait for a connection", async () => {
    const hang: Script = ({ path }) => (path.startsWith("/RU") ? "hang" : right);
    const first = `api.emissions("RU").getInfo().catch(() => undefined);`;
    const queued = await play(hang, [first, ask, tell], "connections: 1, tryTimeout: 1_500, attempts: 1");
    const hung = await play(() => "hang", [ask, tell], "tryTimeout: 300, attempts: 2");
    const late = await play(() => "hang", [ask, tell], "timeout: 400");
    const nobody = client(await closedPort(), [ask, tell], "");
    expect(await outcome(queued)).toEqual({ code: 0, lines: answer });
    expect(await outcome(hung)).toEqual({ code: 1, lines: [expect.stringMatching(/^TimeoutError: /)] });
    expect(await outcome(late)).toEqual({ code: 1, lines: [expect.stringMatching(/^TimeoutError: /)] });
    expect(await outcome(nobody)).toEqual({ code: 1, lines: [expect.stringMatching(/^ConnectionError: .*REFUSED/)] });
  });

  test("when the API is known to be down, at once", async () => {
    const often = `for (let n = 0; n < 9; n += 1) await api.emissions("RU").getInfo().catch(() => undefined);`;
    const open = await play(() => broken, [often, ask, tell], "random: () => 0");
    expect(await outcome(open)).toEqual({ code: 1, lines: [expect.stringMatching(/^ServerError: .*not sent/)] });
  });
});

// That none of them passes the lock by stands in test/store/held.test.ts.
describe("a program of the store that waits for another container's lock", () => {
  const KEYS = `2026:${Buffer.alloc(32, 7).toString("base64")}`;
  /** What holds the folder is a process that cannot be seen from here. */
  const holder = JSON.stringify({ pid: 7, started: "7", host: "another-container pid:[1]" });
  /** Timers run a hundred times as fast: a lock that is not touched for fifteen seconds is one of the dead. */
  const hurried = `--import=data:text/javascript,${encodeURIComponent(
    `const { setTimeout } = globalThis; globalThis.setTimeout = (callback, ms, ...rest) => setTimeout(callback, ms / 100, ...rest);`,
  )}`;

  function heldByAnother(dataDir: string, turn = 1): void {
    writeFileSync(join(dataDir, `lock.${turn}`), holder);
  }

  const env = (dataDir: string) => ({
    ...environmentOf({ dataDir, databaseUrl: undefined, keys: undefined }, KEYS),
    NODE_OPTIONS: hurried,
  });

  const waiting: unknown = expect.stringMatching(/another-container held DATA_DIR last: waiting/);

  test("works when that one is gone", async () => {
    const dataDir = await freshFolder();
    const settings = { dataDir, databaseUrl: undefined, keys: KeyRing.parse(KEYS) };
    await (await openStore({ settings, clock: systemClock, log: quiet })).close();
    heldByAnother(dataDir, 100);
    const { ended, lines } = run("src/store/bin/rotate-keys.ts", [], env(dataDir));
    expect([await ended, lines]).toEqual([0, [waiting, expect.stringContaining("0 rows are now encrypted")]]);
  });

  test("refuses in one line while that one lives", async () => {
    const file = join(await freshFolder(), "saved");
    const { database, giveBack } = await borrowDatabase();
    onTestFinished(giveBack);
    await backUp(database, file);
    const dataDir = await freshFolder();
    mkdirSync(join(dataDir, "database"));
    heldByAnother(dataDir);
    let beats = 0;
    const beating = setInterval(() => {
      beats += 1;
      utimesSync(join(dataDir, "lock.1"), beats, beats);
    }, 5);
    onTestFinished(() => {
      clearInterval(beating);
    });
    const { ended, lines } = run("src/store/bin/restore.ts", [file], env(dataDir));
    expect([await ended, lines]).toEqual([1, [waiting, expect.stringMatching(/pid 7 on another-container.*stop/)]]);
  });
});

async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
