import { GameSimulator } from "@zonewire/sandbox/game";

/** The simulated game in a process of its own, with points without end. */
const game = await GameSimulator.start({ limitPerMinute: 1_000_000_000, logCapacity: 10 });
const { SLOW_MS } = process.env;
if (SLOW_MS) game.faults.add({ kind: "slow", ms: Number(SLOW_MS) }, { path: "/emission" });
process.on("message", () => process.send?.({ requests: game.requests.all().length }));
process.send?.({ url: game.apiUrl, token: game.credentials.appToken });
