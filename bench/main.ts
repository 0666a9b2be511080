import { cpus } from "node:os";
import { benchAuction } from "./auction.js";
import { benchCharts } from "./charts.js";
import { benchClient } from "./client.js";
import { benchDraining } from "./draining.js";
import { benchInteractions } from "./interactions.js";
import { benchMemory } from "./memory.js";
import { benchLoad } from "./load/index.js";
import { benchPlayground } from "./playground.js";
import { benchSearch } from "./search.js";
import { benchSizes } from "./sizes.js";
import { benchStartup } from "./startup.js";
import { benchChaos } from "./watching/chaos.js";
import { benchWatching } from "./watching/index.js";

const BENCHES = {
  startup: benchStartup,
  client: benchClient,
  interactions: benchInteractions,
  playground: benchPlayground,
  search: benchSearch,
  charts: benchCharts,
  auction: benchAuction,
  draining: benchDraining,
  sizes: benchSizes,
  memory: benchMemory,
  watching: benchWatching,
};

// `npm run bench -- client` runs that one only, `npm run bench -- load` (which takes minutes) the load, or a part of it;
// `npm run bench -- chaos` kills processes that watch.
const wanted = process.argv.slice(2);
console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "?"}`);
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.length === 0 || wanted.includes(name)) await bench();
}
if (wanted[0] === "load") await benchLoad(wanted.slice(1));
if (wanted[0] === "chaos") await benchChaos();
