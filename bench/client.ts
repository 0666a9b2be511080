import { once } from "node:events";
import type { ChildProcess } from "node:child_process";
import { Pool } from "undici";
import { z } from "zod";
import { API, type APIObject, type Listing, Token, TokenType } from "@zonewire/stalcraft";
import { GameSimulator, landmarks } from "@zonewire/sandbox/game";
import { startChild, stopChild } from "./child.js";
import { percentile, printTable, round } from "./table.js";

const AT_ONCE = 32;
/** The API takes a region in any case, so these are eight different requests. */
const REGIONS = ["RU", "EU", "NA", "SEA", "ru", "eu", "na", "sea"];
const PAIRS = 21;
const WARM_UP = 4;
/** How long one side of a pair takes, in milliseconds. */
const SLICE = 150;
const IDENTICAL = 1_000;

const item = landmarks.items.popular;
const artefact = landmarks.items.artefact;
/** Answers of the simulated game, by the part of the address that tells them apart; lists have as many entries as asked for. */
const ANSWERS = {
  emission: "/RU/emission",
  "limit=20&": `/RU/auction/${item}/lots?limit=20`,
  "lots?limit=200&": `/RU/auction/${item}/lots?limit=200`,
  "history?limit=200&": `/RU/auction/${item}/history?limit=200`,
  "lots?additional=true&limit=200&": `/RU/auction/${artefact}/lots?limit=200&additional=true`,
};

interface Subject {
  readonly name: string;
  readonly aim: number | undefined;
  readonly atOnce: number;
  readonly core: (api: API, at: number) => Promise<unknown>;
  readonly path: string;
}

let turn = 0;
/** Each call differs from those next to it: identical ones would share a request. */
const offset = () => turn++ % 500;

/** What a caller does who looks at everything. */
function readAll(list: Listing<APIObject>): number {
  return list.reduce((count, one) => count + JSON.stringify([one, one.raw()]).length, 0);
}

const SUBJECTS: readonly Subject[] = [
  {
    name: "emission",
    aim: 0.85,
    atOnce: REGIONS.length,
    core: (api, at) => api.emissions(REGIONS[at]!).getInfo(),
    path: "/EU/emission?",
  },
  {
    name: "20 lots",
    aim: 0.8,
    atOnce: AT_ONCE,
    core: (api) => api.auction("RU").getItemLots(item, { limit: 20, offset: offset() }),
    path: `/RU/auction/${item}/lots?limit=20&`,
  },
  {
    name: "200 lots",
    aim: 0.85,
    atOnce: AT_ONCE,
    core: (api) => api.auction("RU").getItemLots(item, { limit: 200, offset: offset() }),
    path: `/RU/auction/${item}/lots?limit=200&`,
  },
  {
    name: "200 sales",
    aim: 0.85,
    atOnce: AT_ONCE,
    core: (api) => api.auction("RU").getItemHistory(item, { limit: 200, offset: offset() }),
    path: `/RU/auction/${item}/history?limit=200&`,
  },
  {
    name: "200 lots of an artefact",
    aim: undefined,
    atOnce: AT_ONCE,
    core: (api) => api.auction("RU").getItemLots(artefact, { limit: 200, additional: true, offset: offset() }),
    path: `/RU/auction/${artefact}/lots?additional=true&limit=200&`,
  },
  {
    name: "200 lots, each field and raw() read",
    aim: undefined,
    atOnce: AT_ONCE,
    core: async (api) => readAll(await api.auction("RU").getItemLots(item, { limit: 200, offset: offset() })),
    path: `/RU/auction/${item}/lots?limit=200&`,
  },
];

/**
 * The client with its cache off compared with `undici.request` and `JSON.parse`, in turns, on one server in another process
 * that only writes prepared bytes. The median of pairs counts: what else the machine does meanwhile hits both of a pair.
 */
export async function benchClient(): Promise<void> {
  const { child, message } = await startChild("prepared-game.ts", {});
  const { url } = z.object({ url: z.string() }).parse(message);
  await prepare(child);
  const token = "no-token-of-anybody";
  const api = new API({
    server: url,
    tokens: new Token(token, TokenType.APPLICATION),
    cache: false,
    connections: AT_ONCE,
  });
  const pool = new Pool(url, { connections: AT_ONCE });
  const headers = { authorization: `Bearer ${token}` };
  const rows: (string | number)[][] = [];
  for (const { name, aim, atOnce, core, path } of SUBJECTS) {
    const bare = async (): Promise<unknown> => {
      const { body } = await pool.request({ method: "GET", path: `${path}offset=${offset()}`, headers });
      return JSON.parse(await body.text());
    };
    const sides = { core: (at: number) => core(api, at), bare };
    const ratios: number[] = [];
    let best = { core: 0, bare: 0 };
    for (let pair = -WARM_UP; pair < PAIRS; pair++) {
      const rate = { core: 0, bare: 0 };
      // Neither side always comes second.
      const order = pair % 2 === 0 ? (["core", "bare"] as const) : (["bare", "core"] as const);
      for (const side of order) rate[side] = await rateOf(sides[side], atOnce);
      if (pair < 0) continue;
      ratios.push(rate.core / rate.bare);
      best = { core: Math.max(best.core, rate.core), bare: Math.max(best.bare, rate.bare) };
    }
    ratios.sort((a, b) => a - b);
    const [low, median, high] = [0.1, 0.5, 0.9].map((share) => round(percentile(ratios, share), 2));
    rows.push([name, round(best.bare), round(best.core), median!, `${low!}–${high!}`, aim ?? ""]);
  }
  printTable(
    `Requests per second, ${AT_ONCE} at once (emission ${REGIONS.length}); ratios of ${PAIRS} pairs`,
    ["answer", "undici + JSON.parse (best)", "client (best)", "ratio (median)", "of 80 %", "aim"],
    rows,
  );
  await api.close();
  await pool.close();
  await stopChild(child);
  await benchSingleFlight();
}

/** Has the simulated game answer once, and hands its answers to the server that repeats them. */
async function prepare(server: ChildProcess): Promise<void> {
  const game = await GameSimulator.start();
  const headers = { authorization: `Bearer ${game.credentials.appToken}` };
  const answers: Record<string, string> = {};
  for (const [part, path] of Object.entries(ANSWERS)) {
    const response = await fetch(game.apiUrl + path, { headers });
    if (!response.ok) throw new Error(`${path} was answered with ${response.status}`);
    answers[part] = await response.text();
  }
  await game.close();
  const prepared = once(server, "message");
  server.send(answers);
  await prepared;
}

/** Calls per second, in a slice of time. */
async function rateOf(call: (at: number) => Promise<unknown>, atOnce: number): Promise<number> {
  let count = 0;
  const started = performance.now();
  const end = started + SLICE;
  await Promise.all(
    Array.from({ length: atOnce }, async (_, at) => {
      while (performance.now() < end) {
        await call(at);
        count += 1;
      }
    }),
  );
  return (count / (performance.now() - started)) * 1000;
}

async function benchSingleFlight(): Promise<void> {
  const game = await startChild("game.ts", {});
  const { url, token } = z.object({ url: z.string(), token: z.string() }).parse(game.message);
  const api = new API({ server: url, tokens: new Token(token, TokenType.APPLICATION), cache: false });
  await Promise.all(Array.from({ length: IDENTICAL }, () => api.auction("RU").getItemLots(item, { limit: 200 })));
  const told = once(game.child, "message");
  game.child.send("count");
  const { requests } = z.object({ requests: z.number() }).parse((await told)[0]);
  printTable("Identical calls at once", ["calls", "requests upstream (aim: 1)"], [[IDENTICAL, requests]]);
  await api.close();
  await stopChild(game.child);
}
