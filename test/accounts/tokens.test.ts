import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Accounts, ExboUnavailableError, KeyAwayError, LinkAgainError } from "../../src/accounts/index.js";
import { StoreUnavailableError, type Store } from "../../src/store/index.js";
import {
  begin,
  consent,
  DAY,
  folder,
  get,
  HOUR,
  inPlace,
  link,
  linksOf,
  message,
  MINUTE,
  openEmbedded,
  ringOf,
  robin,
  tokenRequests,
  WatchedClock,
  wren,
  type Place,
  type PlaceOptions,
} from "./place.js";

const clock = new WatchedClock();
let home: Awaited<ReturnType<typeof folder>>;
let store: Store;
beforeAll(async () => {
  home = await folder();
  store = await openEmbedded(home.path, clock);
});
afterAll(async () => {
  await store.close();
  await home[Symbol.asyncDispose]();
});

/** A place where Wren has linked Marten's account. */
const linked = (test: (place: Place, linkId: string) => Promise<void>, options: PlaceOptions = {}) =>
  inPlace({ store, clock }, options, async (place) => {
    await link(place);
    place.simulator.requests.clear();
    const main = await place.accounts.main(wren.discordId);
    await test(place, main!.id);
  });

/** The status that the API answers this token with. */
async function ask({ simulator }: Place, token: string): Promise<number> {
  return (await get(`${simulator.apiUrl}/EU/characters`, { authorization: `Bearer ${token}` })).status;
}

/** Lets the token live but be refused, as tokens are that EXBO took back. */
function withdraw({ simulator }: Place): void {
  simulator.revokeTokensOf("marten");
}

describe("a token that expires", () => {
  test("is the same until its last tenth, and another one then", async () => {
    await linked(async (place, linkId) => {
      const first = await place.accounts.token(linkId);
      clock.advance(54 * MINUTE - 1);
      expect(await place.accounts.token(linkId)).toBe(first);
      expect(tokenRequests(place)).toBe(0);
      clock.advance(1);
      const second = await place.accounts.token(linkId);
      expect(second).not.toBe(first);
      expect(await ask(place, second)).toBe(200);
      expect(await place.accounts.token(linkId)).toBe(second);
      expect(tokenRequests(place)).toBe(1);
    });
  });

  test("is renewed again and again: each time the rotated refresh token was kept", async () => {
    await linked(async (place, linkId) => {
      for (let round = 1; round <= 4; round++) {
        clock.advance(2 * HOUR);
        expect(await ask(place, await place.accounts.token(linkId))).toBe(200);
        expect(tokenRequests(place)).toBe(round);
      }
    });
  });

  test("is renewed once, whichever process asks and how many do at once", async () => {
    await linked(async (place, linkId) => {
      const processes = [place.accounts, place.another(), place.another()];
      for (let round = 1; round <= 3; round++) {
        clock.advance(HOUR);
        const asked = Array.from({ length: 12 }, (_, n) => processes[n % 3]!.token(linkId));
        const tokens = new Set(await Promise.all(asked));
        expect(tokens.size).toBe(1);
        expect(tokenRequests(place)).toBe(round);
        expect(await ask(place, [...tokens][0]!)).toBe(200);
      }
    });
  });

  test("goes on working while EXBO is down, which is left alone for half a minute", async () => {
    await linked(async (place, linkId) => {
      const first = await place.accounts.token(linkId);
      clock.advance(55 * MINUTE);
      place.simulator.faults.add({ kind: "status", status: 503 }, { path: "/oauth/token" });
      expect(await place.accounts.token(linkId)).toBe(first);
      expect(await place.accounts.token(linkId)).toBe(first);
      expect(tokenRequests(place)).toBe(1);
      expect(place.failures).toEqual([expect.any(ExboUnavailableError)]);
      clock.advance(30_000);
      expect(await place.accounts.token(linkId)).toBe(first);
      expect(tokenRequests(place)).toBe(2);
      clock.advance(5 * MINUTE);
      await expect(place.accounts.token(linkId)).rejects.toThrow(ExboUnavailableError);
      place.simulator.faults.clear();
      expect(await ask(place, await place.accounts.token(linkId))).toBe(200);
    });
  });

  test("whose renewal EXBO refuses: the link is dead, for every process, until it is linked again", async () => {
    await linked(async (place, linkId) => {
      withdraw(place);
      clock.advance(HOUR);
      await expect(place.accounts.token(linkId)).rejects.toMatchObject({ name: "LinkAgainError", because: "refused" });
      expect(await linksOf(place)).toEqual([{ login: "marten", state: "dead", isMain: true }]);
      await expect(place.another().token(linkId)).rejects.toThrow(LinkAgainError);
      expect(tokenRequests(place)).toBe(1);
      expect((await link(place)).text).toContain("renewed");
      expect(await linksOf(place)).toEqual([{ login: "marten", state: "live", isMain: true }]);
      expect(await ask(place, await place.accounts.token(linkId))).toBe(200);
    });
  });

  test("cannot be renewed without the application: nothing is destroyed", async () => {
    await linked(async (place, linkId) => {
      const bare = new Accounts({ store, clock, exbo: undefined, redirectUri: () => "" });
      expect(await bare.token(linkId)).toBe(await place.accounts.token(linkId));
      clock.advance(HOUR);
      await expect(bare.token(linkId)).rejects.toThrow(ExboUnavailableError);
      expect(await ask(place, await place.accounts.token(linkId))).toBe(200);
    });
  });
});

describe("a token that the API refuses", () => {
  test("is renewed at once when it was taken back", async () => {
    await linked(async (place, linkId) => {
      const refused = await place.accounts.token(linkId);
      const second = await place.accounts.renewed(linkId, refused);
      expect(second).not.toBe(refused);
      expect(await ask(place, refused)).toBe(401);
      expect(await ask(place, second)).toBe(200);
    });
  });

  test("is renewed once: others who were refused as well get the new one", async () => {
    await linked(async (place, linkId) => {
      const refused = await place.accounts.token(linkId);
      const processes = [place.accounts, place.another()];
      const asked = Array.from({ length: 8 }, (_, n) => processes[n % 2]!.renewed(linkId, refused));
      expect(new Set(await Promise.all(asked)).size).toBe(1);
      expect(tokenRequests(place)).toBe(1);
    });
  });

  test("twice in a short time: the same one is given back while EXBO says that it is good", async () => {
    await linked(async (place, linkId) => {
      const second = await place.accounts.renewed(linkId, await place.accounts.token(linkId));
      expect(await place.accounts.renewed(linkId, second)).toBe(second);
      expect(tokenRequests(place)).toBe(1);
      withdraw(place);
      await expect(place.accounts.renewed(linkId, second)).rejects.toMatchObject({ because: "refused" });
      expect(await linksOf(place)).toMatchObject([{ state: "dead" }]);
    });
  });

  test("is not given up because EXBO is down", async () => {
    await linked(async (place, linkId) => {
      const refused = await place.accounts.token(linkId);
      const repair = place.simulator.faults.add({ kind: "reset" }, { path: "/oauth/token" });
      await expect(place.accounts.renewed(linkId, refused)).rejects.toThrow(ExboUnavailableError);
      expect(await linksOf(place)).toMatchObject([{ state: "live" }]);
      repair();
      expect(await ask(place, await place.accounts.renewed(linkId, refused))).toBe(200);
    });
  });

  test("is not given up because EXBO refuses the bot's own credentials", async () => {
    await linked(async (place, linkId) => {
      const { oauthUrl, credentials } = place.simulator;
      const exbo = { url: oauthUrl, clientId: credentials.clientId, clientSecret: "not-the-secret" };
      const misconfigured = new Accounts({ store, clock, exbo, redirectUri: () => "" });
      clock.advance(HOUR);
      await expect(misconfigured.token(linkId)).rejects.toThrow(/invalid_client/);
      expect(await ask(place, await place.accounts.token(linkId))).toBe(200);
    });
  });
});

describe("a link that is forgotten", () => {
  test("is gone, and its tokens are revoked", async () => {
    await linked(async (place, linkId) => {
      const token = await place.accounts.token(linkId);
      expect(await place.accounts.unlink(robin.discordId, linkId)).toEqual({ kind: "not-linked" });
      expect(await place.accounts.unlink(wren.discordId, linkId)).toMatchObject({ kind: "unlinked", revoked: true });
      expect(await ask(place, token)).toBe(401);
      expect(await linksOf(place)).toEqual([]);
      await expect(place.accounts.token(linkId)).rejects.toMatchObject({ because: "unlinked" });
      expect((await link(place, robin)).status).toBe(200);
    });
  });

  test("is gone also where EXBO revokes nothing, which is said", async () => {
    await linked(
      async (place, linkId) => {
        expect(await place.accounts.unlink(wren.discordId, linkId)).toMatchObject({ kind: "unlinked", revoked: false });
        expect(await linksOf(place)).toEqual([]);
      },
      { game: { revocation: false } },
    );
  });

  test("while it is being renewed: the new tokens are revoked, and it stays gone", async () => {
    await linked(async (place, linkId) => {
      clock.advance(HOUR);
      place.simulator.faults.add({ kind: "slow", ms: 1_000 }, { path: "/oauth/token", times: 1 });
      const met = clock.waitedOnFor(1_000);
      const lost = expect(place.another().token(linkId)).rejects.toMatchObject({ because: "unlinked" });
      await met;
      await store.personal.delete(wren.discordId);
      clock.advance(1_000);
      await lost;
      expect(await linksOf(place)).toEqual([]);
      expect(place.simulator.requests.all().filter(({ path }) => path === "/oauth/revoke")).toHaveLength(2);
    });
  });

  test("with all that is stored about a person", async () => {
    await linked(async (place) => {
      await link(place, wren, "lynx");
      await begin(place);
      await store.people.save(wren.discordId, { region: "EU" });
      const tokens = await Promise.all(
        (await place.accounts.links(wren.discordId)).map(({ id }) => place.accounts.token(id)),
      );
      const { rows, notRevoked } = await place.accounts.forget(wren.discordId);
      expect({ rows, notRevoked }).toEqual({ rows: 4, notRevoked: 0 });
      expect(await store.personal.export(wren.discordId)).toEqual({});
      for (const token of tokens) expect(await ask(place, token)).toBe(401);
    });
  });
});

test("a key that is missing: accounts are away, and the right key or linking again brings them back", async () => {
  const lost = await folder();
  const [first, second] = [ringOf("first"), ringOf("second")];
  const run = async (keys: typeof first, test: (place: Place) => Promise<void>) => {
    const opened = await openEmbedded(lost.path, clock, keys);
    try {
      await inPlace({ store: opened, clock }, { game: { tokenLifetime: 365 * DAY }, keep: true }, test);
    } finally {
      await opened.close();
    }
  };
  let linkId = "";
  let back: URL | undefined;
  await run(first, async (place) => {
    await link(place);
    linkId = (await place.accounts.main(wren.discordId))!.id;
    back = await consent(await begin(place), "marten");
  });
  await run(second, async (place) => {
    await expect(place.accounts.token(linkId)).rejects.toThrow(KeyAwayError);
    await expect(place.accounts.renewed(linkId, "x")).rejects.toThrow(KeyAwayError);
    const again = new URL(`${place.web.address}${back!.pathname}${back!.search}`);
    expect((await get(again)).status).toBe(400);
    expect(await linksOf(place)).toEqual([{ login: "marten", state: "live", isMain: true }]);
  });
  await run(first, async (place) => {
    expect(await ask(place, await place.accounts.token(linkId))).toBe(200);
  });
  await run(second, async (place) => {
    expect((await link(place)).text).toContain("renewed");
    expect(await ask(place, await place.accounts.token(linkId))).toBe(200);
    expect(await place.accounts.unlink(wren.discordId, linkId)).toMatchObject({ revoked: true });
  });
  await lost[Symbol.asyncDispose]();
});

test("a store that is away: said as that, by all functions and by the callback", async () => {
  const gone = await folder();
  const closed = await openEmbedded(gone.path, clock);
  await inPlace({ store: closed, clock }, {}, async (place) => {
    const back = await consent(await begin(place), "marten");
    await closed.close();
    await expect(place.accounts.begin(wren, message)).rejects.toThrow(StoreUnavailableError);
    await expect(place.accounts.main(wren.discordId)).rejects.toThrow(StoreUnavailableError);
    await expect(place.accounts.token("00000000-0000-4000-8000-000000000000")).rejects.toThrow(StoreUnavailableError);
    const reply = await get(back, { "accept-language": "fr" });
    expect(reply.status).toBe(503);
    expect(reply.text).toContain(`<html lang="fr">`);
  });
  await gone[Symbol.asyncDispose]();
});

test("no failure holds a secret", async () => {
  await linked(async (place, linkId) => {
    const { simulator, accounts } = place;
    const token = await accounts.token(linkId);
    const refresh = (await store.links.tokens(linkId))!.refresh!;
    const back = await consent(await begin(place), "lynx");
    const errors: unknown[] = [];
    for (const fault of ["reset", "wrongShape", "truncated", "empty"] as const) {
      simulator.faults.add({ kind: fault }, { path: "/oauth/", times: 1 });
      await accounts.renewed(linkId, token).catch((error: unknown) => errors.push(error));
    }
    simulator.faults.add({ kind: "truncated" }, { path: "/oauth/token", times: 1 });
    await get(back);
    withdraw(place);
    await accounts.renewed(linkId, token).catch((error: unknown) => errors.push(error));
    errors.push(...place.failures);
    expect(errors).toHaveLength(6);
    const said = errors.map((error) => inspect(error, { depth: 10, showHidden: true })).join("\n");
    const { clientSecret } = simulator.credentials;
    for (const secret of [token, refresh, clientSecret, ...back.searchParams.values()])
      expect(said).not.toContain(secret);
  });
});
