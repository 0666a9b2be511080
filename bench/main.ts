import { cpus } from "node:os";
import { benchClient } from "./client.js";
import { benchInteractions } from "./interactions.js";
import { benchStartup } from "./startup.js";

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "?"}`);
await benchStartup();
await benchClient();
await benchInteractions();
