import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Message } from "@zonewire/sandbox/discord";
import { landmarks } from "@zonewire/sandbox/game";
import { oddlyWritten, seeded } from "../../packages/stalcraft/test/oddities.js";
import { asking } from "../registered.js";
import { ERROR, labels, startBot, StillClock, textOf, type Bot } from "./bot.js";
import { calling } from "./calling.js";
import { link } from "./linking.js";

const SEED = 20_261_128;
/** Of each command. */
const RUNS = 8;
const LOCALES = ["en-US", "ru", "es-ES", "fr", "ko"];
const { items, characters } = landmarks;

/** Every command that shows what the API says; without options: with those that it needs. */
const COMMANDS: readonly (readonly [string, Record<string, string> | undefined])[] = [
  // What was kept is no answer of the API.
  ...asking.filter(({ path }) => path !== "character progress").map(({ path }) => [path, undefined] as const),
  ["regions", {}],
  ["account", {}],
  ["price", { item: items.artefact, region: "EU" }],
  ["lots", { item: items.artefact, region: "EU" }],
  ["history", { item: items.artefact, region: "EU" }],
  ["operations", { region: "EU", character: characters.leader }],
];

let bot: Bot;
let stop: () => void;
const clock = new StillClock();
/** Changes the body of an answer of the API; undefined: it stays. */
let change: ((json: unknown) => string) | undefined;

beforeAll(async () => {
  const between = createServer((request, response) => {
    const { authorization = "" } = request.headers;
    void fetch(apiUrl + (request.url ?? ""), { headers: { authorization } }).then(async (answer) => {
      const text = await answer.text();
      const headers = Object.fromEntries([...answer.headers].filter(([name]) => /^x-|content-type/.test(name)));
      response.writeHead(answer.status, headers);
      response.end(change && answer.ok && text ? change(JSON.parse(text)) : text);
    });
  });
  let apiUrl = "";
  stop = () => void between.close();
  bot = await startBot({
    clock,
    game: { clock, limitPerMinute: 1_000_000 },
    between: async (url) => {
      apiUrl = url;
      await new Promise<void>((resolve) => between.listen(0, "127.0.0.1", resolve));
      return `http://127.0.0.1:${(between.address() as AddressInfo).port}`;
    },
  });
  await link(bot);
});
afterAll(async () => {
  await bot.close();
  stop();
});

/** The last second that a `Date` can hold. */
const LAST_SECOND = 8_640_000_000_000;

/** What nobody should be shown, out of all that a message shows. */
function wrongIn(message: Message | undefined): string[] {
  const shown = [textOf(message), ...labels(message)].join("\n");
  const words = shown.match(/.*(?:\bNaN\b|Infinity|∞|\bundefined\b|\bnull\b|\[object|Invalid Date).*/g) ?? [];
  const times = [...shown.matchAll(/<t:([^:>]*)(?::[a-zA-Z])?>/g)].filter(
    ([, second = ""]) => !/^-?\d+$/.test(second) || Math.abs(Number(second)) > LAST_SECOND,
  );
  const empty = (message?.embeds ?? []).flatMap(({ title, description, fields = [] }) => [
    ...(title === "" || description === "" ? ["an empty text"] : []),
    ...fields.filter(({ name, value }) => !name.trim() || !value.trim()).map(({ name }) => `an empty field: ${name}`),
  ]);
  const long = shown.match(/\d[\d,.\u00a0\u202f]{40,}/g) ?? [];
  return [...words, ...times.map(([time]) => time), ...empty, ...long];
}

test.each(COMMANDS)("/%s %j, whatever is odd in the API's answers", async (name, options) => {
  const random = seeded(SEED);
  const action = asking.find(({ path }) => path === name);
  const asked = options ?? (action ? calling(action, bot, "EU") : {});
  let read = 0;
  for (let run = 0; run < RUNS; run += 1) {
    clock.time += 11 * 60_000;
    const sent: string[] = [];
    change = (json) => {
      // One command may read several: each has its turn to be the only odd one.
      const body = random() < 0.3 ? JSON.stringify(json) : oddlyWritten(json, random);
      sent.push(body.slice(0, 2_000));
      return body;
    };
    const outcome = await bot.as(LOCALES[run % LOCALES.length]).slash(name, asked);
    change = undefined;
    expect(outcome.failure).toBeUndefined();
    expect(outcome.answers).toBe(1);
    expect(wrongIn(outcome.message), sent.join("\n")).toEqual([]);
    expect(bot.log.filter(({ level }) => level >= ERROR)).toEqual([]);
    if ((outcome.message?.embeds.length ?? 0) > 0) read += 1;
  }
  expect(bot.discord.problems).toEqual([]);
  // So much of it can be read that the test says something.
  expect(read).toBeGreaterThan(0);
});
