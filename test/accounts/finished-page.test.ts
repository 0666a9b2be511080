import { expect, test } from "vitest";
import { Accounts } from "../../src/accounts/index.js";
import { ManualClock } from "../manual-clock.js";
import { lent } from "../store/engines.js";
import { begin, consent, get, inPlace, link, linksOf, MINUTE, robin, tokenRequests, type Place } from "./place.js";

const clock = new ManualClock();
const there = async (test: (place: Place) => Promise<void>) => inPlace({ store: await lent(clock), clock }, {}, test);

test("a page that is loaded again says the same to the same browser for some minutes, and links nothing twice", async () => {
  const endings = [
    { login: "marten", status: 200, title: "Your accounts are linked" },
    { login: "marten", status: 200, title: "Your link is renewed" },
    { login: "", status: 200, title: "Nothing was linked" },
    { login: "lynx", status: 409, title: "linked to somebody else" },
  ];
  await there(async (place) => {
    await link(place, robin, "lynx");
    for (const { login, status, title } of endings) {
      const back = await consent(await begin(place), login);
      const first = await get(back);
      expect([first.status, first.text.includes(title)]).toEqual([status, true]);
      const [set = ""] = first.headers.getSetCookie();
      expect(set).toMatch(/^[^;]+; Max-Age=300; HttpOnly; SameSite=Lax$/);
      const [cookie = ""] = set.split(";");
      const before = tokenRequests(place);
      const told = place.told.length;
      const linked = await linksOf(place);
      for (const again of [await get(back, { cookie }), await get(back, { cookie: `a=b; ${cookie}; c=%zz` })]) {
        expect([again.status, again.text]).toEqual([first.status, first.text]);
      }
      const other = new URL(back);
      other.searchParams.set("code", "another");
      const strangers = [get(back), get(other, { cookie }), get(back, { cookie: cookie.slice(0, -2) })];
      expect((await Promise.all(strangers)).map((reply) => reply.status)).toEqual([400, 400, 400]);
      clock.advance(5 * MINUTE);
      expect((await get(back, { cookie })).status).toBe(400);
      expect([tokenRequests(place), place.told.length, await linksOf(place)]).toEqual([before, told, linked]);
    }
  });
});

test("a failing message in Discord is reported, and changes nothing for the page", async () => {
  await there(async ({ store, simulator, web }) => {
    const failures: unknown[] = [];
    const { clientId, clientSecret } = simulator.credentials;
    const accounts = new Accounts({
      store,
      clock,
      exbo: { url: simulator.oauthUrl, clientId, clientSecret },
      redirectUri: () => `${web.address}/oauth/callback`,
      onFinished: () => Promise.reject(new Error("Discord is away")),
      onFailure: (error) => failures.push(error),
    });
    const back = await consent(await begin({ accounts }), "marten");
    expect((await accounts.finish(back.searchParams)).kind).toBe("linked");
    await accounts.close();
    expect(failures).toEqual([new Error("Discord is away")]);
  });
});
