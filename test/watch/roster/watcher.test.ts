import { API, Token, TokenType } from "@zonewire/stalcraft";
import { landmarks } from "@zonewire/sandbox/game";
import { describe, expect, test } from "vitest";
import type { Store } from "../../../src/store/index.js";
import type { Look, WatchEvent } from "../../../src/watch/index.js";
import { ClansOfLinks } from "../../../src/watch/roster/clans-of-links.js";
import { Readers } from "../../../src/watch/roster/readers.js";
import { rosterWatcher } from "../../../src/watch/roster/watcher.js";
import { inPlace, link, MINUTE, robin, WatchedClock, wren, type Place } from "../../accounts/place.js";
import { lent } from "../../store/engines.js";

const { leader, loner } = landmarks.characters;
const clock = new WatchedClock();

interface Watching extends Place {
  readonly roster: ReturnType<Place["simulator"]["roster"]>;
  readonly memberships: ClansOfLinks;
  readonly kept: Store;
  /** Looks with what the look before has left, five minutes later; what it led to. */
  readonly look: () => Promise<Look<unknown, unknown>>;
  /** The names of those who are believed to be in the clan. */
  readonly believed: () => string[];
}

interface Believed {
  readonly members: readonly { readonly name: string }[];
}

/** A watch of the busy clan by Wren, who has linked its leader's account. */
async function watching(test: (place: Watching) => Promise<void>): Promise<void> {
  const store = await lent(clock);
  return inPlace({ store, clock }, {}, async (place) => {
    const { simulator, accounts } = place;
    await link(place);
    const roster = simulator.roster("RU");
    const tokens = new Token(simulator.credentials.appToken, TokenType.APPLICATION);
    const api = new API({ server: simulator.apiUrl, tokens, cache: false, tryTimeout: 20_000 });
    const memberships = new ClansOfLinks({ store, clock, onFailure: (error) => place.failures.push(error) });
    const watcher = rosterWatcher({ api, readers: new Readers({ api, accounts, store, clansOfLinks: memberships }) });
    let [state, memory]: unknown[] = [null, null];
    const own = { id: "w1", ownerId: wren.discordId, guildId: "7", locale: "en", rule: {}, createdAt: new Date(0) };
    try {
      await test({
        ...place,
        ...{ roster, memberships, kept: store },
        believed: () => (state as Believed).members.map(({ name }) => name),
        async look() {
          await clock.pass(5 * MINUTE);
          const glance = {
            subject: `RU:${roster.clanId}`,
            at: new Date(0),
            state,
            lookedAt: undefined,
            shown: false,
            watches: [{ ...own, memory }],
          };
          const led = await watcher.look({ ...glance, signal: new AbortController().signal });
          state = JSON.parse(JSON.stringify(led.state));
          memory = led.memories?.at(-1)?.memory ?? memory;
          return led;
        },
      });
    } finally {
      await api.close();
    }
  });
}

/** What is told of members, by kind and name. */
const told = ({ events = [] }: Look<unknown, unknown>) =>
  events.flatMap(({ event }) => {
    const { changes = [] } = event as { changes?: readonly { kind: string; name: string }[] };
    return changes.map(({ kind, name }) => `${kind} ${name}`);
  });
const notices = ({ events = [] }: Look<unknown, unknown>) => events.filter(isNotice).map(({ event }) => event);
const isNotice = ({ event }: WatchEvent) => (event as { kind: string }).kind === "notice";

describe("a watched roster", () => {
  test("is told from the second look on: each change once, and noted", () =>
    watching(async ({ roster, look }) => {
      expect(told(await look())).toEqual([]);
      const [, second, third, fourth] = roster.members().map(({ character }) => character.name);
      roster.join("Newcomer_1");
      roster.leave(fourth!);
      roster.rename(third!, "Other_Name");
      roster.lead(second!);
      const led = await look();
      expect(told(led).sort()).toEqual(
        [`demoted ${leader}`, "joined Newcomer_1", `leader ${second!}`, `left ${fourth!}`, "renamed Other_Name"].sort(),
      );
      expect(led.log).toHaveLength(5);
      const again = await look();
      expect([told(again), again.log]).toEqual([[], []]);
    }));

  test.each([
    ["refused", { kind: "status", status: 403 }],
    ["refused as unknown", { kind: "status", status: 401 }],
    ["empty", { kind: "emptyList" }],
    ["cut off", { kind: "short", missing: 9 }],
  ] as const)("nobody leaves by an answer that is %s, and who left meanwhile is told afterwards", (_how, fault) =>
    watching(async ({ roster, simulator, look, believed }) => {
      await look();
      const before = believed();
      const stop = simulator.faults.add(fault, { path: "/members" });
      const [, , , gone] = roster.members().map(({ character }) => character.name);
      roster.leave(gone!);
      for (let n = 0; n < 3; n++) {
        const led = await look();
        expect([told(led), led.log ?? []]).toEqual([[], []]);
        expect(believed().sort()).toEqual([...before].sort());
      }
      stop();
      expect(told(await look())).toEqual([`left ${gone!}`]);
    }),
  );

  test("an API that fails changes nothing: the look fails, and the next one goes on", () =>
    watching(async ({ roster, simulator, look }) => {
      await look();
      const stop = simulator.faults.add({ kind: "status", status: 500 }, { path: "/clan/" });
      roster.join("Newcomer_1");
      await expect(look()).rejects.toThrow();
      stop();
      expect(told(await look())).toEqual(["joined Newcomer_1"]);
    }));

  test("is read with another account of the clan when the owner's stops to work; they hear of that once", () =>
    watching(async (place) => {
      const { roster, look, memberships, accounts } = place;
      roster.join(loner, "OFFICER");
      await link(place, robin, "heron");
      const main = await accounts.main(robin.discordId);
      memberships.saw(main!.id, "RU", [roster.clanId]);
      await look();
      withdraw(place);
      const led = await look();
      expect(notices(led)).toMatchObject([{ notice: "link", why: "dead", goesOn: true, watchId: "w1" }]);
      expect(led.events?.[0]?.toOwner).toBe(true);
      expect(led.pauses).toEqual([]);
      roster.join("Newcomer_1");
      const next = await look();
      expect([notices(next), told(next)]).toEqual([[], ["joined Newcomer_1"]]);
      // It is linked again, and later dies again: that is news.
      await link(place);
      expect(notices(await look())).toEqual([]);
      withdraw(place);
      expect(notices(await look())).toHaveLength(1);
    }));

  test("is not read with the account of somebody who refuses that, unless the alert is their own", () =>
    watching(async (place) => {
      const { roster, look, memberships, accounts, kept } = place;
      roster.join(loner, "OFFICER");
      await link(place, robin, "heron");
      const main = await accounts.main(robin.discordId);
      memberships.saw(main!.id, "RU", [roster.clanId]);
      await kept.people.save(robin.discordId, { lendsAccount: false });
      // Whoever sets an alert up wants it to be read.
      await kept.people.save(wren.discordId, { lendsAccount: false });
      await look();
      roster.join("Newcomer_1");
      expect(told(await look())).toEqual(["joined Newcomer_1"]);
      withdraw(place);
      const led = await look();
      expect(led.pauses).toEqual([{ watchId: "w1", reason: "link" }]);
      await kept.people.save(robin.discordId, { lendsAccount: true });
      roster.join("Newcomer_2");
      expect(told(await look())).toEqual(["joined Newcomer_2"]);
    }));

  test("is paused when no account works any more: its owner hears of it once", () =>
    watching(async (place) => {
      const { look, believed } = place;
      await look();
      const before = believed();
      withdraw(place);
      const led = await look();
      expect(led.pauses).toEqual([{ watchId: "w1", reason: "link" }]);
      expect(notices(led)).toMatchObject([{ notice: "link", why: "dead", goesOn: false }]);
      expect(believed()).toEqual(before);
    }));

  test("an owner who left the clan is believed to have after some refusals, not after one", () =>
    watching(async ({ roster, look }) => {
      await look();
      roster.leave(leader);
      for (let n = 0; n < 4; n++) expect((await look()).pauses).toEqual([]);
      const led = await look();
      expect(led.pauses).toEqual([{ watchId: "w1", reason: "link" }]);
      expect(notices(led)).toMatchObject([{ notice: "link", why: "refused", goesOn: false }]);
    }));

  test("is paused when the clan is gone for good, not when it is gone once", () =>
    watching(async ({ simulator, look }) => {
      await look();
      const stop = simulator.faults.add({ kind: "status", status: 404 }, { path: "/members" });
      expect((await look()).pauses).toEqual([]);
      stop();
      expect(notices(await look())).toEqual([]);
      simulator.faults.add({ kind: "status", status: 404 }, { path: "/members" });
      for (let n = 0; n < 4; n++) expect((await look()).pauses).toEqual([]);
      const led = await look();
      expect(led.pauses).toEqual([{ watchId: "w1", reason: "gone" }]);
      expect(notices(led)).toMatchObject([{ notice: "gone" }]);
    }));
});

/** EXBO takes back what Wren's account allowed. */
function withdraw({ simulator }: Place): void {
  simulator.revokeTokensOf("marten");
}
