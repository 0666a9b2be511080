import { API, Token, TokenType } from "@zonewire/stalcraft";
import { REST } from "discord.js";
import { expect, test } from "vitest";
import { Auction } from "../../src/auction/index.js";
import { Cadence } from "../../src/watch/looking/cadence.js";
import { ScheduledEvents } from "../../src/kernel/scheduled-events.js";
import { ClansOfLinks } from "../../src/watch/roster/clans-of-links.js";
import { Readers } from "../../src/watch/roster/readers.js";
import { sourceName } from "../../src/zonewire/game.js";
import { watchersOf } from "../../src/zonewire/watchers.js";
import { inPlace, WatchedClock } from "../accounts/place.js";
import { Shelf } from "../auction/shelf.js";
import { lent } from "../store/engines.js";

/** Nothing is asked of it. */
const NO_DISCORD = {
  events: new ScheduledEvents(new REST()),
  eventText: () => ({ name: "", description: "", location: "" }),
  voice: () => Promise.resolve("unknown" as const),
};

test.each([
  ["https://eapi.stalzone.com", "production"],
  ["https://eapi.stalcraft.net/", "production"],
  ["https://EAPI.stalzone.net", "production"],
  ["https://dapi.stalzone.com", "demo"],
  ["http://localhost:8090/api/", "localhost:8090/api"],
  ["http://localhost:8091/api", "localhost:8091/api"],
  ["https://eapi.stalzone.com.example", "eapi.stalzone.com.example"],
])("what %s tells belongs to %s", (server, name) => {
  expect(sourceName(server)).toBe(name);
});

const never = () => Promise.reject(new Error("nothing is looked at"));

test("emissions of the demo API, which are made up, are never looked at and cannot be watched", async () => {
  const clock = new WatchedClock();
  const store = await lent(clock);
  await inPlace({ store, clock }, {}, async ({ accounts, simulator }) => {
    const tokens = new Token(simulator.credentials.appToken, TokenType.APPLICATION);
    const api = new API({ server: simulator.apiUrl, tokens, clock });
    const onFailure = () => undefined;
    const auction = new Auction({ api, archive: new Shelf(), clock, onFailure });
    const memberships = new ClansOfLinks({ store, clock, onFailure });
    const roles = { read: never, isDue: never, sync: never };
    const canWatch = (source: string) => {
      const readers = new Readers({ api, accounts, store, clansOfLinks: memberships });
      const watchers = watchersOf({
        ...{ api, auction, readers, roles, source, time: clock, clock },
        ...{ wars: store.warring(source), discord: NO_DISCORD },
      });
      const cadence = new Cadence(watchers, () => undefined);
      return (["emission", "price", "roster"] as const).filter((kind) => cadence.has(kind));
    };
    expect(canWatch("demo")).toEqual(["price", "roster"]);
    expect(canWatch("production")).toEqual(["emission", "price", "roster"]);
    await auction.close();
    await api.close();
  });
});
