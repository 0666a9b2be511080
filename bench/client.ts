import { once } from "node:events";
import { Pool } from "undici";
import { z } from "zod";
import { API, Token, TokenType } from "@zonewire/stalcraft";
import { landmarks } from "@zonewire/sandbox/game";
import { startChild, stopChild } from "./child.js";
import { printTable, round } from "./table.js";

const AT_ONCE = 32;
/** The API takes a region in any case, so these are eight different requests. */
const REGIONS = ["RU", "EU", "NA", "SEA", "ru", "eu", "na", "sea"];
const COUNT = 6_000;
const ROUNDS = 3;
const IDENTICAL = 1_000;

/** The client core with its cache off compared with bare undici and JSON.parse, on one server in another process. */
export async function benchClient(): Promise<void> {
  const game = await startChild("game.ts", {});
  const { url, token } = z.object({ url: z.string(), token: z.string() }).parse(game.message);
  const stored = new Token(token, TokenType.APPLICATION);
  const api = new API({ server: url, tokens: stored, cache: false, connections: AT_ONCE });
  const pool = new Pool(url, { connections: AT_ONCE });
  const headers = { authorization: `Bearer ${token}` };
  const bare = async (path: string): Promise<unknown> => {
    const { body } = await pool.request({ method: "GET", path, headers });
    return JSON.parse(await body.text());
  };
  const item = landmarks.items.popular;
  let turn = 0;
  // Each call differs from those next to it: identical ones would share a request.
  const offset = () => turn++ % 500;
  const subjects = [
    ["emission", (at: number) => api.emissions(REGIONS[at]!).getInfo(), () => bare("/EU/emission")],
    [
      "lots, 20",
      () => api.auction("RU").getItemLots(item, { limit: 20, offset: offset() }),
      () => bare(`/RU/auction/${item}/lots?limit=20&offset=${offset()}`),
    ],
    [
      "lots, 200",
      () => api.auction("RU").getItemLots(item, { limit: 200, offset: offset() }),
      () => bare(`/RU/auction/${item}/lots?limit=200&offset=${offset()}`),
    ],
  ] as const;
  const rows: (string | number)[][] = [];
  for (const [name, core, plain] of subjects) {
    const count = name === "lots, 200" ? COUNT / 4 : COUNT;
    const atOnce = name === "emission" ? REGIONS.length : AT_ONCE;
    const ratios: number[] = [];
    let best = { core: 0, plain: 0 };
    for (let round = 0; round <= ROUNDS; round++) {
      const rate = { plain: await rateOf(plain, count, atOnce), core: await rateOf(core, count, atOnce) };
      // The first round warms both up.
      if (round === 0) continue;
      ratios.push(rate.core / rate.plain);
      best = { core: Math.max(best.core, rate.core), plain: Math.max(best.plain, rate.plain) };
    }
    ratios.sort((a, b) => a - b);
    rows.push([name, round(best.plain), round(best.core), round(ratios[Math.floor(ratios.length / 2)]!, 2)]);
  }
  printTable(
    `Requests per second, ${AT_ONCE} at once (emission ${REGIONS.length}; aim: ratio 0.60)`,
    ["call", "undici + JSON.parse", "core", "ratio (median)"],
    rows,
  );
  await api.close();
  await pool.close();
  await stopChild(game.child);
  await benchSingleFlight();
}

async function rateOf(call: (at: number) => Promise<unknown>, count: number, atOnce: number): Promise<number> {
  let left = count;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async (_, at) => {
      while (left-- > 0) await call(at);
    }),
  );
  return (count / (performance.now() - started)) * 1000;
}

async function benchSingleFlight(): Promise<void> {
  const game = await startChild("game.ts", {});
  const { url, token } = z.object({ url: z.string(), token: z.string() }).parse(game.message);
  const api = new API({ server: url, tokens: new Token(token, TokenType.APPLICATION), cache: false });
  await Promise.all(
    Array.from({ length: IDENTICAL }, () => api.auction("RU").getItemLots(landmarks.items.popular, { limit: 200 })),
  );
  const told = once(game.child, "message");
  game.child.send("count");
  const { requests } = z.object({ requests: z.number() }).parse((await told)[0]);
  printTable("Identical calls at once", ["calls", "requests upstream (aim: 1)"], [[IDENTICAL, requests]]);
  await api.close();
  await stopChild(game.child);
}
