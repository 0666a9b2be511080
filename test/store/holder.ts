// A process of its own that opens the store of its environment, says what it found there, and, when asked to "write",
// writes until it is killed: each line on stdout is something that the store has acknowledged.
import { systemClock } from "../../src/time.js";
import { openStore } from "../../src/store/index.js";
import { readStoreSettings } from "../../src/store/settings.js";

const [task = "hold", prefix = ""] = process.argv.slice(2);
const say = (word: string, value: string | number) => process.stdout.write(`${word} ${value}\n`);

try {
  const log = { warn: () => undefined };
  const store = await openStore({ settings: readStoreSettings(process.env), clock: systemClock, log });
  say("open", process.pid);
  if (task === "hold") setInterval(() => undefined, 60_000);
  if (task === "close") await store.close();
  for (let n = 0; task === "write"; n += 1) {
    const name = `${prefix}-${n}`;
    await store.people.save(name, { region: name });
    await store.links.insertOrRenew({
      discordId: name,
      account: { exboId: name, login: name },
      tokens: { access: name, refresh: name, accessExpiresAt: new Date(0) },
    });
    say("stored", name);
  }
} catch (error) {
  say("failed", error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  process.exitCode = 1;
}
