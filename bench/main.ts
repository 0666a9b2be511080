import { cpus } from "node:os";
import { benchAuction } from "./auction.js";
import { benchBudget } from "./budget.js";
import { benchCharts } from "./charts.js";
import { benchClient } from "./client.js";
import { benchDraining } from "./draining.js";
import { benchHistory } from "./history.js";
import { benchIdle } from "./idle.js";
import { benchHttp } from "./http.js";
import { benchInteractions } from "./interactions.js";
import { benchMachines } from "./machines/index.js";
import { benchMemory } from "./memory.js";
import { benchLoad } from "./load/index.js";
import { benchPlayground } from "./playground.js";
import { benchScaling } from "./scaling.js";
import { benchSearch } from "./search.js";
import { benchSizes } from "./sizes.js";
import { benchStartup } from "./startup.js";
import { benchChaos } from "./watching/chaos.js";
import { benchLatency } from "./watching/latency.js";
import { benchWatching } from "./watching/index.js";

const BENCHES = {
  startup: benchStartup,
  client: benchClient,
  interactions: benchInteractions,
  http: benchHttp,
  playground: benchPlayground,
  search: benchSearch,
  charts: benchCharts,
  auction: benchAuction,
  draining: benchDraining,
  sizes: benchSizes,
  memory: benchMemory,
  watching: benchWatching,
  latency: benchLatency,
};

// `npm run bench -- client` runs that one only, `npm run bench -- load` (which takes minutes) the load, or a part of it;
// `npm run bench -- chaos` kills bots that watch, `npm run bench -- machines` bots and workers of a PostgreSQL server;
// `npm run bench -- history` fills a database with the past of 15,000 characters and asks for it (minutes);
// `npm run bench -- scaling` says what processes and interactions cost; `BASELINE=<built checkout> npm run bench -- idle`
// compares idle bots.
const wanted = process.argv.slice(2);
console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "?"}`);
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.length === 0 || wanted.includes(name)) await bench();
}
if (wanted[0] === "load") await benchLoad(wanted.slice(1));
if (wanted[0] === "chaos") await benchChaos();
if (wanted[0] === "idle") await benchIdle();
if (wanted[0] === "history") await benchHistory();
if (wanted[0] === "scaling") await benchScaling();
if (wanted[0] === "budget") await benchBudget();
if (wanted[0] === "machines") await benchMachines();
