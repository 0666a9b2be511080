import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import { createPlayground } from "../../src/playground/index.js";
import { openStage, rawStatus } from "./stage.js";

describe("the page", () => {
  it("is served with its modules and nothing else, to be requested again each time", async () => {
    const { get } = await openStage();
    const page = await get("/");
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(page.headers.get("cache-control")).toBe("no-cache");
    expect(await page.text()).toContain("<title>Playground</title>");
    expect((await get("/main.js")).headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    expect((await get("/notes.txt")).status).toBe(404);
    expect((await get("/..%2fnotes.txt")).status).toBe(404);
    const again = await get("/", { "if-none-match": page.headers.get("etag") ?? "" });
    expect(again.status).toBe(304);
  });

  it("may run its own scripts only, and be framed by nobody", async () => {
    const { get } = await openStage();
    const { headers } = await get("/");
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy.split("; ")).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"]),
    );
    expect(policy).not.toContain("unsafe");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("cannot be served before it is built", async () => {
    const { discord } = await openStage();
    expect(() => createPlayground({ discord, page: tmpdir() })).toThrow("not built");
  });
});

describe("the place", () => {
  it("is a channel of the server, or the direct messages with the bot, as the address says", async () => {
    const { get, act } = await openStage();
    const place = async (query: string): Promise<unknown> => (await get(`/api/place${query}`)).json();
    const channels = [{ name: "general" }, { name: "trading" }, { name: "alerts" }];
    expect(await place("")).toMatchObject({
      guild: "Perimeter",
      channel: { name: "general", direct: false },
      me: { name: "Warden" },
      people: [
        { username: "warden", admin: true },
        { username: "vesper", admin: false },
        { username: "mira", admin: false },
      ],
      channels,
    });
    expect(await place("?person=mira&channel=trading")).toMatchObject({
      channel: { name: "trading" },
      me: { name: "Mira" },
    });
    expect(await place("?channel=@me")).toMatchObject({ guild: "Perimeter", channel: { direct: true }, channels });
    await act("slash", { command: "slow", channel: "@me" });
    const messages = async (query: string) => (await get(`/api/messages${query}`)).json();
    expect(await messages("?channel=@me")).toHaveLength(1);
    expect(await messages("?channel=@me&person=mira")).toEqual([]);
    expect(await messages("")).toEqual([]);
  });
});

describe("commands", () => {
  it("are listed in the person's language, each sub-command by itself", async () => {
    const { get } = await openStage();
    const english: unknown = await (await get("/api/commands")).json();
    const russian: unknown = await (await get("/api/commands?locale=ru")).json();
    expect(english).toMatchObject([
      { name: "price", label: "price", description: "What an item costs" },
      { name: "clan list", label: "clan list", description: "All of them", options: [] },
      { name: "secret" },
      { name: "slow" },
      { name: "admin" },
    ]);
    expect(russian).toMatchObject([
      {
        name: "price",
        label: "цена",
        description: "Сколько стоит предмет",
        options: [
          { name: "item", label: "предмет", required: true, autocomplete: true, kind: "text" },
          { name: "amount", kind: "integer", min: 1, max: 10, required: false },
          { name: "for", choices: [{ name: "@Warden" }, { name: "@Vesper" }, { name: "@Mira" }] },
        ],
      },
      {},
      {},
      {},
      {},
    ]);
  });

  it("are only those that the person sees", async () => {
    const { get } = await openStage();
    const listed: unknown = await (await get("/api/commands?person=vesper")).json();
    expect(listed).toHaveLength(4);
    expect(listed).not.toContainEqual(expect.objectContaining({ name: "admin" }));
  });

  it("are answered, and the answer is listed with its pictures on the page's own server", async () => {
    const { act, get } = await openStage();
    await act("slash", { command: "price", options: { item: "zyv9", amount: 2 }, locale: "ru" });
    const messages: unknown = await (await get("/api/messages")).json();
    expect(messages).toMatchObject([
      {
        content: "zyv9 ru",
        author: { name: "Simulated Bot", app: true },
        command: { person: "Warden", name: "price" },
        embeds: [{ title: "Price", color: 0xc9a227, fields: [{ name: "a", value: "b", inline: false }] }],
        rows: [
          [
            { kind: "button", style: "primary", label: "More", customId: "more" },
            { kind: "button", style: "danger", customId: "ask" },
            { kind: "button", style: "link", url: "https://example.com/" },
          ],
          [{ kind: "menu", customId: "rarity", min: 1, max: 1, options: [{ label: "Rare", value: "rare" }] }],
        ],
      },
    ]);
    const [path] = /\/api\/media[^"]+/.exec(JSON.stringify(messages)) ?? [""];
    const picture = await get(path);
    expect(picture.headers.get("content-type")).toBe("image/png");
    expect(Buffer.from(await picture.arrayBuffer()).toString("hex")).toBe("89504e470d0a1a0a");
    const elsewhere = new URL(path, "http://x");
    elsewhere.searchParams.set("url", "http://127.0.0.1:1/other.png");
    expect((await get(elsewhere.pathname + elsewhere.search)).status).toBe(404);
  });

  it("are suggested values by the bot", async () => {
    const { post } = await openStage();
    const response = await post("autocomplete", { command: "price", option: "item", typed: "ak" });
    expect(await response.json()).toEqual([{ name: "ak!", value: "zyv9" }]);
  });
});

describe("components", () => {
  it("can be pressed and chosen in", async () => {
    const { act, discord } = await openStage();
    await act("slash", { command: "price", options: { item: "a" } });
    const [message] = discord.as(discord.users[0]!).messages();
    await act("click", { message: message!.id, customId: "more" });
    expect(message!.content).toBe("more");
    await act("select", { message: message!.id, customId: "rarity", values: ["rare"] });
    expect(message!.content).toBe("rare");
  });

  it("open a modal, which can be filled in by the one who sees it", async () => {
    const { act, post, discord } = await openStage();
    const [owner] = discord.users;
    await act("slash", { command: "price", options: { item: "a" } });
    const [message] = discord.as(owner!).messages();
    const { modal } = await act("click", { message: message!.id, customId: "ask" });
    expect(modal).toMatchObject({
      title: "Go to page",
      fields: [{ customId: "number", label: "Page", kind: "line", required: true, maxLength: 3 }],
    });
    const { interaction } = modal!;
    const fields = { number: "12" };
    expect((await post("submit", { interaction, fields, person: "vesper" })).status).toBe(400);
    expect((await post("submit", { interaction, fields: { number: "1234" } })).status).toBe(400);
    await act("submit", { interaction, fields });
    expect(discord.as(owner!).messages().at(-1)!.content).toBe("12");
  });
});

describe("refusals", () => {
  it.each([
    ["no JSON", "slash", "{", 400, "not JSON"],
    ["no command", "slash", {}, 400, "command"],
    ["a command that is not there", "slash", { command: "nope" }, 400, "no command /nope"],
    ["a required option left out", "slash", { command: "price" }, 400, "needs the option"],
    ["an option of another kind", "slash", { command: "price", options: { item: [] } }, 400, "options.item"],
    ["somebody who is not there", "slash", { command: "slow", person: "nobody" }, 400, "no person"],
    ["a channel that is not there", "slash", { command: "slow", channel: "nowhere" }, 400, "no channel"],
    ["a change of a world that is not simulated", "world", { speed: 0 }, 400, "not simulated"],
    ["an unknown language", "slash", { command: "slow", locale: "xx" }, 400, "locale"],
    ["a message that is not there", "click", { message: "123456789012345678", customId: "x" }, 400, "no such message"],
    ["a modal that is not there", "submit", { interaction: "123456789012345678" }, 400, "no such modal"],
    ["too much", "slash", { command: "x".repeat(300_000) }, 413, ""],
  ])("%s", async (_, what, body, status, reason) => {
    const { post } = await openStage();
    const response = await post(what, body);
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(reason);
  });

  it.each([
    [{ "sec-fetch-site": "cross-site" }],
    [{ "sec-fetch-site": "same-site" }],
    [{ origin: "https://evil.example" }],
    [{ origin: "null" }],
    [{ "content-type": "text/plain" }],
  ])("a request of another page: %j", async (headers) => {
    const { post, discord } = await openStage();
    const response = await post("slash", { command: "slow" }, headers);
    expect([403, 415]).toContain(response.status);
    expect(discord.as(discord.users[0]!).messages()).toEqual([]);
  });

  it("of a name that only points to this machine", async () => {
    const { origin } = await openStage();
    expect(await rawStatus(origin, "/api/messages", { host: "evil.example" })).toBe(403);
    expect(await rawStatus(origin, "/api/messages", { host: "localhost:1" })).toBe(200);
    expect(await rawStatus(origin, "/api/messages", { host: "[::1]:1" })).toBe(200);
  });

  it("not of the page itself", async () => {
    const { post, origin } = await openStage();
    const response = await post("slash", { command: "slow" }, { origin, "sec-fetch-site": "same-origin" });
    expect(response.status).toBe(200);
  });
});
