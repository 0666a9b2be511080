import { Auction, type SalesQuery, type SalesRead } from "../../src/auction/index.js";
import { DAY_MS as DAY, MINUTE_MS as MINUTE } from "../../src/time.js";
import { ManualClock } from "../manual-clock.js";
import { client } from "../../packages/stalcraft/test/client.js";
import { ScriptedServer } from "../../packages/stalcraft/test/scripted-server.js";
import { Shelf } from "./shelf.js";

const signal = new AbortController().signal;

/** An auction whose API lists sales of these ages in minutes; one below 0 is dated ahead. */
export async function opened(archive = new Shelf(), clock = new ManualClock()) {
  let times: number[] = [];
  let down = false;
  const server = await ScriptedServer.start(({ query }) => {
    if (down) return { status: 500 };
    const offset = Number(query.get("offset"));
    const prices = times
      .toSorted((a, b) => b - a)
      .map((time) => ({ amount: 1, price: 100, time: new Date(time).toISOString(), additional: {} }));
    return { body: { total: prices.length, prices: prices.slice(offset, offset + 200) } };
  });
  const failures: unknown[] = [];
  const api = client(server, { clock, attempts: 1 });
  const auction = new Auction({ api, archive, clock, onFailure: (error) => failures.push(error) });
  const read = async (depth: SalesQuery["depth"] = "first"): Promise<SalesRead> => {
    api.forget();
    const sales = await auction.sales("EU", "x", { back: 30 * DAY, depth, signal });
    await auction.close();
    return sales;
  };
  return {
    archive,
    clock,
    failures,
    server,
    read,
    list: (ages: readonly number[]) => (times = ages.map((age) => clock.now() - age * MINUTE)),
    sell: (...ages: number[]) => times.push(...ages.map((age) => clock.now() - age * MINUTE)),
    /** The API fails from now on. */
    fail: () => (down = true),
    ages: async (depth?: SalesQuery["depth"]) => agesOf(await read(depth), clock),
  };
}

/** In minutes. */
export function agesOf({ sales }: Pick<SalesRead, "sales">, clock: ManualClock): number[] {
  return sales.map(({ time }) => (clock.now() - time.getTime()) / MINUTE);
}
