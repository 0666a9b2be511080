import { shortText } from "../src/kernel/numbers.js";
import { Charts, type PriceHistory } from "../src/charts/index.js";
import { percentile, printTable, round } from "./table.js";

const NOW = Date.UTC(2026, 10, 24, 12);
const DAY = 86_400_000;
const RUNS = 60;
/** Pictures of each size that are not counted: the engine still compiles. */
const WARM_UP = 10;

/** A history of this many sales, another one for each `seed`: what was drawn once is not drawn again. */
function history(sales: number, seed: number): PriceHistory {
  const part = (n: number) => Math.abs(Math.sin(n * 12.9898 + seed * 78.233) * 43_758.5453) % 1;
  return {
    sales: Array.from({ length: sales }, (_, n) => ({
      time: new Date(NOW - part(n) * 7 * DAY),
      unit: 1_000 * 8 ** Math.floor(part(n + 0.5) * 5) * (0.9 + 0.2 * part(n + 0.25)),
      amount: 1 + Math.floor(part(n + 0.75) * 5),
      quality: Math.floor(part(n + 0.5) * 5),
    })),
    from: new Date(NOW - 7 * DAY),
    to: new Date(NOW),
    reachesTo: undefined,
    locale: "ko",
    short: (value, digits) => shortText("ko", value, digits),
    texts: {
      title: "잿불 씨앗 · RU · 7일 · 개당 ₽",
      zone: "UTC 기준",
      sold: "판매",
      median: "중앙값",
      band: "판매의 80%",
      volume: "판매량",
      sale: "판매",
      beyond: "범위 밖",
      unknown: "데이터 없음",
      none: "판매 없음",
      qualities: ["일반", "고급", "특별", "희귀", "특출", "전설"],
    },
  };
}

/** How long it takes to draw and encode a picture, none of them twice. */
export async function benchCharts(): Promise<void> {
  const charts = new Charts();
  const time = async (work: () => Promise<unknown>) => {
    const started = performance.now();
    await work();
    return performance.now() - started;
  };
  const warmUp = await time(() => charts.prepare());
  const first = await time(() => charts.priceHistory(history(600, 0)));
  const rows = [];
  for (const sales of [20, 600, 5_000]) {
    const times: number[] = [];
    let bytes = 0;
    for (let run = 1; run <= WARM_UP + RUNS; run += 1) {
      const ms = await time(async () => (bytes = (await charts.priceHistory(history(sales, run)))?.length ?? 0));
      if (run > WARM_UP) times.push(ms);
    }
    times.sort((a, b) => a - b);
    rows.push([sales, round(percentile(times, 0.5), 1), round(percentile(times, 0.95), 1), round(bytes / 1_024)]);
  }
  const known = await time(() => charts.priceHistory(history(5_000, WARM_UP + RUNS)));
  printTable(
    "Charts by number of sales, one after the other (aim: 60 ms warm)",
    ["sales", "p50 ms", "p95 ms", "kB"],
    rows,
  );
  console.log(
    `  library and fonts ${round(warmUp)} ms, first picture ${round(first)} ms, one drawn before ${round(known, 1)} ms`,
  );
}
