import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Accounts } from "../../src/accounts/index.js";
import type { Store } from "../../src/store/index.js";
import { ManualClock } from "../manual-clock.js";
import {
  begin,
  consent,
  folder,
  get,
  inPlace,
  link,
  linksOf,
  message,
  MINUTE,
  openEmbedded,
  robin,
  tokenRequests,
  wren,
  type Place,
  type PlaceOptions,
} from "./place.js";

const clock = new ManualClock();
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
const there = (test: (place: Place) => Promise<void>, options: PlaceOptions = {}) =>
  inPlace({ store, clock }, options, test);

/** Nothing was linked, and the private message knows how it ended. */
async function expectNothing(place: Place, told?: string): Promise<void> {
  expect(await linksOf(place)).toEqual([]);
  expect(await linksOf(place, robin)).toEqual([]);
  expect(place.told.map(([{ kind }]) => kind)).toEqual(told === undefined ? [] : [told]);
}

describe("linking an account", () => {
  test("links it, shows both accounts, and tells the private message", async () => {
    await there(async (place) => {
      const reply = await link(place);
      expect(reply.status).toBe(200);
      expect(reply.text).toContain("Wren &lt;b&gt;&amp;");
      expect(reply.text).toContain("marten");
      expect(await linksOf(place)).toEqual([{ login: "marten", state: "live", isMain: true }]);
      expect(place.told).toEqual([[{ kind: "linked", locale: "en", asker: wren, login: "marten" }, message]]);
      expect(place.failures).toEqual([]);
      const main = await place.accounts.main(wren.discordId);
      expect(main).toMatchObject({ login: "marten", state: "live", character: null });
      const characters = await get(`${place.simulator.apiUrl}/EU/characters`, {
        authorization: `Bearer ${await place.accounts.token(main!.id)}`,
      });
      expect(characters.text).toContain("Quiet_Marten");
    });
  });

  test("speaks the language of the person who asked", async () => {
    await there(async (place) => {
      const { text } = await link(place, robin);
      expect(text).toContain(`<html lang="ru">`);
      expect(text).toContain("Аккаунты связаны");
      expect(text).toContain("Малиновка");
    });
  });

  test("several accounts per person: the first is the main one, until another is chosen", async () => {
    await there(async (place) => {
      const { accounts } = place;
      await link(place, wren, "marten");
      await link(place, wren, "lynx");
      const [, lynx] = await accounts.links(wren.discordId);
      expect(await accounts.chooseMain(wren.discordId, lynx!.id)).toBe(true);
      expect(await accounts.chooseMain(robin.discordId, lynx!.id)).toBe(false);
      const character = { id: "1", name: "Lynx_77", region: "RU" };
      expect(await accounts.chooseCharacter(wren.discordId, lynx!.id, character)).toBe(true);
      expect(await accounts.main(wren.discordId)).toMatchObject({ login: "lynx", character });
      expect(await linksOf(place)).toEqual([
        { login: "lynx", state: "live", isMain: true },
        { login: "marten", state: "live", isMain: false },
      ]);
    });
  });

  test("the same person again: the tokens are renewed, and nothing is doubled", async () => {
    await there(async (place) => {
      await link(place);
      const [before] = await place.accounts.links(wren.discordId);
      const token = await place.accounts.token(before!.id);
      const again = await link(place);
      expect(again.status).toBe(200);
      expect(again.text).toContain("renewed");
      expect(await linksOf(place)).toEqual([{ login: "marten", state: "live", isMain: true }]);
      expect(await place.accounts.token(before!.id)).not.toBe(token);
      expect(place.told.map(([{ kind }]) => kind)).toEqual(["linked", "renewed"]);
    });
  });

  test("an account that somebody else has linked is refused; the tokens made for it are revoked", async () => {
    await there(async (place) => {
      await link(place, wren);
      const linked = async () => {
        const [account] = await place.store.links.readableOf(wren.discordId);
        return { link: account!.link, tokens: account!.tokens() };
      };
      const before = await linked();
      const reply = await link(place, robin);
      expect(reply.status).toBe(409);
      expect(reply.text).toContain("marten");
      expect(reply.text).not.toContain("Wren");
      expect(await linksOf(place, robin)).toEqual([]);
      expect(await linked()).toEqual(before);
      expect(place.simulator.requests.all().filter(({ path }) => path === "/oauth/revoke")).toHaveLength(2);
    });
  });

  test("ten a minute by one person are served, and there is an end to it", async () => {
    await there(async ({ accounts }) => {
      for (let n = 0; n < 20; n++) expect((await accounts.begin(wren, message)).kind).toBe("begun");
      expect(await accounts.begin(wren, message)).toEqual({ kind: "too-often", again: new Date(clock.now() + MINUTE) });
      expect((await accounts.begin(robin, message)).kind).toBe("begun");
      clock.advance(MINUTE);
      expect((await accounts.begin(wren, message)).kind).toBe("begun");
    });
  });

  test("is not set up without an application", async () => {
    await there(
      async (place) => {
        expect(place.accounts.isSetUp).toBe(false);
        expect(await place.accounts.begin(wren, message)).toEqual({ kind: "not-set-up" });
        expect((await get(`${place.web.address}/oauth/callback?state=${"a".repeat(43)}&code=x`)).status).toBe(400);
      },
      { notSetUp: true },
    );
  });
});

describe("what is no way to link", () => {
  test("consent denied", async () => {
    await there(async (place) => {
      const back = await consent(await begin(place), "");
      const reply = await get(back);
      expect(reply.status).toBe(200);
      expect(reply.text).toContain("Nothing was linked");
      await expectNothing(place, "denied");
      expect((await get(back)).status).toBe(400);
      expect(tokenRequests(place)).toBe(0);
    });
  });

  test("a state that is missing, forged, doubled or of another form", async () => {
    await there(async (place) => {
      const good = await consent(await begin(place), "marten");
      const state = good.searchParams.get("state")!;
      const forged = [
        "",
        `state=${state}x`,
        `state=${state.slice(0, -1)}`,
        `state=${"A".repeat(43)}`,
        `state=${state}&state=${state}`,
        "state=",
        `state=${"%00".repeat(43)}`,
        `State=${state}`,
      ];
      for (const parameters of forged) {
        const reply = await get(
          `${place.web.address}/oauth/callback?code=${good.searchParams.get("code")!}&${parameters}`,
        );
        expect({ parameters, status: reply.status }).toEqual({ parameters, status: 400 });
      }
      await expectNothing(place);
      expect(tokenRequests(place)).toBe(0);
      expect((await get(good)).status).toBe(200);
    });
  });

  test("a state without a code, which uses it up", async () => {
    await there(async (place) => {
      const good = await consent(await begin(place), "marten");
      const bare = new URL(good);
      bare.searchParams.delete("code");
      expect((await get(bare)).status).toBe(400);
      expect((await get(good)).status).toBe(400);
      await expectNothing(place, "invalid");
    });
  });

  test("a state that was used, also by two at once", async () => {
    await there(async (place) => {
      const back = await consent(await begin(place), "marten");
      const replies = await Promise.all([get(back), get(back), get(back)]);
      expect(replies.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
      expect((await get(back)).status).toBe(400);
      expect(await linksOf(place)).toHaveLength(1);
      expect(place.told).toHaveLength(1);
    });
  });

  test("a state that is ten minutes old", async () => {
    await there(async (place) => {
      const young = await consent(await begin(place), "lynx");
      clock.advance(10 * MINUTE - 1);
      expect((await get(young)).status).toBe(200);
      const old = await consent(await begin(place, robin), "marten");
      clock.advance(10 * MINUTE);
      const reply = await get(old);
      expect(reply.status).toBe(400);
      expect(reply.text).toContain(`<html lang="ru">`);
      expect(await linksOf(place, robin)).toEqual([]);
      expect(place.told.at(-1)?.[0]).toEqual({ kind: "invalid", locale: "ru" });
    });
  });

  test("a state with the code of somebody else's consent", async () => {
    await there(async (place) => {
      const wrens = await consent(await begin(place, wren), "marten");
      const robins = await consent(await begin(place, robin), "lynx");
      const swapped = new URL(wrens);
      swapped.searchParams.set("code", robins.searchParams.get("code")!);
      expect((await get(swapped)).status).toBe(400);
      await expectNothing(place, "invalid");
    });
  });

  test("a code that EXBO never gave", async () => {
    await there(async (place) => {
      const back = await consent(await begin(place), "marten");
      back.searchParams.set("code", "made-up");
      expect((await get(back)).status).toBe(400);
      await expectNothing(place, "invalid");
    });
  });

  test.each([
    ["fails", { kind: "status", status: 500 }],
    ["fails behind a proxy", { kind: "status", status: 502 }],
    ["refuses", { kind: "status", status: 429 }],
    ["cuts the line", { kind: "reset" }],
    ["says something else", { kind: "wrongShape" }],
    ["says half of it", { kind: "truncated" }],
    ["says nothing", { kind: "empty" }],
  ] as const)("an EXBO that %s, at the token or at the user endpoint", async (_, fault) => {
    for (const path of ["/oauth/token", "/oauth/user"]) {
      await there(async (place) => {
        const back = await consent(await begin(place), "marten");
        const repair = place.simulator.faults.add(fault, { path });
        const reply = await get(back);
        expect(reply.status).toBe(502);
        expect(reply.text).toContain("EXBO");
        await expectNothing(place, "exbo-failed");
        expect(place.failures).toHaveLength(1);
        repair();
        expect((await link(place)).status).toBe(200);
      });
    }
  });

  test.each([
    ["a name that no database can hold", { id: 7, login: "mar\0ten" }],
    ["an id that no database can hold", { id: "\0", login: "marten" }],
    ["no name", { id: 7, login: "" }],
    ["a name without end", { id: 7, login: "m".repeat(10_000) }],
    ["null for a name", { id: 7, login: null }],
    ["half of an id", { id: 7.5, login: "marten" }],
    ["a list", []],
  ])("an EXBO that tells %s", async (_, account) => {
    const exbo = createServer((request, response) => {
      const token = { access_token: "a".repeat(20), token_type: "bearer", expires_in: 3_600 };
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(request.url === "/user" ? account : token));
    });
    await once(exbo.listen(0, "127.0.0.1"), "listening");
    const told: string[] = [];
    const accounts = new Accounts({
      store,
      clock,
      exbo: { url: `http://127.0.0.1:${(exbo.address() as AddressInfo).port}`, clientId: "1", clientSecret: "secret" },
      redirectUri: () => "http://localhost/oauth/callback",
      onFinished: ({ kind }) => void told.push(kind),
    });
    const state = new URL(await begin({ accounts })).searchParams.get("state") ?? "";
    const result = await accounts.finish(new URLSearchParams({ state, code: "code" }));
    await accounts.close();
    exbo.close();
    expect([result.kind, told]).toEqual(["exbo-failed", ["exbo-failed"]]);
    expect(await linksOf({ store })).toEqual([]);
  });

  test("an EXBO that does not answer", async () => {
    await there(async (place) => {
      const back = await consent(await begin(place), "marten");
      place.simulator.faults.add({ kind: "hang" }, { path: "/oauth/token" });
      const met = new Promise<void>((resolve) => {
        place.simulator.requests.subscribe(({ path }) => {
          if (path === "/oauth/token") resolve();
        });
      });
      const reply = get(back);
      await met;
      clock.advance(6_000);
      expect((await reply).status).toBe(502);
      await expectNothing(place, "exbo-failed");
    });
  });

  test("an EXBO that speaks of its own trouble instead of the person's answer", async () => {
    await there(async (place) => {
      const back = await consent(await begin(place), "");
      back.searchParams.set("error", "server_error");
      expect((await get(back)).status).toBe(502);
      await expectNothing(place, "exbo-failed");
    });
  });
});
